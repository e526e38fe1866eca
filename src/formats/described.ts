import { RELATIONS, ROLES, type Role } from '../core/claims.ts';
import type { Positions, Geometry } from '../topology/positions.ts';
import type { PeerColumns, Topology } from '../topology/topology.ts';
import type { Adjacency } from '../topology/adjacency.ts';
import type { Column } from './column.ts';

/** A topology with what else a file says of its peers and links. */
export interface DescribedTopology {
  readonly topology: Topology;
  /** Beyond `topology.columns`; row i is of peer i. */
  readonly peerColumns?: readonly Column[];
  /** Row k is of the link that is in place k of `statedLinks`. */
  readonly linkColumns?: readonly Column[];
}

/** The links as files hold them: each as stated where they have a direction, else each once, from its peer of lower number. */
export function statedLinks(topology: Topology): Adjacency {
  return topology.directed ? topology.links : topology.pairs;
}

const GEOMETRIES: readonly Geometry[] = ['clockwise', 'ring', 'torus', 'xor', 'plane'];

/** Names of coordinates: x, y, z, and numbers where there are more of them. */
function axes(dimension: number): string[] {
  if (dimension <= 3) return ['x', 'y', 'z'].slice(0, dimension);
  return Array.from({ length: dimension }, (_, axis) => `x${axis + 1}`);
}

/** Everything that is known of the links, as columns of text: what they mean first, where the topology says it. */
export function linkColumnsOf({ topology, linkColumns = [] }: DescribedTopology): readonly Column[] {
  const { relations } = topology;
  if (relations === undefined) return linkColumns;
  const relation: Column = {
    name: 'relation',
    kind: 'text',
    textOf: (place) => RELATIONS[relations[place] ?? -1] ?? '',
  };
  return [relation, ...linkColumns];
}

/**
 * The other way round: what links mean, as places in RELATIONS, out of a column that says it of all of them; or the first text in it
 * that does not.
 */
export function takeRelations(links: number, column: Column): Uint8Array | { readonly foreign: string } {
  const places = new Uint8Array(links);
  for (let link = 0; link < links; link++) {
    const text = column.textOf(link);
    const place = RELATIONS.findIndex((relation) => relation === text);
    if (place < 0) return { foreign: text };
    places[link] = place;
  }
  return places;
}

/** Everything that is known of the peers, as columns of text: what the topology itself knows first. */
export function peerColumnsOf({ topology, peerColumns = [] }: DescribedTopology): readonly Column[] {
  const { roles, respondents, truncated, uptimes, positions } = topology.columns;
  const columns: Column[] = [];
  const add = (name: string, kind: Column['kind'], textOf: (peer: number) => string): void => {
    columns.push({ name, kind, textOf });
  };
  if (roles?.some((role) => role !== undefined) === true) add('role', 'text', (peer) => roles[peer] ?? '');
  if (respondents !== undefined) add('respondent', 'boolean', (peer) => String(respondents[peer] === 1));
  if (truncated !== undefined) add('truncated', 'boolean', (peer) => String(truncated[peer] === 1));
  if (uptimes !== undefined) add('uptime', 'number', (peer) => String(uptimes[peer]));
  if (positions !== undefined) {
    const { geometry, dimension, coordinates, halfSides } = positions;
    add('geometry', 'text', () => geometry);
    axes(dimension).forEach((name, axis) => {
      add(name, 'number', (peer) => String(coordinates[peer * dimension + axis]));
      if (halfSides !== undefined)
        add(`half_${name}`, 'number', (peer) => String(halfSides[peer * dimension + axis]));
    });
  }
  return [...columns, ...peerColumns];
}

/**
 * The other way round: what a topology knows itself is taken out of the columns of a file, where every peer has a value that
 * makes sense. What is left stays text. O(peers x columns).
 */
export function takePeerColumns(
  size: number,
  columns: readonly Column[],
): { readonly known: PeerColumns; readonly rest: readonly Column[] } {
  const left = new Map(columns.map((column) => [column.name, column]));
  const texts = (name: string): string[] | undefined => {
    const column = left.get(name);
    return column && Array.from({ length: size }, (_, peer) => column.textOf(peer));
  };
  const take = <Value>(name: string, valueOf: (texts: readonly string[]) => Value | undefined) => {
    const all = texts(name);
    const value = all && valueOf(all);
    if (value !== undefined) left.delete(name);
    return value;
  };
  const roles = take('role', rolesOf);
  const respondents = take('respondent', flagsOf);
  const truncated = take('truncated', flagsOf);
  const uptimes = take('uptime', (all) => numbersOf(all, (value) => value > 0 && value <= 1));
  const positions = positionsOf(size, texts);
  for (const name of positions === undefined ? [] : axes(positions.dimension)) {
    left.delete(name);
    if (positions?.halfSides !== undefined) left.delete(`half_${name}`);
  }
  if (positions !== undefined) left.delete('geometry');
  return {
    known: {
      ...(roles === undefined ? {} : { roles }),
      ...(respondents === undefined ? {} : { respondents }),
      ...(truncated === undefined ? {} : { truncated }),
      ...(uptimes === undefined ? {} : { uptimes }),
      ...(positions === undefined ? {} : { positions }),
    },
    rest: [...left.values()],
  };
}

function rolesOf(texts: readonly string[]): (Role | undefined)[] | undefined {
  const roles = texts.map((text) => ROLES.find((role) => role === text));
  return roles.every((role, peer) => role !== undefined || texts[peer] === '') ? roles : undefined;
}

function flagsOf(texts: readonly string[]): Uint8Array | undefined {
  if (!texts.every((text) => text === 'true' || text === 'false')) return undefined;
  return Uint8Array.from(texts, (text) => (text === 'true' ? 1 : 0));
}

function numbersOf(texts: readonly string[], fits: (value: number) => boolean): Float64Array | undefined {
  const numbers = Float64Array.from(texts, (text) => (text === '' ? NaN : Number(text)));
  return numbers.every(fits) ? numbers : undefined;
}

function positionsOf(
  size: number,
  texts: (name: string) => readonly string[] | undefined,
): Positions | undefined {
  const named = texts('geometry');
  const geometry = GEOMETRIES.find((each) => named?.every((text) => text === each));
  if (geometry === undefined) return undefined;
  let names: readonly string[] = [];
  if (texts('x1') === undefined) names = ['x', 'y', 'z'].filter((name) => texts(name) !== undefined);
  else for (let dimension = 4; texts(`x${dimension}`) !== undefined; dimension++) names = axes(dimension);
  const dimension = names.length;
  if (dimension === 0) return undefined;
  const table = (prefix: string, fits: (value: number) => boolean): Float64Array | undefined => {
    const together = new Float64Array(size * dimension);
    for (const [axis, name] of names.entries()) {
      const all = texts(`${prefix}${name}`);
      const numbers = all && numbersOf(all, fits);
      if (numbers === undefined) return undefined;
      for (let peer = 0; peer < size; peer++) together[peer * dimension + axis] = numbers[peer] ?? 0;
    }
    return together;
  };
  const coordinates = table('', (value) => value >= 0 && value < 1);
  if (coordinates === undefined) return undefined;
  const halfSides = table('half_', (value) => value >= 0 && value <= 1);
  return { geometry, dimension, coordinates, ...(halfSides === undefined ? {} : { halfSides }) };
}
