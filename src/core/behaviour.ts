/**
 * How a simulated peer treats whoever asks it: a closed list, so that what a crawl missed can be counted by cause.
 *
 * `healthy` answers · `silent` accepts and says nothing · `refusing` says no, with a status · `busy` says that its slots
 * are taken, and names others · `rate-limiting` answers a source only so often, then bans it · `slow` sends byte by byte ·
 * `resetting` cuts the connection off in the middle of its answer · `truncating` has little room for its listing ·
 * `hidden` announced no address, so that nobody lists it · `firewalled` is listed and cannot be connected to ·
 * `udp-only` is listed, takes no connection, and answers datagrams · `unreachable` lies behind no route · `lying` lists what does not exist · `sybil` is one of many invented peers of one
 * operator.
 */
export const BEHAVIOURS = [
  'healthy',
  'silent',
  'refusing',
  'busy',
  'rate-limiting',
  'slow',
  'resetting',
  'truncating',
  'hidden',
  'firewalled',
  'udp-only',
  'unreachable',
  'lying',
  'sybil',
] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];
