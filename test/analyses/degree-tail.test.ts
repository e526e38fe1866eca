import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DEFAULT_ANALYSIS_OPTIONS, QUIET_WORK } from '../../src/analyses/analysis.ts';
import { degreeTail } from '../../src/analyses/degree-tail.ts';
import { readInput } from '../../src/formats/input.ts';
import { TopologyBuilder } from '../../src/topology/builder.ts';

const OPTIONS = { ...DEFAULT_ANALYSIS_OPTIONS, bootstrap: 39 };
const SNAP = fileURLToPath(new URL('../../../shared/data/snap', import.meta.url));

/** Stars, one hub for each entry with so many leaves. */
function stars(leaves: readonly number[]) {
  const builder = new TopologyBuilder(false);
  leaves.forEach((count, hub) => {
    const centre = builder.peer(`hub ${hub}`);
    for (let leaf = 0; leaf < count; leaf++) builder.link(centre, builder.peer(`leaf ${hub} ${leaf}`));
  });
  return builder.build();
}

describe('degree-tail', () => {
  it('has an answer, and no NaN, for topologies that have no tail', async () => {
    for (const leaves of [[], [1], [1, 1, 1], [5, 5]]) {
      const result = await degreeTail.run(stars(leaves), OPTIONS, QUIET_WORK);
      expect(JSON.stringify(result)).not.toMatch(/NaN|Infinity/);
      const [table] = degreeTail.tables(result);
      expect(table!.rows.every((row) => row.length === table!.columns.length)).toBe(true);
    }
    const empty = await degreeTail.run(stars([]), OPTIONS, QUIET_WORK);
    expect(empty.populations['all']).toEqual({ n: 0, tail: null });
  });

  // python3-igraph 0.10.2: power_law_fit(degrees, None, "discrete").
  it.skipIf(!existsSync(`${SNAP}/p2p-Gnutella08.txt.gz`)).each([
    ['p2p-Gnutella08', 11, 4.740733242443928, 0.06659136995626669],
    ['p2p-Gnutella31', 13, 4.829721766565383, 0.01276739684176853],
  ])('finds the same tail as igraph in %s', async (name, xmin, alpha, ks) => {
    const sources = { stdin: Readable.from([]), catalogue: '', folders: [] };
    const { topology } = await readInput(`${SNAP}/${name}.txt.gz`, sources, {});
    const { populations } = await degreeTail.run(topology, OPTIONS, QUIET_WORK);
    const tail = populations['all']!.tail!;
    expect(tail.xmin).toBe(xmin);
    expect(tail.alpha).toBeCloseTo(alpha, 5);
    expect(tail.ks).toBeCloseTo(ks, 6);
    expect(tail.pValue).toBe(1 / 40);
  });
});
