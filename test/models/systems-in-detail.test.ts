import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { bittorrent, titForTat } from '../../src/models/bittorrent.ts';
import { completeGraph } from '../../src/models/complete-graph.ts';
import { conferencing, streamsOf } from '../../src/models/conferencing.ts';
import { dns, trustedBase } from '../../src/models/dns.ts';
import { gridComputing } from '../../src/models/grid-computing.ts';
import { jxta, replicaOf } from '../../src/models/jxta.ts';
import { DEFAULT_MODEL_OPTIONS, type Model, type ModelOptions } from '../../src/models/model.ts';
import { multicastMesh, multicastTree, stripeParents } from '../../src/models/multicast.ts';
import { napster } from '../../src/models/napster.ts';
import { numberedGraph } from '../../src/models/numbered-graph.ts';
import { assignWork, setiAtHome, validatedShare } from '../../src/models/seti-at-home.ts';
import { relayedShare, skype } from '../../src/models/skype.ts';
import { selectionEntropy, tor } from '../../src/models/tor.ts';
import { unitDisks, vehicular } from '../../src/models/vehicular.ts';
import { Zipf } from '../../src/models/zipf.ts';
import { weakComponents } from '../../src/topology/components.ts';
import type { Topology } from '../../src/topology/topology.ts';
import { generate, usageError } from './support.ts';

const row = ({ links }: Topology, peer: number): number[] => [
  ...links.targets.subarray(links.offsets[peer], links.offsets[peer + 1]),
];

describe('Napster', () => {
  it('falls apart into single peers without its one server, but for transfers under way', () => {
    const { topology } = generate(napster, { peers: 50, transfers: 0 });
    expect(row(topology, 0)).toHaveLength(50);
    for (let peer = 1; peer <= 50; peer++) expect(row(topology, peer)).toEqual([0]);
  });

  it('registers every peer at one of several servers, which are a mesh', () => {
    const { topology } = generate(napster, { peers: 200, servers: 4 });
    for (let server = 0; server < 4; server++)
      expect(row(topology, server).filter((other) => other < 4)).toHaveLength(3);
    for (let peer = 4; peer < 204; peer++)
      expect(row(topology, peer).filter((other) => other < 4)).toHaveLength(1);
  });
});

describe('SETI@home', () => {
  it('gives every unit to different hosts, and no host two more than another (property)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 30 }),
        fc.nat(),
        (hosts, copies, units, seed) => {
          const redundancy = Math.min(copies, hosts);
          const { targets } = assignWork(hosts, units, redundancy, createRandom(seed));
          const loads = new Uint32Array(hosts);
          for (const host of targets) loads[host]! += 1;
          for (let unit = 0; unit < units; unit++)
            expect(new Set(targets.subarray(unit * redundancy, (unit + 1) * redundancy)).size).toBe(
              redundancy,
            );
          expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('validates as many units as binomial laws say', () => {
    // By hand: 2 of 2 hosts answer with .9^2; 2 of 3 with .9^3 + 3 x .1 x .9^2.
    expect(validatedShare(2, 2, 0.1)).toBeCloseTo(0.81, 12);
    expect(validatedShare(3, 2, 0.1)).toBeCloseTo(0.972, 12);
    expect(validatedShare(1, 1, 0)).toBe(1);
  });
});

describe('JXTA', () => {
  it('spreads hashes over the rendezvous in equal parts', () => {
    expect([0, 0.24, 0.25, 0.5, 0.999].map((hash) => replicaOf(hash, 4))).toEqual([0, 0, 1, 2, 3]);
  });
});

describe('DNS', () => {
  it('of 7 zones, two below each, depends on the zones above', () => {
    const { topology } = generate(dns, { peers: 7, fanOut: 2, outsideShare: 0 });
    expect([...topology.links.targets]).toEqual([0, 0, 1, 1, 2, 2]);
    expect([0, 1, 6].map((zone) => trustedBase(topology, zone))).toEqual([0, 1, 2]);
  });
});

describe('Skype', () => {
  it('relays calls where either end is behind a symmetric translator', () => {
    expect(relayedShare(0.2)).toBeCloseTo(0.36, 12);
    const { notes } = generate(skype, { peers: 20_000, superpeerShare: 0.05 });
    const [, calls, relayed] = /(\d+) calls, of which (\d+)/.exec(notes[1]!)!.map(Number);
    expect(calls).toBe(19_000);
    // Calls share peers: the error is at most twice that of independent ones, .0035.
    expect(Math.abs(relayed! / calls! - 0.36)).toBeLessThan(0.02);
  });
});

describe('a BitTorrent swarm', () => {
  it('keeps the caps: no peer has more connections, nor opened more', () => {
    const options = { peers: 500, connectionCap: 20, openingCap: 8, trackerSample: 12 };
    const { topology } = generate(bittorrent, options);
    for (let peer = 0; peer < 500; peer++) {
      expect(row(topology, peer).length).toBeLessThanOrEqual(20);
      // Earlier peers are those that it opened a connection to.
      expect(row(topology, peer).filter((other) => other < peer).length).toBeLessThanOrEqual(8);
    }
  });

  it('falls into clusters of slots + 1 peers of like rates, where all know all and play tit for tat', () => {
    const everybody = numberedGraph(20, completeGraph(20)).simple;
    const partners = titForTat(
      everybody,
      Float64Array.from({ length: 20 }, (_, peer) => 20 - peer),
      4,
    );
    for (let peer = 0; peer < 20; peer++) {
      const first = peer - (peer % 5);
      const cluster = [0, 1, 2, 3, 4].map((k) => first + k).filter((other) => other !== peer);
      expect([...partners.targets.subarray(partners.offsets[peer], partners.offsets[peer + 1])]).toEqual(
        cluster,
      );
    }
  });

  it('pairs peers stably: no two would both rather have each other (property)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(),
        (peers, slots, seed) => {
          const { topology } = generate(bittorrent, { peers, openingCap: 3 }, seed);
          const random = createRandom(seed);
          const rates = Float64Array.from({ length: peers }, () => random.uniform());
          const { offsets, targets } = titForTat(topology.simple, rates, slots);
          const partners = (peer: number) => [...targets.subarray(offsets[peer], offsets[peer + 1])];
          const wants = (peer: number, other: number) =>
            partners(peer).length < slots || partners(peer).some((held) => rates[held]! < rates[other]!);
          for (let peer = 0; peer < peers; peer++)
            for (const other of row(topology, peer))
              if (!partners(peer).includes(other))
                expect(wants(peer, other) && wants(other, peer)).toBe(false);
        },
      ),
    );
  });
});

describe('overlay multicast', () => {
  it('in several stripes has every peer but the source forward one of them at most, within its fan-out (property)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 4 }),
        (peers, stripes, more) => {
          const options: ModelOptions = { ...DEFAULT_MODEL_OPTIONS, peers, stripes, fanOut: stripes + more };
          const forwarded = Array.from({ length: peers }, () => new Set<number>());
          for (let stripe = 0; stripe < stripes; stripe++) {
            const parents = stripeParents(options, stripe);
            const children = new Uint32Array(peers);
            for (let peer = 1; peer < peers; peer++) {
              forwarded[parents[peer]!]!.add(stripe);
              children[parents[peer]!]! += 1;
              let [above, steps] = [peer, 0];
              while (above !== 0 && steps++ <= peers) above = parents[above]!;
              expect(above).toBe(0);
            }
            expect(Math.max(...children)).toBeLessThanOrEqual(options.fanOut);
          }
          for (const stripesOf of forwarded.slice(1)) expect(stripesOf.size).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('Tor', () => {
  it('chooses evenly among equals, log2 n bits, and less so by bandwidth', () => {
    expect(selectionEntropy(new Zipf(8, 0).shares)).toBeCloseTo(3, 12);
    // By hand, shares 2/3 and 1/3: log2 3 - 2/3.
    expect(selectionEntropy(new Zipf(2).shares)).toBeCloseTo(Math.log2(3) - 2 / 3, 12);
  });

  it('never links two guards, two exits, or a guard and an exit', () => {
    const { topology } = generate(tor, {});
    for (let peer = 0; peer < 222; peer++)
      for (const other of row(topology, peer)) expect(peer % 3 === 1).not.toBe(other % 3 === 1);
  });
});

describe('a vehicular network', () => {
  it('links exactly those within range, by comparing all pairs (property)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.nat(),
        (peers, range, seed) => {
          const random = createRandom(seed);
          const at = Float64Array.from({ length: 2 * peers }, () => random.uniform());
          const { sources, targets } = unitDisks(at, range);
          const found = new Set(Array.from(sources, (a, k) => `${a} ${targets[k]}`));
          const near = new Set<string>();
          for (let b = 0; b < peers; b++)
            for (let a = 0; a < b; a++)
              if ((at[2 * a]! - at[2 * b]!) ** 2 + (at[2 * a + 1]! - at[2 * b + 1]!) ** 2 <= range * range)
                near.add(`${a} ${b}`);
          expect(found).toEqual(near);
          expect(found.size).toBe(sources.length);
        },
      ),
    );
  });

  it('grows together as the range does', () => {
    const giant = (radioRange: number) => {
      const { sizes } = weakComponents(generate(vehicular, { peers: 1000, radioRange }).topology);
      return Math.max(...sizes) / 1000;
    };
    // Mean degrees of 1.2 and 11; on either side of where unit disks percolate.
    expect(giant(0.02)).toBeLessThan(0.05);
    expect(giant(0.06)).toBeGreaterThan(0.95);
  });
});

describe('a conference', () => {
  it('of 5 carries 20 streams over a mesh, 10 by way of a mixer, 25 by way of a forwarder', () => {
    // By hand.
    expect(streamsOf('mesh', 5)).toEqual({ up: 4, down: 4, server: 0 });
    expect(streamsOf('mixer', 5)).toEqual({ up: 1, down: 1, server: 10 });
    expect(streamsOf('forwarding', 5)).toEqual({ up: 1, down: 4, server: 25 });
  });
});

describe('options that cannot be met', () => {
  it.each<[Model, Partial<ModelOptions>, RegExp]>([
    [napster, { servers: 0 }, /^the number of servers has to be at least 1, and is 0$/],
    [setiAtHome, { peers: 2, redundancy: 3 }, /^2 hosts cannot do a unit 3 times$/],
    [jxta, { superpeerShare: 2 }, /^the share of superpeers has to be 0\.\.1, and is 2$/],
    [dns, { fanOut: 1 }, /^the number of delegated zones has to be at least 2, and is 1$/],
    [skype, { symmetricShare: -1 }, /^the share of symmetric translators has to be 0\.\.1, and is -1$/],
    [
      bittorrent,
      { openingCap: 0 },
      /^the number of connections that a peer opens has to be at least 1, and is 0$/,
    ],
    [multicastTree, { fanOut: 2, stripes: 3 }, /^2 children of a peer cannot carry 3 stripes$/],
    [multicastMesh, { peers: 4 }, /^4 peers cannot have 4 neighbours each$/],
    [tor, { peers: 2 }, /^the number of peers has to be at least 3, and is 2$/],
    [vehicular, { radioRange: 0 }, /^the radio range has to be above 0 and at most 1, and is 0$/],
    [conferencing, { peers: 10_001 }, /^a full mesh takes at most 10000 participants, not 10001$/],
    [gridComputing, { clusters: 2, redundancy: 3 }, /^3 copies do not fit on 2 sites$/],
  ])('of $0.name with %o are an error of usage', (model, options, message) => {
    expect(usageError(model, options).message).toMatch(message);
  });
});
