import type { Random } from '../core/random.ts';
import type { Topology } from '../topology/topology.ts';
import { roleIn } from './membership.ts';
import { parseSessionLaw, type SessionLaw } from './session-law.ts';

/** How long the peer in each slot has been up at the start, and how long it will stay; milliseconds, by slot. */
export interface InitialSessions {
  readonly ages: Float64Array;
  readonly residuals: Float64Array;
}

/**
 * Stationary sessions, drawn in the order of the slots. Where the topology has a column of uptimes, they are dealt out so
 * that among peers of a role the one with the larger share has the older session. O(n), with uptimes O(n log n).
 */
export function initialSessions(topology: Topology, law: SessionLaw, random: Random): InitialSessions {
  const { size } = topology;
  const { uptimes } = topology.columns;
  const ages = new Float64Array(size);
  const residuals = new Float64Array(size);
  for (let slot = 0; slot < size; slot++) {
    const { age, residual } = law.drawStationary(random);
    ages[slot] = Math.min(age, CENTURY);
    residuals[slot] = residual;
  }
  return uptimes === undefined ? { ages, residuals } : inOrderOf(uptimes, { ages, residuals }, topology);
}

/** Milliseconds: some laws have peers that have been up since before there were calendars. */
const CENTURY = 100 * 365.25 * 24 * 3_600_000;

/** The ages of peers that never leave, where the topology has uptimes for them; otherwise all start at once. */
export function agesOfStayers(topology: Topology, random: Random): Float64Array | undefined {
  if (topology.columns.uptimes === undefined) return undefined;
  return initialSessions(topology, parseSessionLaw(STAYERS_LAW), random).ages;
}

/** Whose sessions those are that stand still; the same as in the scenario `churning`. */
const STAYERS_LAW = 'weibull:0.59:41.9';

/** A draw keeps its age and residual together, since they depend on each other; and its role, so that only peers of one change. */
function inOrderOf(uptimes: Float64Array, drawn: InitialSessions, topology: Topology): InitialSessions {
  const from = byRoleAndValue(topology, drawn.ages);
  const ages = new Float64Array(from.length);
  const residuals = new Float64Array(from.length);
  byRoleAndValue(topology, uptimes).forEach((slot, place) => {
    const draw = from[place] ?? 0;
    ages[slot] = drawn.ages[draw] ?? 0;
    residuals[slot] = drawn.residuals[draw] ?? 0;
  });
  return { ages, residuals };
}

/** The slots of each role together, ascending by value. */
function byRoleAndValue(topology: Topology, values: Float64Array): Uint32Array {
  const isLeaf = Uint8Array.from(values, (_, slot) => (roleIn(topology, slot) === 'leaf' ? 1 : 0));
  return Uint32Array.from(values, (_, slot) => slot).sort(
    (a, b) => (isLeaf[a] ?? 0) - (isLeaf[b] ?? 0) || (values[a] ?? 0) - (values[b] ?? 0) || a - b,
  );
}
