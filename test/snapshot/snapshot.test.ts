import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareSnapshots } from '../../src/snapshot/compare.ts';
import { Fold } from '../../src/snapshot/fold.ts';
import { readManifest } from '../../src/snapshot/manifest.ts';
import { readSnapshot } from '../../src/snapshot/read.ts';
import { scoreOf } from '../../src/snapshot/score.ts';
import { writeTruth } from '../../src/snapshot/write-truth.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { address, listing, visit } from '../support/visits.ts';

const ORIGIN = { overlay: 'gnutella', options: { model: 'test' }, seed: 1, at: 0 };

function writtenTruth(agent = 'servent'): string {
  const folder = join(temporaryFolder(), 'truth');
  const fold = new Fold([]);
  const claims = listing(address(1), [address(2)], [address(3)]);
  fold.add(
    visit(address(1), {
      claims: { ...claims, peers: [{ address: address(1), role: 'superpeer', agent, liveSince: 0 }] },
    }),
  );
  fold.add(visit(address(2), { claims: listing(address(2), [address(1)]) }));
  writeTruth(folder, fold.tables('truth'), ORIGIN);
  return folder;
}

describe('a snapshot directory', () => {
  it('reads back what was written', async () => {
    const { manifest, peers, links } = await readSnapshot(writtenTruth());
    expect(manifest).toMatchObject({
      origin: 'truth',
      state: 'complete',
      counts: { peers: 3, links: 2, respondents: 2 },
    });
    expect(peers.map(({ id, role, respondent }) => [id, role, respondent])).toEqual([
      [address(1), 'superpeer', true],
      [address(2), 'superpeer', true],
      [address(3), 'leaf', false],
    ]);
    expect(links).toEqual([
      {
        source: address(1),
        target: address(2),
        relation: 'connection',
        evidence: 'truth',
        reported_by: 'both',
      },
      {
        source: address(3),
        target: address(1),
        relation: 'registration',
        evidence: 'truth',
        reported_by: 'target',
      },
    ]);
  });

  it('keeps a strange agent as text: quoted, and no formula for a spreadsheet', async () => {
    const folder = writtenTruth('=HYPERLINK("x"),\n"y"');
    expect(readFileSync(join(folder, 'peers.csv'), 'utf8')).toContain(`"'=HYPERLINK(""x""),\n""y"""`);
    expect((await readSnapshot(folder)).peers[0]?.agent).toBe('\'=HYPERLINK("x"),\n"y"');
  });

  it('has the digests of its tables in the manifest, and describes them as a data package', () => {
    const folder = writtenTruth();
    const sha = (name: string): string =>
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex');
    expect(readManifest(folder).digests).toEqual({
      'peers.csv': sha('peers.csv'),
      'links.csv': sha('links.csv'),
    });
    const described = JSON.parse(readFileSync(join(folder, 'datapackage.json'), 'utf8')) as {
      resources: { path: string; schema: { fields: { name: string }[] } }[];
    };
    for (const { path, schema } of described.resources) {
      const header = readFileSync(join(folder, path), 'utf8').split('\n')[0];
      expect(schema.fields.map(({ name }) => name).join(',')).toBe(header);
    }
  });

  it('is not read when a table is not the one that was written', async () => {
    const folder = writtenTruth();
    const path = join(folder, 'links.csv');
    writeFileSync(path, readFileSync(path, 'utf8').split('\n').slice(0, 2).join('\n'));
    await expect(readSnapshot(folder)).rejects.toThrow(
      'links.csv is not the file that was written with this snapshot',
    );
  });

  it('is not what any directory is: each defect is named', async () => {
    const folder = temporaryFolder();
    const problem = (): Promise<string> =>
      readSnapshot(folder).then(
        () => '',
        (error: unknown) => String(error),
      );
    expect(await problem()).toContain('has no manifest.json');
    writeFileSync(join(folder, 'manifest.json'), '{');
    expect(await problem()).toContain('is not a snapshot manifest');
    writeFileSync(join(folder, 'manifest.json'), readFileSync(join(writtenTruth(), 'manifest.json')));
    expect(await problem()).toContain('peers.csv: is missing');
    writeFileSync(
      join(folder, 'peers.csv'),
      'id,role,agent,outcome,respondent,truncated\n127.9.0.1:1,king,,ok,true,false\n',
    );
    expect(await problem()).toMatch(/peers\.csv line 2: role/);
  });
});

describe('writing a truth', () => {
  it('replaces an earlier truth, and nothing else', () => {
    const folder = writtenTruth();
    writeTruth(folder, new Fold([]).tables('truth'), ORIGIN);
    expect(readManifest(folder).counts?.peers).toBe(0);
    const foreign = join(temporaryFolder(), 'foreign');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'diary.txt'), 'dear');
    expect(() => {
      writeTruth(foreign, new Fold([]).tables('truth'), ORIGIN);
    }).toThrow('is not empty');
    expect(existsSync(join(foreign, 'diary.txt'))).toBe(true);
  });
});

// A triangle a-b-c with the tail c-d, and the separate pair x-y. By hand.
const truth = {
  peers: ['a', 'b', 'c', 'd', 'x', 'y'].map((id) => ({ id, role: 'superpeer' as const })),
  links: ['ab', 'bc', 'ac', 'cd', 'xy'].map(([source = '', target = '']) => ({ source, target })),
};

describe('comparing with the truth', () => {
  it('is exact for the same peers and links, in whatever direction a link is written', () => {
    const mirrored = {
      ...truth,
      links: truth.links.map(({ source, target }) => ({ source: target, target: source })),
    };
    expect(compareSnapshots(mirrored, truth)).toMatchObject({
      peersMissing: [],
      peersExtra: [],
      linksMissing: [],
      linksExtra: [],
      peers: { completeness: 1, distortion: 0, both: 6 },
      links: { completeness: 1, distortion: 0, both: 5 },
    });
  });

  it('names what is missing and extra, and gives the distortion', () => {
    const snapshot = {
      peers: [...truth.peers.slice(0, 4), { id: 'z', role: 'leaf' as const }],
      links: [...truth.links.slice(0, 3), { source: 'a', target: 'z' }],
    };
    const difference = compareSnapshots(snapshot, truth);
    expect(difference).toMatchObject({
      peersMissing: ['x', 'y'],
      peersExtra: ['z'],
      linksMissing: ['c d', 'x y'],
      linksExtra: ['a z'],
    });
    expect(difference.peers.distortion).toBeCloseTo(3 / 11, 12);
    expect(difference.peers.completeness).toBeCloseTo(4 / 6, 12);
    expect(difference.peersByRole).toMatchObject({
      superpeer: { found: 4, reference: 6, extra: 0 },
      leaf: { found: 1, reference: 0, extra: 1 },
    });
    expect(difference.links.distortion).toBeCloseTo(3 / 9, 12);
  });

  it('sets apart what cannot be reached from the bootstrap peer', () => {
    const snapshot = { peers: truth.peers.slice(0, 4), links: truth.links.slice(0, 3) };
    const reach = { peers: 4, links: 4, components: 2, has: (id: string) => 'abcd'.includes(id) };
    expect(scoreOf(compareSnapshots(snapshot, truth), reach)).toEqual({
      found: 4,
      reachable: 4,
      total: 6,
      linksFound: 3,
      linksReachable: 4,
      linksTotal: 5,
      peersMissing: 0,
      peersExtra: 0,
      linksMissing: 1,
      linksExtra: 0,
      rolesDiffering: 0,
      components: 2,
    });
  });
});
