import type { Address } from '../core/address.ts';
import type { Reach } from '../snapshot/score.ts';
import { AddressBook } from '../core/address-book.ts';
import type { Population } from './population.ts';

/**
 * What a crawl from one peer could find at this instant, if nobody misbehaved: all that a path of links joins to it.
 * O(peers + links).
 */
export function reachOf({ membership, addressOf }: Population, bootstrap: number): Reach {
  const { size } = membership;
  const { component, sizes } = membership.components();
  const own = component[membership.slotOf(bootstrap) ?? 0];
  let peers = 0;
  let linkEnds = 0;
  for (let slot = 0; slot < size; slot++) {
    if (component[slot] !== own) continue;
    peers += 1;
    linkEnds += membership.neighbours(slot).length;
  }
  const bookOfSlots = (): AddressBook => {
    const book = new AddressBook();
    for (let slot = 0; slot < size; slot++) book.add(addressOf(membership.occupant(slot)));
    return book;
  };
  let slots: AddressBook | undefined;
  return {
    peers,
    links: linkEnds / 2,
    components: sizes.length,
    has: (id) => {
      slots ??= bookOfSlots();
      return component[slots.find(id as Address)] === own;
    },
  };
}
