// Every bound on what an ordinary connection to a stranger can make grow, with its unit and its reason.

/** Bytes read after a handshake, before and after inflating: some 50,000 Pongs, or large routing tables before a few. */
export const MAX_SESSION_BYTES = 2 * 1024 * 1024;

/** Pongs kept of one answer: servents hold up to some hundred connections among superpeers, and none thousands. */
export const MAX_PONGS = 2_000;

/** Pings answered on one connection: in the seconds that it lasts, servents send one or two. */
export const MAX_ANSWERED_PINGS = 8;
