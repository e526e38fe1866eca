import fc from 'fast-check';
import { connectedComponents, stronglyConnectedComponents } from 'graphology-components';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { fromLinks } from '../../src/topology/builder.ts';
import { strongComponents, weakComponents, type Partition } from '../../src/topology/components.ts';
import { toGraphology } from '../../src/topology/graphology.ts';
import type { Topology } from '../../src/topology/topology.ts';
import { linkLists, topologyOf } from './support.ts';

/** The sets of a partition, each ascending, the sets by their first peer: two partitions are alike when these are. */
function setsOf({ component, sizes }: Partition): number[][] {
  const sets = sizes.map((): number[] => []);
  component.forEach((which, peer) => sets[which]!.push(peer));
  return ordered(sets);
}

function ordered(sets: readonly (readonly (number | string)[])[]): number[][] {
  return sets.map((set) => set.map(Number).sort((a, b) => a - b)).sort((a, b) => a[0]! - b[0]!);
}

function expectOracle(topology: Topology): void {
  const weak = weakComponents(topology);
  const strong = strongComponents(topology);
  const graph = toGraphology(topology);
  expect(setsOf(weak)).toEqual(ordered(connectedComponents(graph)));
  // graphology knows strong components of directed graphs only.
  const oracle = topology.directed ? stronglyConnectedComponents(graph) : connectedComponents(graph);
  expect(setsOf(strong)).toEqual(ordered(oracle));
  for (const { sizes } of [weak, strong])
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(topology.size);
}

/** Peers 0..size-1 with the given links; no names needed. */
function chain(size: number, directed: boolean, closed: boolean): Topology {
  const links = closed ? size : size - 1;
  return fromLinks({
    directed,
    ids: Array.from({ length: size }, (_, peer) => String(peer)),
    sources: Uint32Array.from({ length: links }, (_, peer) => peer),
    targets: Uint32Array.from({ length: links }, (_, peer) => (peer + 1) % size),
  });
}

describe('components', () => {
  it('are those that graphology-components finds on small graphs', () => {
    fc.assert(
      fc.property(linkLists, fc.boolean(), (list, directed) => {
        expectOracle(topologyOf(list, directed));
      }),
      { numRuns: 300 },
    );
  });

  it.each([500, 1000, 1500, 3000])(
    'are those that graphology-components finds with 1000 peers and %i links',
    (count) => {
      const random = createRandom(count);
      const links = Array.from({ length: count }, () => [random.int(1000), random.int(1000)] as const);
      expectOracle(topologyOf({ size: 1000, links }, true));
    },
  );

  it('of a directed path of 200,000 peers are one, or one for each peer', () => {
    const path = chain(200_000, true, false);
    expect(weakComponents(path).sizes).toEqual([200_000]);
    expect(strongComponents(path).sizes.length).toBe(200_000);
  });

  it('of a directed ring of 200,000 peers are one, weak and strong', () => {
    const ring = chain(200_000, true, true);
    expect(weakComponents(ring).sizes).toEqual([200_000]);
    expect(strongComponents(ring).sizes).toEqual([200_000]);
  });

  it('of an undirected path are the same, weak and strong', () => {
    const path = chain(200_000, false, false);
    expect(strongComponents(path)).toEqual(weakComponents(path));
    expect(weakComponents(path).sizes).toEqual([200_000]);
  });

  it('are none where there is no peer, and one where there is one', () => {
    for (const directed of [true, false]) {
      for (const find of [weakComponents, strongComponents]) {
        expect(find(topologyOf({ size: 0, links: [] }, directed)).sizes).toEqual([]);
        expect(find(topologyOf({ size: 1, links: [] }, directed)).sizes).toEqual([1]);
      }
    }
  });

  it('are numbered by their first peer where they are weak', () => {
    const { component } = weakComponents(
      topologyOf(
        {
          size: 5,
          links: [
            [3, 0],
            [1, 4],
          ],
        },
        true,
      ),
    );
    expect([...component]).toEqual([0, 1, 2, 0, 1]);
  });
});
