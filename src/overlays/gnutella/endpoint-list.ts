import type { Address } from '../../core/address.ts';
import type { AddressList } from './wire/address-list.ts';
import { addressOf, type Endpoint, namesNobody } from './wire/endpoint.ts';

/**
 * The addresses among endpoints that a message lists, each once. Rejected are those with port 0, which nobody can call,
 * those that can be nobody's, repetitions, and `excluded`: the peer that lists, which can not be its own neighbour.
 * O(endpoints).
 */
export function addressesOf(endpoints: readonly Endpoint[], excluded: Address): AddressList {
  const addresses = new Set<Address>();
  for (const endpoint of endpoints) {
    const address = usableAddress(endpoint, excluded);
    if (address !== undefined) addresses.add(address);
  }
  return { addresses: [...addresses], rejected: endpoints.length - addresses.size };
}

/** The address of one such endpoint, where it is not rejected. */
export function usableAddress(endpoint: Endpoint, excluded: Address): Address | undefined {
  const address = addressOf(endpoint);
  return address === undefined || address === excluded || namesNobody(endpoint) ? undefined : address;
}
