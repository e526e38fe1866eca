import type { Address } from '../../../core/address.ts';
import type { Ipv4Endpoint } from './ipv4-endpoint.ts';

/**
 * The addresses of one list, to find repetitions: open addressing over numbers for IPv4, since a Set of strings costs
 * more than all the rest of reading the list. Linear probing: a peer that picks colliding addresses makes its own list of
 * n cost n² steps, 18 million at the bound of 6,000.
 */
export class AddressSet {
  /** Places in `#keys`, from 1; 0 is free. At most half of the slots are taken. */
  #slots: number[];
  /** IP and port by turns. */
  readonly #keys: number[] = [];
  #others: Set<Address> | undefined;

  /** @param expected how many addresses there will be, roughly; it grows. */
  constructor(expected: number) {
    this.#slots = freeSlots(2 ** Math.ceil(Math.log2(Math.max(expected, 8) * 2)));
  }

  /** Whether the address was new; `ipv4` is the same address as numbers, where it is one of IPv4. */
  add(address: Address, ipv4: Ipv4Endpoint | undefined): boolean {
    return ipv4 === undefined ? this.#addOther(address) : this.#addIpv4(ipv4.ip, ipv4.port);
  }

  #addIpv4(ip: number, port: number): boolean {
    if (this.#keys.length >= this.#slots.length) this.#grow();
    const slot = this.#find(ip, port);
    if (this.#slots[slot] !== 0) return false;
    this.#keys.push(ip, port);
    this.#slots[slot] = this.#keys.length / 2;
    return true;
  }

  /** The slot of this endpoint, or the free one where it belongs. */
  #find(ip: number, port: number): number {
    const slots = this.#slots;
    const keys = this.#keys;
    const mask = slots.length - 1;
    let slot = (Math.imul(ip ^ Math.imul(port, 0x85ebca6b), 0x9e3779b1) >>> 15) & mask;
    for (;;) {
      const place = slots[slot] ?? 0;
      if (place === 0 || (keys[2 * place - 2] === ip && keys[2 * place - 1] === port)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    this.#slots = freeSlots(2 * this.#slots.length);
    for (let place = 1; 2 * place <= this.#keys.length; place++) {
      const slot = this.#find(this.#keys[2 * place - 2] ?? 0, this.#keys[2 * place - 1] ?? 0);
      this.#slots[slot] = place;
    }
  }

  #addOther(address: Address): boolean {
    this.#others ??= new Set();
    if (this.#others.has(address)) return false;
    this.#others.add(address);
    return true;
  }
}

function freeSlots(count: number): number[] {
  return new Array<number>(count).fill(0);
}
