import { PeerscopeError } from '../core/errors.ts';
import type { Random } from '../core/random.ts';
import type { Adjacency } from '../topology/adjacency.ts';
import type { Model } from './model.ts';
import { requireWhole } from './parameters.ts';
import { star } from './star.ts';

/**
 * SETI@home (CACM 45(11), 2002): hosts fetch units of work from one server and never
 * talk to each other, a star. To be trusted, each unit is done by several different hosts.
 */
export const setiAtHome: Model = {
  name: 'seti-at-home',
  title: 'SETI@home: hosts that fetch work from one server, on top of them; each unit is done by several',
  options: ['redundancy'],
  tiers: true,
  generate: (options, random) => {
    const { peers, redundancy } = options;
    requireHosts(peers, redundancy);
    const { topology, notes } = star.generate(options, random);
    return {
      topology,
      notes: [...notes, `${peers} hosts do ${Math.floor(peers / redundancy)} units at a time.`],
    };
  },
  expected: (options) => {
    const { peers } = options;
    requireHosts(peers, options.redundancy);
    return [
      ...star.expected(options),
      // 2N / (N + 1), lecture B.5.
      {
        metric: 'meanDistance',
        value: (2 * peers) / (peers + 1),
        tolerance: 1e-9,
        source: 'by construction',
      },
      { metric: 'transitivity', value: 0, tolerance: 0, source: 'hosts have no links to each other' },
    ];
  },
};

function requireHosts(hosts: number, redundancy: number): void {
  requireWhole('peers', hosts, 1);
  requireWhole('hosts for a unit', redundancy, 1);
  if (redundancy <= hosts) return;
  throw new PeerscopeError('usage', `${hosts} hosts cannot do a unit ${redundancy} times`);
}

/**
 * Which hosts do which unit: row u has the hosts of unit u, `redundancy` different ones. No host does more than one unit more
 * than another. O(units x redundancy).
 */
export function assignWork(hosts: number, units: number, redundancy: number, random: Random): Adjacency {
  requireHosts(hosts, redundancy);
  const offsets = Uint32Array.from({ length: units + 1 }, (_, unit) => unit * redundancy);
  const targets = new Uint32Array(units * redundancy);
  const order = Uint32Array.from({ length: hosts }, (_, host) => host);
  for (let unit = 0, k = 0; unit < units; unit++) {
    const begin = unit * redundancy;
    for (let copy = 0; copy < redundancy; copy++, k++) {
      const place = k % hosts;
      let from = place + random.int(hosts - place);
      // A round that ends within a unit has hosts of this unit in the next round too: they have to wait.
      while (targets.subarray(begin, k).includes(order[from]!)) from = from + 1 < hosts ? from + 1 : place;
      const chosen = order[from]!;
      order[from] = order[place]!;
      order[place] = chosen;
      targets[k] = chosen;
    }
  }
  for (let unit = 0; unit < units; unit++) targets.subarray(offsets[unit], offsets[unit + 1]).sort();
  return { offsets, targets };
}

/**
 * The share of units for which at least `quorum` of their hosts answer, where a host fails with the given probability,
 * independently of the others: the upper tail of a binomial law.
 */
export function validatedShare(redundancy: number, quorum: number, failing: number): number {
  let [share, ways] = [0, 1];
  for (let failed = 0; failed <= redundancy - quorum; failed++) {
    share += ways * failing ** failed * (1 - failing) ** (redundancy - failed);
    ways *= (redundancy - failed) / (failed + 1);
  }
  return share;
}
