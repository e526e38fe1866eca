// Every bound on what descriptors of a stranger can make grow, with its unit and its reason.

/** Bytes of the payload of a Query Hit: what gtk-gnutella takes at most. */
export const MAX_QUERY_HIT_BYTES = 65_536;

/** Bytes of any other payload: what gtk-gnutella takes at most, QRP patches and vendor messages among them. */
export const MAX_PAYLOAD_BYTES = 40_960;

/** Bytes of a Query's payload: gtk-gnutella breaks off beyond 1,024; others send long lists of extensions. */
export const MAX_QUERY_BYTES = 4_096;

/** Bytes of the payload of Ping, Pong, Bye and Push: fixed fields, a GGEP block with packed hosts, or a line of text. */
export const MAX_SMALL_PAYLOAD_BYTES = 4_096;

/** Bytes that the payload of one datagram may inflate to: as much as a datagram could have carried. */
export const MAX_INFLATED_DATAGRAM_BYTES = 65_536;

/** Bytes that one GGEP extension may inflate to: packed caches (PHC) are a few hundred lines of 50 bytes. */
export const MAX_INFLATED_EXTENSION_BYTES = 32_768;

/** Bytes of a packed list of UDP host caches, inflated: a pong has to fit a datagram, so some hundred names at most. */
export const MAX_PACKED_CACHES_BYTES = 16 * 1024;

/** UDP host caches kept of one packed list, and known to one of our own caches. */
export const MAX_PACKED_CACHES = 100;

/** Attributes (`&key=value`) kept of one packed cache. */
export const MAX_CACHE_ATTRIBUTES = 8;

/** Extensions of one GGEP block; real ones have up to 15. */
export const MAX_GGEP_EXTENSIONS = 64;

/** Bytes that the user agents of a crawler pong may inflate to: 511 agents of 128 bytes. */
export const MAX_USER_AGENTS_BYTES = 65_536;

/** Slots of a query routing table: gtk-gnutella takes up to 2^21, 65,536 are usual. */
export const MAX_QRP_SLOTS = 2 ** 21;

/** Bytes of deflated patches beyond the table's own size: what deflate adds to data that does not shrink. */
export const QRP_PATCH_SLACK_BYTES = 4_096;

/** Bytes a deflated connection may inflate to per byte received: text and GUIDs shrink to a tenth at best. */
export const MAX_STREAM_RATIO = 64;

/** Bytes a deflated connection may inflate to beyond that ratio: an empty routing table sent as 2^20 plain bytes. */
export const STREAM_RATIO_SLACK_BYTES = 1_048_576;
