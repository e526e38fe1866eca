import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { TopologyBuilder } from '../../src/topology/builder.ts';
import { layoutComponent, type Positions } from '../../src/topology/layout.ts';
import type { Topology } from '../../src/topology/topology.ts';

function graph(size: number, links: readonly (readonly [number, number])[]): Topology {
  const builder = new TopologyBuilder(false);
  for (let peer = 0; peer < size; peer++) builder.peer(String(peer));
  for (const [a, b] of links) builder.link(a, b);
  return builder.build();
}
const all = (topology: Topology) => Uint32Array.from({ length: topology.size }, (_, peer) => peer);
const layout = (topology: Topology, seed = 1) =>
  layoutComponent(topology, all(topology), createRandom(seed).fork('test'));
const distance = ({ x, y }: Positions, i: number, j: number) => Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!);

describe('the layout of a component', () => {
  const path = graph(
    6,
    [0, 1, 2, 3, 4].map((peer) => [peer, peer + 1] as const),
  );

  it('is the same for the same seed, bit by bit, and another one for another seed', async () => {
    const first = await layout(path, 7);
    expect(await layout(path, 7)).toEqual(first);
    expect(await layout(path, 8)).not.toEqual(first);
  });

  it('unrolls a path along x', async () => {
    const { x, y } = await layout(path);
    const order = [...all(path)].sort((a, b) => x[a]! - x[b]!);
    expect([order.join(''), order.reverse().join('')]).toContain('012345');
    const height = Math.max(...y) - Math.min(...y);
    expect(height).toBeLessThan(0.3 * (Math.max(...x) - Math.min(...x)));
  });

  it('draws a ring as a ring: opposite peers are farther apart than neighbours', async () => {
    const ring = graph(
      8,
      Array.from({ length: 8 }, (_, peer) => [peer, (peer + 1) % 8] as const),
    );
    const placed = await layout(ring);
    for (let peer = 0; peer < 4; peer++)
      expect(distance(placed, peer, peer + 4)).toBeGreaterThan(2 * distance(placed, peer, peer + 1));
  });

  it('knows only the peers that it is given, in their order', async () => {
    const two = graph(5, [
      [0, 1],
      [3, 4],
    ]);
    const placed = await layoutComponent(two, Uint32Array.of(4, 3), createRandom(1));
    expect(placed.x).toHaveLength(2);
    expect(distance(placed, 0, 1)).toBeCloseTo(1, 12);
  });

  it('has links of length 1 on average, and its middle at the origin, whatever the graph', async () => {
    const tree = fc
      .array(fc.nat(), { minLength: 1, maxLength: 14 })
      .map((parents) => parents.map((parent, i) => [i + 1, parent % (i + 1)] as const));
    await fc.assert(
      fc.asyncProperty(tree, fc.nat({ max: 1000 }), async (links, seed) => {
        const placed = await layout(graph(links.length + 1, links), seed);
        const lengths = links.map(([a, b]) => distance(placed, a, b));
        expect(lengths.reduce((sum, length) => sum + length, 0) / links.length).toBeCloseTo(1, 9);
        for (const values of [placed.x, placed.y])
          expect(Math.max(...values) + Math.min(...values)).toBeCloseTo(0, 9);
      }),
      { numRuns: 30 },
    );
  });

  it('puts a single peer at the origin', async () => {
    const { x, y } = await layout(graph(1, []));
    expect([x[0], y[0]]).toEqual([0, 0]);
  });
});
