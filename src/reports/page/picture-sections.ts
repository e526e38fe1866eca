import { pathOnMap } from '../../charts/path-on-map.ts';
import type { SvgDrawing } from '../../charts/svg.ts';
import type { Table } from '../../core/table.ts';
import { formatNumber } from '../format-number.ts';
import type { Topology } from '../../topology/topology.ts';
import { placedPeers, type Places } from '../../underlay/places.ts';
import { counted } from './counted.ts';
import { saying, type Block, type Section } from './page.ts';
import type { ReportedInput } from './reported-input.ts';

const MAP = { x: 0, y: 0, width: 1100, height: 575 };
/** More links than that hide a map, and are not drawn (charts/path-on-map.ts). */
const MOST_LINKS = 3_000;

export function graphSection({ graph }: ReportedInput): Section {
  return { id: 'graph', title: 'The graph', blocks: graphBlocks(graph) };
}

export function graphBlocks({ drawing, signs, words }: ReportedInput['graph']): Block[] {
  return drawing === undefined ? saying(words) : [{ kind: 'drawing', drawing, signs, caption: words }];
}

/** The peers on a map of the world; where nobody says where they are, how to have one. */
export function mapSection(input: ReportedInput): Section {
  return { id: 'map', title: 'The map', blocks: mapBlocks(input) };
}

export function mapBlocks({ location, topology }: ReportedInput): Block[] {
  if (location === undefined) {
    return saying(
      'It is not known where these peers are, so there is no map. A file with their places (--places FILE) or with the places of address ranges (--address-table FILE) gives one.',
    );
  }
  const { places, notes } = location;
  const shown = placedPeers(places);
  const unplaced = topology.size - shown.length;
  const caption = [
    `${counted(shown.length, 'peer')} at their places, superpeers as diamonds; of several at one place one is drawn.`,
    ...(topology.linkCount > MOST_LINKS
      ? [`The ${formatNumber(topology.linkCount)} links would hide the map, and are left out.`]
      : ['Links are great circles.']),
    ...(unplaced > 0 ? [`Of ${counted(unplaced, 'peer')} it is not known where they are.`] : []),
  ].join(' ');
  return [
    ...saying(...notes),
    { kind: 'drawing', drawing: mapDrawing(topology, places, caption), caption },
    { kind: 'table', table: countriesTable(places) },
  ];
}

function mapDrawing(topology: Topology, places: Places, description: string): SvgDrawing {
  const { latitudes, longitudes } = places;
  const { offsets, targets } = topology.pairs;
  const peers = Array.from({ length: topology.size }, (_, peer) => ({
    id: topology.idOf(peer),
    latitude: latitudes[peer] ?? NaN,
    longitude: longitudes[peer] ?? NaN,
    isHub: topology.columns.roles?.[peer] === 'superpeer',
  }));
  const isPlaced = (peer: number): boolean => !Number.isNaN(latitudes[peer] ?? NaN);
  const links =
    topology.linkCount > MOST_LINKS
      ? []
      : Array.from({ length: topology.size }, (_, peer) =>
          Array.from(targets.subarray(offsets[peer], offsets[peer + 1]), (other) => [peer, other] as const),
        )
          .flat()
          .filter(([a, b]) => isPlaced(a) && isPlaced(b));
  return {
    width: MAP.width,
    height: MAP.height,
    title: 'The peers on a map of the world',
    description,
    children: pathOnMap(MAP, { peers, links, path: [] }),
  };
}

function countriesTable(places: Places): Table {
  const counts = new Map<string, number>();
  const shown = placedPeers(places);
  for (const peer of shown) {
    const country = places.countries[peer] ?? '';
    counts.set(country, (counts.get(country) ?? 0) + 1);
  }
  return {
    name: 'countries',
    title: 'Peers by country',
    columns: [{ name: 'country' }, { name: 'peers' }, { name: 'share', digits: 4 }],
    rows: [...counts]
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .map(([country, peers]) => [country === '' ? null : country, peers, peers / shown.length]),
  };
}
