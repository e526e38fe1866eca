import type { Carrier } from '../../core/visit.ts';
import type { Rate } from './rate.ts';

/** How often a crawl contacts whom. */
export interface ContactLimits {
  /** Contacts of all kinds together; undefined for as many as there are. */
  readonly rate: Rate | undefined;
  /** Whether that rate holds for loopback too: where the user asked for it. */
  readonly rateOnLoopback: boolean;
  /** Contacts to one network, a /24 of IPv4 or a /64 of IPv6. */
  readonly networkRate: Rate | undefined;
  /** Milliseconds between two contacts to one host (IP address) by the same carrier. */
  readonly coolDown: Readonly<Record<Carrier, number>>;
}

/**
 * gtk-gnutella 1.2.3 answers one crawler handshake per 300 s and source, and one crawler ping by datagram per 120 s
 * (gnutella-wire.md, sections 2.2 and 5.3, both observed); it bans whoever connects three times in a minute. LimeWire answers one
 * such datagram per 600 s and is silent before, which costs it a look into a table: not a reason to wait with all others.
 */
export const COOL_DOWN: Readonly<Record<Carrier, number>> = { tcp: 300_000, udp: 120_000 };

/**
 * 50 contacts a second: crawls should not go faster than their question needs (ZMap, Scanning Best Practices), and Nebula
 * measures all of IPFS with about 67 a second (some 20,000 peers in 5 min). A contact is a few KiB: a home line does not notice.
 * A burst of half a second's worth evens out the timers of the machine, and no more.
 */
export const LIVE_RATE: Rate = { perSecond: 50, burst: 25 };

/**
 * One contact a second to one network, two at once: a range that is filled with peers, or with the inventions of somebody who wants
 * it flooded (poisoned lists: ayeowch/bitnodes #74), sees no more of us than of a person who opens pages.
 */
export const LIVE_NETWORK_RATE: Rate = { perSecond: 1, burst: 2 };

/** The limits of a live crawl, as long as the user does not say otherwise. */
export const LIVE_LIMITS: ContactLimits = {
  rate: LIVE_RATE,
  rateOnLoopback: false,
  networkRate: LIVE_NETWORK_RATE,
  coolDown: COOL_DOWN,
};
