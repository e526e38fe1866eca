import { parseAddress } from '../core/address.ts';
import { PeerscopeError } from '../core/errors.ts';
import { ipNumberOf, parseIp, type IpNumber } from '../core/ip-number.ts';
import { parsePrefix, prefixText, type Prefix } from '../core/ip-prefix.ts';
import { PrefixSet } from '../core/prefix-set.ts';
import { csvRecordsWith } from '../formats/csv-records.ts';
import type { Topology } from '../topology/topology.ts';
import { placeOfCells } from './place-cells.ts';
import { placesOf, type Place } from './places.ts';
import type { ReadPlaces } from './places-csv.ts';

/** Places by prefix of the IP address. */
export class AddressTable {
  readonly #prefixes: PrefixSet;
  readonly #places: ReadonlyMap<string, Place>;

  constructor(rows: readonly { readonly prefix: Prefix; readonly place: Place }[]) {
    this.#prefixes = new PrefixSet(rows.map(({ prefix }) => prefix));
    this.#places = new Map(rows.map(({ prefix, place }) => [prefixText(prefix), place]));
  }

  /** The place of the longest prefix that the address is in. O(different prefix lengths). */
  find(ip: IpNumber): Place | undefined {
    const prefix = this.#prefixes.find(ip);
    return prefix === undefined ? undefined : this.#places.get(prefixText(prefix));
  }
}

/**
 * An address table from CSV text with the columns `prefix`, `latitude`, `longitude`, and perhaps `country` and `asn`. O(rows).
 * @param name the file, for messages.
 * @throws {PeerscopeError} (bad-input) that says which line is wrong, and how.
 */
export function parseAddressTable(text: string, name: string): AddressTable {
  const lines = new Map<string, number>();
  const rows = csvRecordsWith(text, name, ['prefix', 'latitude', 'longitude']).map(({ record, info }) => {
    const where = `${name} line ${info.lines}`;
    const cell = record['prefix'] ?? '';
    const prefix = parsePrefix(cell);
    if ('error' in prefix) throw new PeerscopeError('bad-input', `${where}: "${cell}" ${prefix.error}`);
    const before = lines.get(prefixText(prefix));
    if (before !== undefined) {
      throw new PeerscopeError('bad-input', `${where} has the prefix ${cell} of line ${before} again`);
    }
    lines.set(prefixText(prefix), info.lines);
    return { prefix, place: placeOfCells(record, where) };
  });
  return new AddressTable(rows);
}

/**
 * The places of peers whose ids are addresses, `ip:port` or `ip`. Others have none.
 * @throws {PeerscopeError} (bad-input) where no peer has one.
 */
export function placesByAddress(topology: Topology, table: AddressTable, name: string): ReadPlaces {
  const ips = topology.ids.map(ipOfId);
  const list = ips.map((ip) => (ip === undefined ? undefined : table.find(ip)));
  if (list.some((place) => place !== undefined)) return { places: placesOf(list), notes: [] };
  const none = ips.every((ip) => ip === undefined);
  throw new PeerscopeError(
    'bad-input',
    none
      ? 'no id of this overlay is an IP address'
      : `${name} has no prefix that a peer of the overlay is in`,
    none ? { hint: 'An address table needs ids as 192.0.2.1:6346; --places FILE takes any ids.' } : {},
  );
}

function ipOfId(id: string): IpNumber | undefined {
  const address = parseAddress(id);
  return address === undefined ? parseIp(id) : ipNumberOf(address);
}
