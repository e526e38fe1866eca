// What a servent does for one stranger at most, with its unit and its reason. What it reads is bounded where it reads.

/**
 * Bytes sent on one connection after its handshake, before deflating: 500 answers to a Ping of TTL 2 with 50 neighbours. Who
 * asks for more gets a Bye: without the bound a few bytes of Pings would bring eighty times as many of Pongs, for ever.
 */
export const MAX_SENT_BYTES = 1024 * 1024;

/** Pongs of others in the answer to a Ping that may go far: as many as gtk-gnutella gives of its cache. */
export const MAX_CACHED_PONGS = 10;

/** Neighbours of each kind in a crawler pong: their number is one byte. */
export const MAX_CRAWLER_ENTRIES = 255;

/** Characters of the agents in a crawler pong; beyond that they are left out: readers inflate some 64 KiB. */
export const MAX_AGENT_CHARACTERS = 60_000;

/** Lies told in Pongs as an answer to one Ping: about as many as MAX_SENT_BYTES has room for. */
export const MAX_TOLD_LIES = 30_000;
