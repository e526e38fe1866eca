import type { Address } from '../core/address.ts';
import type { Reach } from '../snapshot/score.ts';
import { AddressBook } from '../core/address-book.ts';
import type { Membership } from './membership.ts';
import type { Population } from './population.ts';

/**
 * What a crawl from one peer could find at this instant, if nobody misbehaved: all that a path of links joins to it.
 * O(peers + links).
 */
export function reachOf({ membership, addressOf }: Population, bootstrap: number): Reach {
  const { size } = membership;
  const component = new Uint32Array(size);
  const queue = new Uint32Array(size);
  let components = 0;
  for (let begin = 0; begin < size; begin++) {
    if (component[begin] !== 0) continue;
    components += 1;
    component[begin] = components;
    let end = 0;
    queue[end++] = begin;
    for (let next = 0; next < end; next++) {
      for (const other of membership.neighbours(queue[next] ?? 0)) {
        if (component[other] !== 0) continue;
        component[other] = components;
        queue[end++] = other;
      }
    }
  }
  const own = component[membership.slotOf(bootstrap) ?? 0];
  let peers = 0;
  let linkEnds = 0;
  for (let slot = 0; slot < size; slot++) {
    if (component[slot] !== own) continue;
    peers += 1;
    linkEnds += membership.neighbours(slot).length;
  }
  let slots: AddressBook | undefined;
  return {
    peers,
    links: linkEnds / 2,
    components,
    has: (id) => {
      slots ??= bookOfSlots(membership, addressOf);
      return component[slots.find(id as Address)] === own;
    },
  };
}

/** The address of each slot's peer, under the number of the slot. */
export function bookOfSlots(membership: Membership, addressOf: (peer: number) => Address): AddressBook {
  const book = new AddressBook();
  for (let slot = 0; slot < membership.size; slot++) book.add(addressOf(membership.occupant(slot)));
  return book;
}
