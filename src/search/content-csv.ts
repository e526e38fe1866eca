import { PeerscopeError } from '../core/errors.ts';
import { csvRecords } from '../formats/csv-records.ts';
import type { Topology } from '../topology/topology.ts';
import type { Content } from './content.ts';

/** How far popularities that were rounded for a file may miss 1 together. */
const SUM_TOLERANCE = 1e-6;

/**
 * Content from CSV text with the columns `peer` and `item`, one row a copy; where there is a column `popularity`, each item says
 * it in at least one of its rows, and they add up to 1, else all items are asked for alike. Items come in the order of the file.
 * O(rows + peers).
 *
 * @param name the file, for messages.
 * @throws {PeerscopeError} (bad-input) that says which line is wrong, and how.
 */
export function parseContentCsv(text: string, name: string, topology: Topology): Content {
  const peers = new Map(topology.ids.map((id, peer) => [id, peer]));
  const items = new Map<string, { readonly holders: Set<number>; popularity: number | undefined }>();
  let hasPopularity = false;
  for (const { record, info } of csvRecords(text, name)) {
    const where = `${name} line ${info.lines}`;
    const [peerId, itemName, share] = [record['peer'], record['item'], record['popularity']];
    if (peerId === undefined || itemName === undefined) {
      const header = Object.keys(record).map((cell) => `"${cell}"`);
      throw bad(`${name} needs the columns peer and item; it has ${header.join(', ')}`);
    }
    const peer = peers.get(peerId);
    if (peer === undefined) throw bad(`${where} names the peer "${peerId}", whom the overlay does not have`);
    if (itemName === '') throw bad(`${where} has an empty "item"`);
    const item = items.get(itemName) ?? { holders: new Set(), popularity: undefined };
    items.set(itemName, item);
    item.holders.add(peer);
    if (share === undefined) continue;
    hasPopularity = true;
    if (share === '') continue;
    const popularity = Number(share);
    if (!(popularity >= 0 && popularity <= 1)) {
      throw bad(`${where} has the popularity "${share}", which is not a number from 0 to 1`);
    }
    if (item.popularity !== undefined && item.popularity !== popularity) {
      throw bad(
        `${where} gives "${itemName}" the popularity ${popularity}, and a line above ${item.popularity}`,
      );
    }
    item.popularity = popularity;
  }
  if (items.size === 0) throw bad(`${name} holds no content: it has no rows below its header`);
  return contentOf(items, hasPopularity, name);
}

function contentOf(
  items: ReadonlyMap<
    string,
    { readonly holders: ReadonlySet<number>; readonly popularity: number | undefined }
  >,
  hasPopularity: boolean,
  name: string,
): Content {
  const names = [...items.keys()];
  const popularity = Float64Array.from(items.values(), (item) =>
    hasPopularity ? (item.popularity ?? 0) : 1 / items.size,
  );
  const sum = popularity.reduce((total, share) => total + share, 0);
  if (Math.abs(sum - 1) > SUM_TOLERANCE) {
    throw bad(`the popularities of ${name} add up to ${Number(sum.toPrecision(8))}, not to 1`);
  }
  const offsets = new Uint32Array(items.size + 1);
  const targets: number[] = [];
  let row = 0;
  for (const { holders } of items.values()) {
    for (const holder of [...holders].sort((a, b) => a - b)) targets.push(holder);
    offsets[++row] = targets.length;
  }
  return {
    nameOf: (item) => names[item] ?? '',
    popularity: popularity.map((share) => share / sum),
    holders: { offsets, targets: Uint32Array.from(targets) },
  };
}

function bad(message: string): PeerscopeError {
  return new PeerscopeError('bad-input', message);
}
