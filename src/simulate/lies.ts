import { portOf, type Address } from '../core/address.ts';
import type { Lie } from './trouble.ts';

/** What a lie needs to know of the overlay. */
export interface LiarsView {
  readonly self: Address;
  /** Who asked. */
  readonly remoteIp: string;
  readonly port: number;
  /** An address where nobody is, the same for the same number. */
  readonly nobody: (number: number) => Address;
  /** How many it invents, and the number of the first one: others invent others. */
  readonly fakes: number;
  readonly firstFake: number;
}

const FLOOD = 1_000_000;
/** Different addresses in a flood: more than anybody reads of it, and few enough to make one in no time. */
const FLOOD_ADDRESSES = 10_000;

/** The texts that a liar lists besides its true neighbours. */
export function liesOf(lie: Lie, view: LiarsView): readonly string[] {
  switch (lie) {
    case 'fake':
      return Array.from({ length: view.fakes }, (_, number) => view.nobody(view.firstFake + number));
    case 'bogon':
      return BOGONS.map((ip) => `${ip}:${view.port}`);
    case 'port-zero':
      return ['127.1.0.1:0', '192.0.2.1:0', '127.1.0.2:65536'];
    case 'crawler':
      // With a port where nobody listens: on loopback, something else might.
      return [`${host(view.remoteIp)}:${portOf(view.nobody(0))}`];
    case 'self':
      return [view.self, view.self];
    case 'garbage':
      return [
        'not an address',
        '999.1.1.1:1',
        '1.2.3:6346',
        'example.org:6346',
        ':6346',
        '127.1.0.1:',
        '-',
        '0x7f.1:80',
      ];
    case 'flood': {
      const some = Array.from({ length: FLOOD_ADDRESSES }, (_, number) => view.nobody(number));
      return Array.from({ length: FLOOD / FLOOD_ADDRESSES }, () => some).flat();
    }
  }
}

/** An IP address as it stands before a port. */
function host(ip: string): string {
  return ip.includes(':') ? `[${ip}]` : ip;
}

/** Addresses that no peer can have: private, link-local, shared, multicast, reserved, unspecified, documentation. */
const BOGONS = [
  '10.1.2.3',
  '172.16.0.9',
  '192.168.0.5',
  '169.254.1.1',
  '100.64.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '0.0.0.0',
  '192.0.2.1',
  '[fe80::1]',
  '[2001:db8::1]',
];
