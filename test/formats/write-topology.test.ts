import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { readInput } from '../../src/formats/input.ts';
import { writeTopology } from '../../src/formats/write-topology.ts';
import { chord } from '../../src/models/chord.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { napster } from '../../src/models/napster.ts';
import { TopologyBuilder } from '../../src/topology/builder.ts';
import { countsOf } from '../../src/topology/link-relations.ts';
import type { Topology } from '../../src/topology/topology.ts';
import { temporaryFolder } from '../support/temporary.ts';

function topologyOf(links: readonly (readonly [string, string])[], directed = false): Topology {
  const builder = new TopologyBuilder(directed);
  for (const [source, target] of links) builder.link(builder.peer(source), builder.peer(target));
  return builder.build();
}

async function reread(path: string, directed: boolean): Promise<Topology> {
  const sources = { stdin: Readable.from([]), catalogue: '', folders: [] };
  return (await readInput(path, sources, { directed })).topology;
}

/** The links as sorted pairs of ids, whatever the numbers of the peers. */
function pairs({ ids, links, directed }: Topology): string[] {
  return ids
    .flatMap((id, peer) =>
      Array.from(links.targets.subarray(links.offsets[peer], links.offsets[peer + 1]), (other) => [
        id,
        ids[other]!,
      ]),
    )
    .map((ends) => (directed ? ends : ends.sort()).join(' > '))
    .filter((pair, index, all) => all.indexOf(pair) === index)
    .sort();
}

describe('writing a topology', () => {
  it('makes an edge list that says whether it is directed, with an undirected link once', async () => {
    const path = join(temporaryFolder(), 'links.txt');
    await writeTopology(
      path,
      {
        topology: topologyOf([
          ['a', 'b'],
          ['c', 'a'],
        ]),
      },
      { comments: ['made by hand'] },
    );
    expect(readFileSync(path, 'utf8')).toBe(
      '# Undirected graph\n# made by hand\n# Nodes: 3 Edges: 2\na\tb\na\tc\n',
    );
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  it('makes CSV, quoted where an id needs it, and gzip of both', async () => {
    const folder = temporaryFolder();
    const topology = topologyOf([['a,b', 'say "c"']], true);
    await writeTopology(join(folder, 'links.csv'), { topology });
    await writeTopology(join(folder, 'links.csv.gz'), { topology });
    const expected = 'source,target\n"a,b","say ""c"""\n';
    expect(readFileSync(join(folder, 'links.csv'), 'utf8')).toBe(expected);
    expect(gunzipSync(readFileSync(join(folder, 'links.csv.gz'))).toString()).toBe(expected);
  });

  it('says how many peers are lost because they have no link', async () => {
    const builder = new TopologyBuilder(false);
    builder.link(builder.peer('a'), builder.peer('b'));
    builder.peer('alone');
    const { notes } = await writeTopology(join(temporaryFolder(), 'links.txt'), {
      topology: builder.build(),
    });
    expect(notes).toEqual(['1 peers have no link, and an edge list cannot hold them.']);
  });

  it('knows its formats by name only', async () => {
    await expect(writeTopology('links.xlsx', { topology: topologyOf([]) })).rejects.toThrow(
      'does not say in which format',
    );
  });

  it.each(['.txt', '.csv', '.txt.gz', '.csv.gz'])(
    'as %s reads back to the same links (property)',
    async (ending) => {
      const folder = temporaryFolder();
      const id = fc.oneof(fc.nat(50).map(String), fc.constantFrom('127.0.0.1:6346', 'é', '日本', '[::1]:1'));
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(id, id), { minLength: 1 }),
          fc.boolean(),
          async (links, directed) => {
            const topology = topologyOf(links, directed);
            fc.pre(topology.linkCount > 0);
            const path = join(folder, `links${ending}`);
            await writeTopology(path, { topology });
            expect(pairs(await reread(path, directed))).toEqual(pairs(topology));
          },
        ),
        { numRuns: 30 },
      );
    },
  );

  it('says in CSV what links mean, and reads it back', async () => {
    for (const model of [napster, chord]) {
      const { topology } = model.generate({ ...DEFAULT_MODEL_OPTIONS, peers: 30 }, createRandom(1));
      const path = join(temporaryFolder(), 'links.csv');
      await writeTopology(path, { topology });
      expect(readFileSync(path, 'utf8')).toMatch(
        model === chord
          ? /^source,target,relation\n0,1,pointer\n/
          : /^source,target,relation\n0,1,registration\n/,
      );
      const again = await reread(path, topology.directed);
      expect(countsOf(again.relations!)).toEqual(countsOf(topology.relations!));
      expect(meanings(again)).toEqual(meanings(topology));
    }
  });
});

/** Each link with what it means. */
function meanings({ directed, links, pairs: pairsOfPeers, size, ids, relations }: Topology): string[] {
  const { offsets, targets } = directed ? links : pairsOfPeers;
  const named: string[] = [];
  for (let peer = 0; peer < size; peer++)
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
      const ends = [ids[peer]!, ids[targets[k]!]!];
      named.push(`${(directed ? ends : ends.sort()).join('-')}: ${relations![k]!}`);
    }
  return named.sort();
}
