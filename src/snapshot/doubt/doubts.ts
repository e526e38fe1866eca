import { ipOf } from '../../core/address.ts';
import type { Address } from '../../core/address.ts';
import type { AddressBook } from '../../core/address-book.ts';
import { parseIp } from '../../core/ip-number.ts';
import { prefixAt, prefixText } from '../../core/ip-prefix.ts';
import type { SortedAddresses } from '../../core/sorted-addresses.ts';
import { SPOKE, type Attendance } from '../accuracy/attendance.ts';
import type { ClaimedLinks } from './claimed-links.ts';
import type { Doubts } from './doubt-schema.ts';
import { insularNets } from './insular-nets.ts';
import { inventionsIn } from './inventors.ts';

export interface DoubtOptions {
  readonly links: ClaimedLinks;
  /** The addresses in the order of the places of the links; those of the book, and those of the tables, which may be pseudonyms. */
  readonly ids: SortedAddresses;
  readonly book: AddressBook;
  readonly attendance: Attendance;
  /** Addresses that were never contacted, because nobody whose word is good told of them. */
  readonly withheld: number;
}

/** What is doubted, for the manifest; and the peers, by their numbers in the book. */
export interface Judgement {
  readonly counts: Doubts;
  readonly doubted: ReadonlyMap<number, Doubt>;
}

/** Why a peer may be none: nobody but inventors of peers knows it; or it is one of many that somebody runs to fill lists. */
export const DOUBTS = ['invented', 'sybil'] as const;
export type Doubt = (typeof DOUBTS)[number];

/**
 * Judges whom a snapshot should not be taken to show as true peers, and who told of them (inventors.ts, insular-nets.ts). What was recorded
 * stays: this only says what to think of it. O(addresses + links).
 */
export function doubtsAbout({ links, ids, book, attendance, withheld }: DoubtOptions): Judgement {
  const numberAt = (place: number): number => ids.order[place] ?? 0;
  const hasSpoken = (place: number): boolean => attendance.stateOf(numberAt(place)) >= SPOKE;
  const { inventors, invented } = inventionsIn(links, hasSpoken);
  const doubted = new Map<number, Doubt>();
  for (const place of invented) doubted.set(numberAt(place), 'invented');
  const { netOf, names } = netsOf(ids, book, hasSpoken);
  const { nets, members } = insularNets(links, netOf, names.length);
  for (const place of members) doubted.set(numberAt(place), 'sybil');
  const counts = {
    invented: invented.length,
    sybils: members.length,
    withheld,
    inventors: inventors.length,
    worstInventors: inventors
      .slice(0, NAMED)
      .map(({ place, claims, unconfirmed }) => ({ id: ids.at(place), claims, unconfirmed })),
    insularNets: nets
      .slice(0, NAMED)
      .map(({ net, peers, claims, inside }) => ({ net: names[net] ?? '', peers, claims, inside })),
  };
  return { counts, doubted };
}

/** BOUNDED: so many are named. */
const NAMED = 100;

/** The nets of those who spoke, numbered in the order of their addresses in the tables. */
function netsOf(
  ids: SortedAddresses,
  book: AddressBook,
  hasSpoken: (place: number) => boolean,
): { netOf: Int32Array; names: string[] } {
  const netOf = new Int32Array(ids.size).fill(-1);
  const numbers = new Map<string | number, number>();
  const names: string[] = [];
  for (let place = 0; place < ids.size; place++) {
    if (!hasSpoken(place)) continue;
    const number = ids.order[place] ?? 0;
    const packed = book.packed(number);
    // A text for each of millions would take longer than all the rest.
    const key = packed < 0 ? netText(book.at(number)) : Math.floor(packed / ADDRESSES_OF_NET);
    let net = numbers.get(key);
    if (net === undefined) {
      net = names.length;
      numbers.set(key, net);
      // Pseudonyms keep prefixes: the net of one is that of all.
      names.push(netText(ids.at(place)));
    }
    netOf[place] = net;
  }
  return { netOf, names };
}

/** Numbers of packed addresses (packed-address.ts) that share 24 bits. */
const ADDRESSES_OF_NET = 2 ** 24;

/** `1.2.3.0/24`; of IPv6 the first 64 bits, which one host may have all to itself. */
function netText(address: Address): string {
  const ip = parseIp(ipOf(address));
  if (ip === undefined) return address;
  return prefixText(prefixAt(ip, typeof ip === 'bigint' ? 64 : 24));
}
