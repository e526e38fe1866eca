import type { AddressBook } from '../../core/address-book.ts';
import type { Address } from '../../core/address.ts';
import { SortedAddresses } from '../../core/sorted-addresses.ts';
import type { RankedLinks } from '../ranked-links.ts';
import { NOT_ASKED, type Attendance } from './attendance.ts';
import { spoke, type Known } from './look-sums.ts';
import { neighbourhoodsOf, type Neighbourhoods } from './neighbourhoods.ts';
import { linksWithout } from './without-doubted.ts';
import type { Census } from './second-look-estimate.ts';

/** A crawl that has ended, as far as its own error is concerned. */
export interface LookedAt {
  readonly attendance: Attendance;
  /** Where all addresses of the snapshot have their numbers; nothing has been added since `links` were made. */
  readonly book: AddressBook;
  readonly links: RankedLinks;
  /** Addresses that the user named: they are in the snapshot, whatever came of them. */
  readonly bootstrap: readonly Address[];
  /** Numbers of peers that there may not be: nothing that was said of them counts. */
  readonly doubted?: ReadonlyMap<number, unknown>;
}

/** What of a snapshot the estimates need; a peer is its place in the list of ids. */
export interface Reading {
  readonly known: Known;
  readonly census: Census;
}

/** Goes through all links and addresses once. O(addresses + links). */
export function readSnapshot({ attendance, book, links, bootstrap, doubted }: LookedAt): Reading {
  const ids = links.ids instanceof SortedAddresses ? links.ids : book.sorted();
  const ranks = ids.ranks();
  const numberAt = (place: number): number => ids.order[place] ?? 0;
  const isDoubted = (place: number): boolean => doubted?.has(numberAt(place)) === true;
  const stateAt = (place: number): number =>
    isDoubted(place) ? NOT_ASKED : attendance.stateOf(numberAt(place));
  const placeOf = (address: Address): number => ranks[book.find(address)] ?? -1;
  const around = neighbourhoodsOf(
    doubted === undefined || doubted.size === 0 ? links : linksWithout(links, isDoubted),
    (place) => stateAt(place) !== NOT_ASKED,
    attendance.sample.map(({ endpoint }) => placeOf(endpoint)),
  );
  const named = new Set(bootstrap.map(placeOf));
  const isPeer = (place: number): boolean =>
    (around.degrees[place] ?? 0) > 0 || spoke(stateAt(place)) || named.has(place);
  const known: Known = {
    peerAt: (address) => {
      const place = placeOf(address);
      return place >= 0 && isPeer(place) ? place : undefined;
    },
    stateOf: stateAt,
    vendorOf: (place) => attendance.vendorOf(numberAt(place)),
    degreeOf: (place) => around.degrees[place] ?? 0,
    neighboursOf: (address) => around.of.get(placeOf(address)) ?? [],
  };
  return { known, census: censusOf(ids.size, around, stateAt, isPeer) };
}

function censusOf(
  size: number,
  { degrees, links, linksAmongAsked }: Neighbourhoods,
  stateAt: (place: number) => number,
  isPeer: (place: number) => boolean,
): Census {
  const counts = { spoke: 0, failed: 0, learned: 0, unconfirmed: 0 };
  const byListings: (number | undefined)[] = [];
  for (let place = 0; place < size; place++) {
    if (!isPeer(place)) {
      counts.unconfirmed += 1;
      continue;
    }
    const state = stateAt(place);
    if (state === NOT_ASKED) {
      counts.learned += 1;
      const degree = degrees[place] ?? 0;
      byListings[degree] = (byListings[degree] ?? 0) + 1;
    } else if (spoke(state)) counts.spoke += 1;
    else counts.failed += 1;
  }
  return {
    ...counts,
    linksAmongAsked,
    registrations: links - linksAmongAsked,
    learnedByListings: Array.from(byListings, (count) => count ?? 0),
  };
}
