import { createChurn, type ChurnOptions } from './churn.ts';
import type { Membership } from './membership.ts';

/** An overlay whose peers come and go; it keeps all sessions of peers and links for the truth. */
export function churningMembership(options: Omit<ChurnOptions, 'recordLinks'>): Membership {
  const churn = createChurn({ ...options, recordLinks: true });
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
    get started() {
      return churn.started;
    },
    get ended() {
      return churn.ended;
    },
    sessions: () => churn.sessions(),
    linkSessions: () => churn.linkSessions(),
  };
}
