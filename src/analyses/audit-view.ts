import { rowLength } from '../topology/adjacency.ts';
import type { Topology } from '../topology/topology.ts';

/** What a topology tells of who was asked, and who listed what. */
export interface AuditView {
  readonly topology: Topology;
  /**
   * What the direction of a link says. `reported`: its source listed it. `by-order`: each goes from the lesser id to the greater (or
   * all the other way), which is how the file was written, and says nothing. `none`: links have none.
   */
  readonly direction: 'reported' | 'by-order' | 'none';
  /** Whether who answered was recorded, is read off who lists a link, or is not known. */
  readonly rule: 'recorded' | 'out-degree' | null;
  /** 1 for each peer that was to be asked, or could have been; undefined where nothing tells. */
  readonly asked: Uint8Array | undefined;
  /** 1 for each that answered. */
  readonly answered: Uint8Array | undefined;
}

/**
 * Reads off a topology what it can tell. Where roles are recorded and hardly any leaf answered, leaves were not asked, as crawlers
 * of two tiers do: what superpeers tell of them is all that there is. O(n + links).
 */
export function auditView(topology: Topology): AuditView {
  const { respondents, roles } = topology.columns;
  const direction = directionOf(topology);
  if (respondents !== undefined) {
    const asked = new Uint8Array(topology.size).fill(1);
    if (roles !== undefined) {
      let [leaves, answers] = [0, 0];
      roles.forEach((role, peer) => {
        if (role !== 'leaf') return;
        leaves += 1;
        answers += respondents[peer]!;
      });
      if (answers < LEAVES_ASKED * leaves)
        roles.forEach((role, peer) => {
          if (role === 'leaf') asked[peer] = respondents[peer]!;
        });
    }
    return { topology, direction, rule: 'recorded', asked, answered: respondents };
  }
  if (direction !== 'reported')
    return { topology, direction, rule: null, asked: undefined, answered: undefined };
  const answered = new Uint8Array(topology.size);
  for (let peer = 0; peer < topology.size; peer++)
    answered[peer] = rowLength(topology.links, peer) > 0 ? 1 : 0;
  const asked = new Uint8Array(topology.size).fill(1);
  return { topology, direction, rule: 'out-degree', asked, answered };
}

/** Where so many of the leaves answered, they were asked. */
const LEAVES_ASKED = 0.1;

/** Links all of one direction with respect to the ids are a matter of storage; a few may be mistakes. */
const IN_ORDER = 0.999;

function directionOf(topology: Topology): AuditView['direction'] {
  const { directed, links, ids, size } = topology;
  if (!directed) return 'none';
  const total = links.targets.length;
  if (total === 0) return 'by-order';
  const places = orderOf(ids);
  let upward = 0;
  for (let peer = 0; peer < size; peer++)
    for (let k = links.offsets[peer]!; k < links.offsets[peer + 1]!; k++)
      if (places[peer]! < places[links.targets[k]!]!) upward += 1;
  return Math.max(upward, total - upward) >= IN_ORDER * total ? 'by-order' : 'reported';
}

/** The ids as numbers where all are whole numbers, else their places in the order of texts. */
function orderOf(ids: readonly string[]): Float64Array {
  if (areNumbers(ids)) return Float64Array.from(ids, Number);
  const sorted = Array.from(ids, (_, peer) => peer).sort((a, b) => (ids[a]! < ids[b]! ? -1 : 1));
  const places = new Float64Array(ids.length);
  sorted.forEach((peer, place) => (places[peer] = place));
  return places;
}

export function areNumbers(ids: readonly string[]): boolean {
  return ids.every((id) => /^\d{1,15}$/.test(id));
}
