import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address } from '../../src/core/address.ts';
import type { SimulatedOverlay } from '../../src/simulate/simulated-overlay.ts';
import { START, virtually } from './support.ts';

/** Independent of the code under test: a flood over the rows of the truth, from set to set. */
function floodFill(simulation: SimulatedOverlay) {
  const neighbours = new Map<string, string[]>();
  for (const { id } of simulation.truth().peers) neighbours.set(id, []);
  const links = [...simulation.truth().links];
  for (const { source, target } of links) {
    neighbours.get(source)!.push(target);
    neighbours.get(target)!.push(source);
  }
  const floodFrom = (from: string): Set<string> => {
    const reached = new Set([from]);
    for (const peer of reached) for (const other of neighbours.get(peer)!) reached.add(other);
    return reached;
  };
  const left = new Set(neighbours.keys());
  let components = 0;
  for (const peer of left) {
    components += 1;
    for (const reached of floodFrom(peer)) left.delete(reached);
  }
  const own = floodFrom(simulation.bootstrap);
  return { own, components, links: links.filter(({ source }) => own.has(source)).length, neighbours };
}

function expectReach(simulation: SimulatedOverlay): void {
  const reach = simulation.reach();
  const { own, components, links, neighbours } = floodFill(simulation);
  expect({ peers: reach.peers, links: reach.links, components: reach.components }).toEqual({
    peers: own.size,
    links,
    components,
  });
  for (const id of neighbours.keys()) expect(reach.has(id)).toBe(own.has(id));
  for (const id of ['127.254.0.1:6346', '[::1]:6346', '192.0.2.1:1'] as Address[])
    expect(reach.has(id)).toBe(false);
}

describe('what can be reached from the bootstrap peer', () => {
  it('is what a flood from it covers, with the links in it, however many sub networks there are (property)', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('erdos-renyi', 'pure', 'two-tier', 'grid', 'power-law-random-graph'),
        fc.integer({ min: 30, max: 120 }),
        fc.double({ min: 0.2, max: 4, noNaN: true }),
        fc.nat(10_000),
        (model, peers, meanDegree, seed) => {
          expectReach(virtually({}, { model, peers, meanDegree }, { seed }));
        },
      ),
      { numRuns: 80 },
    );
  });

  it('is that of the instant where peers come and go', () => {
    const simulation = virtually({ churn: 'exponential:1', repair: 20 }, { peers: 80, meanDegree: 2 });
    for (const minutes of [0, 1, 3, 10]) {
      simulation.population.membership.advance(START + 60_000 * minutes);
      expectReach(simulation);
    }
  });

  it('does not depend on who misbehaves', () => {
    const shape = { peers: 100, meanDegree: 2 };
    const reachOf = (silent: number) => {
      const { peers, links, components } = virtually({ silent, sybilNets: silent }, shape).reach();
      return { peers, links, components };
    };
    expect(reachOf(1)).toEqual(reachOf(0));
  });
});
