import type { IpNumber } from './ip-number.ts';
import { parsePrefix, prefixText, type Prefix } from './ip-prefix.ts';
import { PrefixSet } from './prefix-set.ts';

/** A range of addresses that is not for hosts of the public Internet. */
export interface ReservedRange {
  readonly prefix: Prefix;
  readonly name: string;
  readonly rfc: string;
  /** Whether single hosts can have such addresses, in a network of their own: a laboratory may name them. */
  readonly forHosts: boolean;
}

/** The smallest reserved range that the address is in, or undefined where it may be a public host's. O(1). */
export function reservedRange(ip: IpNumber): ReservedRange | undefined {
  const prefix = PREFIXES.find(ip);
  return prefix === undefined ? undefined : BY_PREFIX.get(prefixText(prefix));
}

const FOR_HOSTS = true;
const FOR_NOBODY = false;

/**
 * IANA's IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), which hold RFC 5735, with the multicast and reserved parts
 * of the address spaces; what lies within a listed range of the same purpose is left out. Ranges of services that are
 * reachable everywhere (AS112, AMT) are in: no peer lives there. Nor is 6to4, Teredo or NAT64 dialled, whose addresses hide
 * an IPv4 address that nobody has checked. ::ffff:0:0/96 is missing because addresses in it are taken for IPv4.
 */
const TABLE: readonly (readonly [prefix: string, name: string, rfc: string, forHosts: boolean])[] = [
  ['0.0.0.0/8', 'this network', 'RFC 1122', FOR_NOBODY],
  ['10.0.0.0/8', 'private use', 'RFC 1918', FOR_HOSTS],
  ['100.64.0.0/10', 'shared address space', 'RFC 6598', FOR_HOSTS],
  ['127.0.0.0/8', 'loopback', 'RFC 1122', FOR_HOSTS],
  ['169.254.0.0/16', 'link-local', 'RFC 3927', FOR_HOSTS],
  ['172.16.0.0/12', 'private use', 'RFC 1918', FOR_HOSTS],
  ['192.0.0.0/24', 'IETF protocol assignments', 'RFC 6890', FOR_HOSTS],
  ['192.0.2.0/24', 'documentation (TEST-NET-1)', 'RFC 5737', FOR_HOSTS],
  ['192.31.196.0/24', 'AS112', 'RFC 7535', FOR_HOSTS],
  ['192.52.193.0/24', 'AMT', 'RFC 7450', FOR_HOSTS],
  ['192.88.99.0/24', '6to4 relay anycast (deprecated)', 'RFC 7526', FOR_HOSTS],
  ['192.168.0.0/16', 'private use', 'RFC 1918', FOR_HOSTS],
  ['192.175.48.0/24', 'direct delegation AS112', 'RFC 7534', FOR_HOSTS],
  ['198.18.0.0/15', 'benchmarking', 'RFC 2544', FOR_HOSTS],
  ['198.51.100.0/24', 'documentation (TEST-NET-2)', 'RFC 5737', FOR_HOSTS],
  ['203.0.113.0/24', 'documentation (TEST-NET-3)', 'RFC 5737', FOR_HOSTS],
  ['224.0.0.0/4', 'multicast', 'RFC 5771', FOR_NOBODY],
  ['240.0.0.0/4', 'reserved (class E)', 'RFC 1112', FOR_HOSTS],
  ['255.255.255.255/32', 'limited broadcast', 'RFC 919', FOR_NOBODY],
  ['::/3', 'outside global unicast', 'RFC 4291', FOR_HOSTS],
  ['::/96', 'IPv4-compatible (deprecated)', 'RFC 4291', FOR_NOBODY],
  ['::/128', 'unspecified', 'RFC 4291', FOR_NOBODY],
  ['::1/128', 'loopback', 'RFC 4291', FOR_HOSTS],
  ['64:ff9b::/96', 'IPv4-IPv6 translation', 'RFC 6052', FOR_NOBODY],
  ['64:ff9b:1::/48', 'local IPv4-IPv6 translation', 'RFC 8215', FOR_NOBODY],
  ['100::/64', 'discard-only', 'RFC 6666', FOR_NOBODY],
  ['2001::/23', 'IETF protocol assignments', 'RFC 2928', FOR_HOSTS],
  ['2001::/32', 'Teredo', 'RFC 4380', FOR_NOBODY],
  ['2001:2::/48', 'benchmarking', 'RFC 5180', FOR_HOSTS],
  ['2001:db8::/32', 'documentation', 'RFC 3849', FOR_HOSTS],
  ['2002::/16', '6to4', 'RFC 3056', FOR_NOBODY],
  ['2620:4f:8000::/48', 'direct delegation AS112', 'RFC 7534', FOR_HOSTS],
  ['3fff::/20', 'documentation', 'RFC 9637', FOR_HOSTS],
  ['4000::/2', 'outside global unicast', 'RFC 4291', FOR_HOSTS],
  ['5f00::/16', 'segment routing (SRv6)', 'RFC 9602', FOR_HOSTS],
  ['8000::/1', 'outside global unicast', 'RFC 4291', FOR_HOSTS],
  ['fc00::/7', 'unique local', 'RFC 4193', FOR_HOSTS],
  ['fe80::/10', 'link-local', 'RFC 4291', FOR_HOSTS],
  ['fec0::/10', 'site-local (deprecated)', 'RFC 3879', FOR_HOSTS],
  ['ff00::/8', 'multicast', 'RFC 4291', FOR_NOBODY],
];

/** The whole table. */
export const RESERVED_RANGES: readonly ReservedRange[] = TABLE.map(([text, name, rfc, forHosts]) => {
  const prefix = parsePrefix(text);
  if ('error' in prefix) throw new RangeError(`${text} ${prefix.error}`);
  return { prefix, name, rfc, forHosts };
});

const PREFIXES = new PrefixSet(RESERVED_RANGES.map(({ prefix }) => prefix));
const BY_PREFIX = new Map(RESERVED_RANGES.map((range) => [prefixText(range.prefix), range]));
