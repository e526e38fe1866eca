import type { Address } from '../core/address.ts';
import type { Random } from '../core/random.ts';
import type { SimulatedOverlay } from './simulated-overlay.ts';

/**
 * Addresses of superpeers that are up at this instant, each of them as likely, whatever their manners are: a cache of
 * hosts does not know these. The bootstrap peer is among them, so that there is one that answers. O(slots) where many
 * are leaves.
 */
export function sampleSuperpeers(
  { population, bootstrap, now }: SimulatedOverlay,
  atMost: number,
  random: Random,
): readonly Address[] {
  const { membership, addressOf } = population;
  membership.advance(now());
  // A reservoir (Vitter 1985, algorithm R): one pass, and no list of all.
  const sample: Address[] = [];
  let seen = 0;
  for (let slot = 0; slot < membership.size; slot++) {
    if (membership.roleOf(slot) !== 'superpeer') continue;
    const address = addressOf(membership.occupant(slot));
    if (address === bootstrap) continue;
    seen += 1;
    const place = seen < atMost ? seen - 1 : random.int(seen);
    if (place < atMost - 1) sample[place] = address;
  }
  return atMost < 1 ? [] : [...sample, bootstrap];
}
