import type { Random } from '../core/random.ts';
import { Tally } from '../search/tally.ts';
import { removeInOrder } from '../topology/percolation.ts';
import { degreeOrder, randomOrder } from '../topology/removal-orders.ts';
import type { System } from './paradigm.ts';
import type { Ask, Workload } from './workload.ts';

/** Who fails: anybody, or whoever has most links first. */
export const FAILURES = ['random', 'degree'] as const;
export type FailureKind = (typeof FAILURES)[number];

/** Which shares of the members fail. */
export const FAILED_SHARES = [0.01, 0.1, 0.3] as const;

/** What works once a share of the members has failed and nobody has mended anything. */
export interface Remains {
  readonly kind: FailureKind;
  readonly failed: number;
  /** The share of the queries of living peers that still find something. */
  readonly success: number;
  /** The share of the living members that the largest connected piece of the overlay has. */
  readonly giantShare: number;
}

/** Queries that are put again after each failure. */
const QUERIES = 100;

/** O(failures x (links + queries x what one costs)). */
export function failuresOf(system: System, workload: Workload, random: Random): Remains[] {
  const queries = workload.queries.slice(0, QUERIES);
  return FAILURES.flatMap((kind) => {
    const order = orderOf(kind, system, random.fork(kind));
    const { giant } = removeInOrder(system.topology.simple, order);
    return FAILED_SHARES.map((share) => {
      const failing = Math.max(1, Math.round(share * order.length));
      const alive = new Uint8Array(order.length).fill(1);
      for (const member of order.subarray(0, failing)) alive[member] = 0;
      const giantShare = giant[failing]! / (order.length - failing);
      const remains = { kind, failed: share, success: successAmong(system, alive, queries), giantShare };
      return kind === 'random' ? weighed(remains, system, { order, alive, queries }) : remains;
    });
  });
}

/** A server that may fail or not is put at the end of the order, so that it lives; `weighed` has the case that it does not. */
function orderOf(kind: FailureKind, { topology, server }: System, random: Random): Uint32Array {
  if (kind === 'degree') return degreeOrder(topology.simple, random);
  const order = randomOrder(topology.size, random);
  if (server === undefined) return order;
  const last = order.length - 1;
  order[order.indexOf(server)] = order[last]!;
  order[last] = server;
  return order;
}

/** Where there is a server, what remains is that with it and that without it, by how likely either is: chance would say all or nothing. */
function weighed(
  remains: Remains,
  system: System,
  at: { readonly order: Uint32Array; readonly alive: Uint8Array; readonly queries: readonly Ask[] },
): Remains {
  const { server } = system;
  if (server === undefined) return remains;
  const { order, queries } = at;
  const failing = order.length - at.alive.reduce((sum, living) => sum + living, 0);
  const share = failing / order.length;
  const alive = at.alive.slice();
  alive[order[failing - 1]!] = 1;
  alive[server] = 0;
  const without = successAmong(system, alive, queries);
  return {
    ...remains,
    success: (1 - share) * remains.success + share * without,
    giantShare: (1 - share) * remains.giantShare + share / (order.length - failing),
  };
}

/** The share of the queries of living peers that find something. */
export function successAmong(system: System, alive: Uint8Array, queries: readonly Ask[]): number {
  const searching = system.after(alive);
  const tally = new Tally(system.topology.size);
  const living = queries.filter(({ source }) => alive[source] === 1);
  const found = living.filter((query) => searching.ask(query, tally).found).length;
  return living.length > 0 ? found / living.length : 0;
}
