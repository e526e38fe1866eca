// What a live servent does and remembers for others at most, with its unit and its reason.

/**
 * Connections of one node at the same time, of any kind: twice as many as the hub of 1,000 peers has links. How many files
 * all nodes of a process have open together is for their host to bound (src/simulate/live-room.ts).
 */
export const MAX_CONNECTIONS = 2_000;

/** Callers from one IP address that are no neighbours yet: some servents share one, and each needs a few seconds. */
export const MAX_CALLERS_PER_IP = 64;

/** Connections that are being dialled at the same time. */
export const MAX_DIALS = 4;

/** Addresses in the host cache; LimeWire keeps some hundreds. */
export const MAX_HOSTS = 500;

/** GUIDs remembered of each kind: some minutes of heavy traffic, and eight seconds of the heaviest that REQUESTS lets pass. */
export const MAX_ROUTES = 8_192;

/** Hops that a request may go in all, as servents of 0.4 have it; more is cut. */
export const MAX_HOPS = 7;

/** Hops that a query may go in all where a servent of 0.6 passes it on: the X-Max-TTL that its greetings announce. */
export const MAX_QUERY_HOPS = 4;

/**
 * Requests that are passed on from one connection, or answered from what is known of others. 1,000 searches a second are
 * the most that a simulation makes of its own (`--searches`), and between two superpeers each of them comes once; a process
 * that pauses for a second makes as many at once. To pass 1,000 on takes 60 nodes in one process about a second.
 */
export const REQUESTS = { burst: 1_000, perSecond: 1_000 } as const;

/** Addresses learned from the Pongs that follow a Ping of ours: an answer has some 11, and one of 0.4 those of a horizon. */
export const MAX_LEARNED = 50;

/**
 * Messages about its table that a leaf's connection brings: one in as many messages as there may be, 256, at once, and as many
 * in a minute. Each may end a patch of MAX_TABLE_SLOTS, which takes half a millisecond.
 */
export const TABLE_MESSAGES = { burst: 300, perSecond: 5 } as const;

/** Slots of the table of one leaf, a byte each: 65,536 are usual (wire/limits.ts), and the most that ours have. */
export const MAX_TABLE_SLOTS = 65_536;

/** Slots of the tables of all leaves of a node: 16 MiB hold 256 of the largest, or 1,024 as gtk-gnutella sends them. */
export const MAX_NODE_TABLE_SLOTS = 2 ** 24;

/** Pings for all neighbours (TTL 2) answered on one connection: 23 bytes bring some thousand, and nobody needs many. */
export const MAX_CRAWLS = 500;

/** Files that one servent shares, results in one Query Hit (a byte says how many), words looked at of one search. */
export const MAX_FILES = 1_000;
export const MAX_RESULTS = 64;
export const MAX_WORDS = 32;

/** Bytes of a shared file: contents are made up when they are asked for, and kept in memory while they are fetched. */
export const MAX_FILE_BYTES = 64 * 1024;

/** Downloads at the same time. */
export const MAX_DOWNLOADS = 2;

/** Bytes, bytes of a line and lines of the head of an HTTP request or answer. */
export const HTTP_LIMITS = { maxBytes: 4_096, maxLineBytes: 2_048, maxLines: 32 } as const;

/** Milliseconds for a whole handshake that was begun here, for a whole request, and for a whole download, dialling included. */
export const PATIENCE = 15_000;
