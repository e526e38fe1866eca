import type { GnutellaPersonality } from './personality.ts';

/**
 * A servent of before 2001, which knows 0.4 only: one line of greeting, no roles, no statuses, no datagrams. It answers a
 * greeting of 0.6 with its `GNUTELLA OK` too, so that a caller learns whom it has met, and refuses by closing. A Ping that
 * may go further it passes on: what comes back are the Pongs of its neighbours.
 */
export const legacy: GnutellaPersonality = {
  name: 'legacy-0.4',
  title: 'a servent of before 2001: knows Gnutella 0.4 only, and tells its neighbours by Pongs',
  datagrams: false,
  canBeLeaf: false,
  isOld: true,
  slots: { superpeers: Infinity, leaves: Infinity },
  reasons: {
    superpeers: () => NO_STATUS,
    leaves: () => NO_STATUS,
    leaf: () => NO_STATUS,
    ofCode: () => NO_STATUS.reason,
  },
  refusesTooMuch: false,
  limitsConnections: false,
  acceptance: () => [],
};

/** Never sent. */
const NO_STATUS = { code: 503, reason: '' };
