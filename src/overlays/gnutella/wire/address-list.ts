import { type Address, parseAddress } from '../../../core/address.ts';
import { MAX_LISTED_ADDRESSES } from '../../../core/limits.ts';
import { FOLD } from './header-block.ts';
import { AddressSet } from './address-set.ts';
import { type Ipv4Endpoint, scanIpv4Endpoint } from './ipv4-endpoint.ts';

/** The port of a servent that lists none. */
export const DEFAULT_PORT = 6346;

/** A list of peers as read: each address once, and how many entries were of no use. */
export interface AddressList {
  readonly addresses: readonly Address[];
  /** Entries that are no address or nobody's, repetitions, the excluded one, and those beyond MAX_LISTED_ADDRESSES. */
  readonly rejected: number;
}

export const NO_ADDRESSES: AddressList = { addresses: [], rejected: 0 };

/** Characters of one entry: an IPv6 address with port has at most 53, so a longer one is none. */
const MAX_ENTRY_CHARACTERS = 64;

/** `ip:port, ip:port`, as gtk-gnutella writes `Peers` and `Leaves`. */
export function encodeAddressList(addresses: readonly Address[]): string {
  return addresses.join(SEPARATOR);
}

export const SEPARATOR = ', ';

/** Where gtk-gnutella folds a line, `lib/header.c`: the list goes on in the next line once this many would be passed. */
const FOLDED_LINE_CHARACTERS = 78;

/** The same, folded for the header `name` as gtk-gnutella folds `X-Try-Ultrapeers` of a refusal. */
export function encodeFoldedAddressList(name: string, addresses: readonly Address[]): string {
  let text = '';
  let column = `${name}: `.length;
  for (const address of addresses) {
    const folds = column + SEPARATOR.length + address.length > FOLDED_LINE_CHARACTERS;
    const separator = text === '' ? '' : folds ? `,${FOLD}` : SEPARATOR;
    text += separator + address;
    column = folds && separator !== '' ? 1 + address.length : column + separator.length + address.length;
  }
  return text;
}

/**
 * Reads `Peers`, `Leaves` and `X-Try…`: entries between commas, blanks around them, port 6346 where there is none, IPv6
 * in brackets, and whatever follows a blank inside an entry dropped (Shareaza adds a time there). Empty entries are
 * no entries. `excluded` is the peer that lists, which can not be its own neighbour.
 *
 * O(characters). The addresses are slices of `text`: who keeps one for long keeps the text alive, unless it copies it.
 */
export function decodeAddressList(text: string, excluded?: Address): AddressList {
  if (text === '') return NO_ADDRESSES;
  const bytes = Buffer.from(text, 'latin1');
  const seen = new AddressSet(Math.min(MAX_LISTED_ADDRESSES, bytes.length / ENTRY_CHARACTERS));
  const found: Ipv4Endpoint = { ip: 0, port: 0, end: 0 };
  if (excluded !== undefined) seen.add(excluded, scanIpv4(excluded, found) ? found : undefined);

  const addresses: Address[] = [];
  let rejected = 0;
  for (let from = skipBlanks(bytes, 0); from < bytes.length; from = skipBlanks(bytes, from)) {
    const quick = scanIpv4Endpoint(bytes, from, found) && endsEntry(bytes, found.end);
    const end = entryEnd(bytes, found.end);
    if (end > from) {
      // The quick way has checked what parseAddress checks; all else goes through it.
      const address = quick ? (text.slice(from, found.end) as Address) : readEntry(text.slice(from, end));
      const ipv4 = quick || (address !== undefined && scanIpv4(address, found)) ? found : undefined;
      const kept =
        address !== undefined &&
        addresses.length < MAX_LISTED_ADDRESSES &&
        !(ipv4 !== undefined && isNobodys(ipv4.ip)) &&
        seen.add(address, ipv4);
      if (kept) addresses.push(address);
      else rejected += 1;
    }
    from = end + 1;
  }
  return { addresses, rejected };
}

const COMMA = 44;

/** What an entry usually takes, or a little less: only sizes a table. */
const ENTRY_CHARACTERS = 18;

/** As `namesNobody` (endpoint.ts) of the IP as a number: 0/8, multicast, broadcast, and the mark of a host without IPv4. */
function isNobodys(ip: number): boolean {
  return ip >>> 24 === 0 || ip >>> 28 === 14 || ip === BROADCAST || ip === IPV6_ONLY_IP;
}

const BROADCAST = -1;
const IPV6_ONLY_IP = 0x7f000000;

function readEntry(entry: string): Address | undefined {
  const address = /^[^ \t]*/.exec(entry)?.[0] ?? '';
  return address.length > MAX_ENTRY_CHARACTERS ? undefined : parseAddress(address, DEFAULT_PORT);
}

function scanIpv4(address: Address, found: Ipv4Endpoint): boolean {
  return scanIpv4Endpoint(Buffer.from(address, 'latin1'), 0, found);
}

function endsEntry(bytes: Uint8Array, at: number): boolean {
  return at === bytes.length || bytes[at] === COMMA || isBlank(bytes[at]);
}

function entryEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== COMMA) at += 1;
  return at;
}

function skipBlanks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && isBlank(bytes[at])) at += 1;
  return at;
}

function isBlank(code: number | undefined): boolean {
  return code === 32 || code === 9;
}
