import type { Overlay } from '../overlay.ts';
import { crawlerHandshake } from './probe.ts';
import { isRefusalCode } from './refusal-codes.ts';
import { createServent } from './servent.ts';
import { DEFAULT_PORT } from './wire/address-list.ts';

/** Gnutella 0.6: a tier of ultrapeers (superpeers here) that hold connections, and leaves registered with some of them. */
export const gnutella: Overlay = {
  name: 'gnutella',
  title: 'Gnutella 0.6',
  defaultPort: DEFAULT_PORT,
  question: crawlerHandshake,
  isRefusalCode,
  createServent,
};
