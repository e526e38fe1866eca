import { PeerscopeError } from '../core/errors.ts';
import { csvRecordsWith } from '../formats/csv-records.ts';
import type { Topology } from '../topology/topology.ts';
import { routerGraph, type RouterGraph, type RouterLine } from './router-graph.ts';

/** The router of a peer that has none. */
export const NOWHERE = 0xffff_ffff;

/**
 * Routers from CSV text with the columns `source`, `target`, `delay_ms`, and perhaps `km`, one row a line between two. O(rows).
 * @param name the file, for messages.
 * @throws {PeerscopeError} (bad-input) that says which line of the file is wrong, and how.
 */
export function parseRoutersCsv(text: string, name: string): RouterGraph {
  const numbers = new Map<string, number>();
  const numberOf = (router: string): number => {
    const known = numbers.get(router);
    if (known === undefined) numbers.set(router, numbers.size);
    return known ?? numbers.size - 1;
  };
  const seen = new Map<string, number>();
  const lines = csvRecordsWith(text, name, ['source', 'target', 'delay_ms']).map(
    ({ record, info }): RouterLine => {
      const where = `${name} line ${info.lines}`;
      const [source = '', target = ''] = [record['source'], record['target']];
      if (source === '' || target === '') throw bad(`${where} has an empty end`);
      if (source === target) throw bad(`${where} joins the router "${source}" to itself`);
      const pair = JSON.stringify([source, target].sort());
      const before = seen.get(pair);
      if (before !== undefined) throw bad(`${where} joins the two routers of line ${before} again`);
      seen.set(pair, info.lines);
      return {
        from: numberOf(source),
        to: numberOf(target),
        delay: amount(record['delay_ms'] ?? '', 'delay_ms', where),
        km: record['km'] === undefined || record['km'] === '' ? NaN : amount(record['km'], 'km', where),
      };
    },
  );
  return routerGraph([...numbers.keys()], lines);
}

/** Which router each peer is at, NOWHERE where that is not known, and how far from it. */
export interface Attachments {
  readonly routers: Uint32Array;
  readonly access: Float64Array;
  readonly notes: readonly string[];
}

/**
 * Attachments from CSV text with the columns `peer`, `router`, and perhaps `delay_ms`, the line between the two [0]. O(rows + peers).
 * @throws {PeerscopeError} (bad-input) that says which line is wrong, and how.
 */
export function parseAttachmentsCsv(
  text: string,
  name: string,
  topology: Topology,
  graph: RouterGraph,
): Attachments {
  const peers = new Map(topology.ids.map((id, peer) => [id, peer]));
  const numbers = new Map(graph.names.map((router, number) => [router, number]));
  const routers = new Uint32Array(topology.size).fill(NOWHERE);
  const access = new Float64Array(topology.size);
  let strangers = 0;
  for (const { record, info } of csvRecordsWith(text, name, ['peer', 'router'])) {
    const where = `${name} line ${info.lines}`;
    const router = numbers.get(record['router'] ?? '');
    if (router === undefined) {
      throw bad(`${where} names the router "${record['router'] ?? ''}", which no line between routers has`);
    }
    const delay = record['delay_ms'] ?? '';
    const ms = delay === '' ? 0 : amount(delay, 'delay_ms', where);
    const peer = peers.get(record['peer'] ?? '');
    if (peer === undefined) {
      strangers += 1;
      continue;
    }
    if (routers[peer] !== NOWHERE)
      throw bad(`${where} attaches the peer "${topology.idOf(peer)}" a second time`);
    routers[peer] = router;
    access[peer] = ms;
  }
  if (routers.every((router) => router === NOWHERE)) {
    throw bad(`${name} attaches no peer of the overlay`);
  }
  return {
    routers,
    access,
    notes:
      strangers === 0 ? [] : [`${strangers} rows of ${name} are of peers that the overlay does not have.`],
  };
}

function amount(cell: string, column: string, where: string): number {
  const value = cell === '' ? NaN : Number(cell);
  if (value >= 0 && value < Infinity) return value;
  throw bad(`${where} has the ${column} "${cell}", which is not a number from 0 on`);
}

function bad(message: string): PeerscopeError {
  return new PeerscopeError('bad-input', message);
}
