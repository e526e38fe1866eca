import { PeerscopeError } from '../core/errors.ts';
import { csvRecordsWith } from '../formats/csv-records.ts';
import type { Topology } from '../topology/topology.ts';
import { placeOfCells } from './place-cells.ts';
import { placesOf, type Place, type Places } from './places.ts';

/** Places that were read, and what has to be told about that, one sentence each. */
export interface ReadPlaces {
  readonly places: Places;
  readonly notes: readonly string[];
}

/**
 * Places from CSV text with the columns `peer`, `latitude`, `longitude`, and perhaps `country` and `asn`, one row a peer. Rows
 * of peers that the overlay does not have are counted. O(rows + peers).
 * @param name the file, for messages.
 * @throws {PeerscopeError} (bad-input) that says which line is wrong, and how.
 */
export function parsePlacesCsv(text: string, name: string, topology: Topology): ReadPlaces {
  const peers = new Map(topology.ids.map((id, peer) => [id, peer]));
  const list: (Place | undefined)[] = Array.from({ length: topology.size }, () => undefined);
  let strangers = 0;
  for (const { record, info } of csvRecordsWith(text, name, ['peer', 'latitude', 'longitude'])) {
    const where = `${name} line ${info.lines}`;
    const place = placeOfCells(record, where);
    const peer = peers.get(record['peer'] ?? '');
    if (peer === undefined) {
      strangers += 1;
      continue;
    }
    if (list[peer] !== undefined) {
      throw new PeerscopeError(
        'bad-input',
        `${where} places the peer "${topology.idOf(peer)}" a second time`,
      );
    }
    list[peer] = place;
  }
  if (list.every((place) => place === undefined)) {
    throw new PeerscopeError('bad-input', `${name} has no place for any peer of the overlay`, {
      hint: `Its column "peer" has to hold their ids, as ${topology.ids.slice(0, 3).join(', ')}.`,
    });
  }
  return {
    places: placesOf(list),
    notes:
      strangers === 0 ? [] : [`${strangers} rows of ${name} are of peers that the overlay does not have.`],
  };
}
