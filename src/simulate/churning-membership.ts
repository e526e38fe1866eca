import type { Partition } from '../topology/components.ts';
import { createChurn, type Churn, type ChurnOptions } from './churn.ts';
import type { Membership } from './membership.ts';

/** An overlay whose peers come and go; it keeps all sessions of peers for the truth, and with `recordLinks` those of links. */
export function churningMembership(options: ChurnOptions): Membership {
  const churn = createChurn(options);
  return {
    size: churn.size,
    advance: (to) => {
      churn.advance(to);
    },
    slotOf: (peer) => churn.slotOf(peer),
    occupant: (slot) => churn.occupant(slot),
    startOf: (slot) => churn.startOf(slot),
    roleOf: (slot) => churn.roleOfSlot(slot),
    neighbours: (slot) => Uint32Array.from(churn.links.neighbours(slot)),
    components: () => componentsOf(churn),
    get started() {
      return churn.started;
    },
    get ended() {
      return churn.ended;
    },
    sessions: () => churn.sessions(),
    linkSessions: () => (options.recordLinks === true ? churn.linkSessions() : undefined),
  };
}

/** By breadth-first search. */
function componentsOf({ size, links }: Churn): Partition {
  const component = new Uint32Array(size).fill(UNSEEN);
  const sizes: number[] = [];
  const queue = new Uint32Array(size);
  for (let begin = 0; begin < size; begin++) {
    if (component[begin] !== UNSEEN) continue;
    let end = 0;
    const find = (slot: number): void => {
      if (component[slot] !== UNSEEN) return;
      component[slot] = sizes.length;
      queue[end++] = slot;
    };
    find(begin);
    for (let next = 0; next < end; next++) links.forEach(queue[next] ?? 0, find);
    sizes.push(end);
  }
  return { component, sizes };
}

const UNSEEN = 0xffff_ffff;
