import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Address } from '../../src/core/address.ts';
import { RELATIONS, type Role } from '../../src/core/claims.ts';
import { readInput } from '../../src/formats/input.ts';
import type { LinkRow, PeerRow } from '../../src/snapshot/rows.ts';
import { writeTruth } from '../../src/snapshot/write-truth.ts';
import { errorOf, namedLinks, sourcesOf, temporaryFolder } from './support.ts';

function peer(id: string, role: Role | undefined, respondent: boolean): PeerRow {
  return {
    ...{ id, address: id as Address, role, agent: 'x/1.0, "y"', outcome: 'ok', respondent },
    ...{
      truncated: false,
      listing: undefined,
      liveSince: undefined,
      firstSeen: undefined,
      lastSeen: undefined,
    },
  };
}

function link(source: string, target: string): LinkRow {
  return { source, target, relation: 'connection', evidence: 'truth', reportedBy: 'both' };
}

/** A snapshot directory of three peers; `f` has a link, but no row of its own. */
function snapshot(): string {
  const folder = join(temporaryFolder(), 'snapshot');
  const peers = [peer('a', 'superpeer', true), peer('b', 'leaf', false), peer('c', undefined, true)];
  const links = [link('a', 'b'), link('a', 'f')];
  writeTruth(folder, { peers, links }, { overlay: 'gnutella', options: {}, seed: 1, at: 0 });
  return folder;
}

describe('the topology of a snapshot directory', () => {
  it('has its peers with role and respondent, also those without links, and its links without direction', async () => {
    const { topology, notes } = await readInput(snapshot(), sourcesOf(), {});
    expect(topology).toMatchObject({ directed: false, ids: ['a', 'b', 'c', 'f'], linkCount: 2 });
    expect(namedLinks(topology)).toEqual(['a-b', 'a-f']);
    expect(topology.columns.roles).toEqual(['superpeer', 'leaf', undefined, undefined]);
    expect([...topology.columns.respondents!]).toEqual([1, 0, 1, 0]);
    expect([...topology.columns.truncated!]).toEqual([0, 0, 0, 0]);
    expect(notes).toEqual([]);
  });

  it('says what its links mean, as its file does', async () => {
    const folder = join(temporaryFolder(), 'snapshot');
    const peers = [peer('a', 'superpeer', true), peer('b', 'leaf', false), peer('c', 'superpeer', true)];
    const links: LinkRow[] = [link('a', 'c'), { ...link('b', 'a'), relation: 'registration' }];
    writeTruth(folder, { peers, links }, { overlay: 'gnutella', options: {}, seed: 1, at: 0 });
    const { topology } = await readInput(folder, sourcesOf(), {});
    expect(namedLinks(topology)).toEqual(['a-b', 'a-c']);
    expect([...topology.relations!].map((relation) => RELATIONS[relation])).toEqual([
      'registration',
      'connection',
    ]);
  });

  it('says whose listing may have been cut off', async () => {
    const folder = join(temporaryFolder(), 'snapshot');
    const peers = [peer('a', 'superpeer', true), { ...peer('b', 'superpeer', true), truncated: true }];
    const when = { overlay: 'gnutella', options: {}, seed: 1, at: 0 };
    writeTruth(folder, { peers, links: [link('a', 'f')] }, when);
    const { topology, notes } = await readInput(folder, sourcesOf(), {});
    expect([...topology.columns.truncated!]).toEqual([0, 1, 0]);
    expect(notes[0]).toMatch(/^1 listings may have been cut off/);
  });

  it('comes with a note where the snapshot is incomplete', async () => {
    const folder = snapshot();
    const path = join(folder, 'manifest.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"complete"', '"incomplete"'));
    const { notes } = await readInput(folder, sourcesOf(), {});
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(/^The snapshot is incomplete/);
  });

  it.each([
    ['manifest.json', '{', /manifest\.json is not a snapshot manifest/],
    ['peers.csv', 'id,role,agent,outcome,respondent\na,king,,ok,true\n', /peers\.csv line 2: role/],
    ['links.csv', 'source,target\na,\n', /links\.csv line 2/],
    [
      'links.csv',
      'source,target,relation\na,b,friend\n',
      /links\.csv line 2: relation is none of connection,/,
    ],
    ['links.csv', '', /links\.csv is empty/],
    [
      'peers.csv',
      'id,role,respondent\na,,true\na,,true\n',
      /peers\.csv line 3: id stands in an earlier row too/,
    ],
  ])('is bad input where its %s is damaged', async (name, content, message) => {
    const folder = snapshot();
    writeFileSync(join(folder, name), content);
    const error = await errorOf(readInput(folder, sourcesOf(), {}));
    expect(error.kind).toBe('bad-input');
    expect(error.message).toMatch(message);
  });
});
