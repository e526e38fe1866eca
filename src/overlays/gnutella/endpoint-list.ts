import type { Address } from '../../core/address.ts';
import type { AddressList } from './wire/address-list.ts';
import { addressOf, type Endpoint } from './wire/endpoint.ts';

/**
 * The addresses among endpoints that a message lists, each once. Rejected are those with port 0, which nobody can call,
 * repetitions, and `excluded`: the peer that lists, which can not be its own neighbour. O(endpoints).
 */
export function addressesOf(endpoints: readonly Endpoint[], excluded: Address): AddressList {
  const addresses = new Set<Address>();
  for (const endpoint of endpoints) {
    const address = addressOf(endpoint);
    if (address !== undefined && address !== excluded) addresses.add(address);
  }
  return { addresses: [...addresses], rejected: endpoints.length - addresses.size };
}
