import { parseAddress, type Address } from '../../src/core/address.ts';
import type { Contact } from '../../src/snapshot/ledger.ts';
import { readManners, type Manners, type RecordedManners } from '../../src/snapshot/recorded-manners.ts';

/** The manners of a live crawl, for tests. */
export const LIVE_MANNERS: RecordedManners = {
  live: true,
  contact: 'https://example.org/crawl',
  rate: { perSecond: 50, burst: 25 },
  rateOnLoopback: false,
  networkRate: { perSecond: 1, burst: 2 },
  coolDownSeconds: { tcp: 300, udp: 120 },
  excluded: [],
  excludedLater: [],
  allowNet: [],
  sources: [],
};

/** Those of a crawl on loopback. */
export const LOOPBACK_MANNERS: RecordedManners = {
  ...LIVE_MANNERS,
  live: false,
  contact: null,
  rate: null,
  networkRate: null,
};

export function manners(parts: Partial<RecordedManners> = {}): Manners {
  return readManners({ ...LIVE_MANNERS, ...parts }, 'test');
}

/** A contact so many milliseconds after the beginning. */
export function contact(time: number, address: string, parts: Partial<Contact> = {}): Contact {
  const endpoint: Address | undefined = parseAddress(address);
  if (endpoint === undefined) throw new RangeError(address);
  return {
    time: START + time,
    address: endpoint,
    carrier: 'tcp',
    source: undefined,
    reason: 'learned',
    ...parts,
  };
}

export const START = Date.UTC(2005, 1, 2);
