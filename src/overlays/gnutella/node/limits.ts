// What a live servent does and remembers for others at most, with its unit and its reason.

/** Connections at the same time, of any kind: below the usual limit of open files even where many nodes share a process. */
export const MAX_CONNECTIONS = 2_000;

/** Connections that are being dialled at the same time. */
export const MAX_DIALS = 4;

/** Addresses in the host cache; LimeWire keeps some hundreds. */
export const MAX_HOSTS = 500;

/** GUIDs remembered of each kind, some minutes of heavy traffic; the one that came first is forgotten first. */
export const MAX_ROUTES = 8_192;

/** Hops that a request may go in all, as servents of 0.4 have it; more is cut. */
export const MAX_HOPS = 7;

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

/** Milliseconds for a handshake that was begun here, for a request, and for the next bytes of a download. */
export const PATIENCE = 15_000;
