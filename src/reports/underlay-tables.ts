import type { Cell, Column, Table } from '../core/table.ts';
import type { Traffic } from '../underlay/link-stress.ts';
import type { UnderlayResult } from '../underlay/measure-underlay.ts';
import type { PathStory } from '../underlay/path-story.ts';
import type { Places } from '../underlay/places.ts';
import type { AgainstNull } from '../underlay/same-region.ts';
import type { Spread } from '../underlay/spread.ts';
import type { Topology } from '../topology/topology.ts';

/** All that was measured; tables for what the input does not have are left out. */
export function underlayTables(result: UnderlayResult): Table[] {
  return [
    overview(result),
    spreads(result),
    ...nullTable(result),
    ...trafficTable(result),
    ...pathTables(result),
  ];
}

function overview(result: UnderlayResult): Table {
  const { leftOut, pairs, stretch, detour, linkMs, directMs, mismatched } = result;
  return {
    name: 'underlay',
    title: 'Overlay and network below it',
    columns: [
      { name: 'peers' },
      { name: 'links' },
      { name: 'left_out_peers' },
      { name: 'left_out_links' },
      { name: 'pairs' },
      { name: 'unjoined_pairs' },
      { name: 'stretch', digits: 2 },
      { name: 'detour_factor', digits: 2 },
      { name: 'link_ms', digits: 1 },
      { name: 'direct_ms', digits: 1 },
      { name: 'mismatched_share', digits: 3 },
    ],
    rows: [
      [
        result.peers,
        result.links,
        leftOut.peers,
        leftOut.links,
        pairs.measured,
        pairs.unjoined,
        stretch.byHops?.mean ?? null,
        detour?.factor ?? null,
        linkMs,
        directMs?.mean ?? null,
        mismatched === null || mismatched.paths === 0 ? null : mismatched.mismatched / mismatched.paths,
      ],
    ],
    notes: [
      'stretch: delay along a path of fewest hops over the direct one, mean over pairs. detour_factor: all km along such paths over all km of great circles. link_ms, direct_ms: mean delay between neighbours, and between the pairs.',
    ],
  };
}

const SPREAD_COLUMNS: readonly Column[] = [
  { name: 'quantity' },
  { name: 'mean', digits: 2 },
  { name: 'low', digits: 2 },
  { name: 'high', digits: 2 },
  { name: 'median', digits: 2 },
  { name: 'p90', digits: 2 },
  { name: 'max', digits: 2 },
  { name: 'count' },
];

function spreads({ stretch, detour, directMs, multicast, pairs }: UnderlayResult): Table {
  const rows: [string, Spread | null | undefined][] = [
    ['hops', stretch.hops],
    ['stretch by hops', stretch.byHops],
    ['stretch by delay', stretch.byDelay],
    ['direct ms', directMs],
    ['path km', detour?.pathKm],
    ['direct km', detour?.directKm],
    ['detour km', detour?.detourKm],
    ['multicast depth', multicast?.depth],
    ['multicast stretch', multicast?.stretch],
  ];
  return {
    name: 'underlay-spread',
    title: 'Over pairs of peers',
    columns: SPREAD_COLUMNS,
    rows: rows.flatMap(([name, spread]) => (spread ? [spreadRow(name, spread)] : [])),
    notes: [
      'stretch by hops: of a path of fewest hops; by delay: of the path of least delay in the overlay.',
      pairs.isAll
        ? 'All pairs, both ways: there is no interval.'
        : `low, high: 95 % interval of the mean, from ${pairs.sources} random sources.`,
      ...(stretch.leftOut > 0
        ? [
            `${stretch.leftOut} pairs have no way through the network, or none that takes time, and are left out.`,
          ]
        : []),
    ],
  };
}

function spreadRow(name: string, { mean, interval, median, p90, max, count }: Spread): Cell[] {
  return [name, mean, interval?.[0] ?? null, interval?.[1] ?? null, median, p90, max, count];
}

function nullTable({ nearness }: UnderlayResult): Table[] {
  if (nearness === null) return [];
  return [
    {
      name: 'underlay-null',
      title: 'Links within a region, against shuffled places',
      columns: [
        { name: 'statistic' },
        { name: 'regions', detail: true },
        { name: 'links', detail: true },
        { name: 'within', detail: true },
        { name: 'observed', digits: 4 },
        { name: 'shuffled', digits: 4 },
        { name: 'low', digits: 4 },
        { name: 'high', digits: 4 },
        { name: 'ratio', digits: 2 },
        { name: 'p', digits: 3 },
        { name: 'formula', digits: 4 },
      ],
      rows: nearness.regions.map((one) => [
        `within ${one.kind}`,
        one.regions,
        one.links,
        one.within,
        ...nullCells(one.null),
        one.byFormula,
      ]),
      notes: [
        'shuffled: the mean after the peers have changed places at random; low, high: 95 % of the shuffles; ratio: observed over shuffled. p: by rank, two-sided.',
        'formula: the share that random wiring would have, the sum over regions of (share of link ends)².',
      ],
    },
    {
      name: 'underlay-link-km',
      title: 'Mean length of a link in km, against shuffled places',
      columns: [
        { name: 'observed', digits: 0 },
        { name: 'shuffled', digits: 0 },
        { name: 'low', digits: 0 },
        { name: 'high', digits: 0 },
        { name: 'ratio', digits: 2 },
        { name: 'p', digits: 3 },
      ],
      rows: [nullCells(nearness.linkKm)],
    },
  ];
}

function nullCells({ observed, mean, range, ratio, p }: AgainstNull): Cell[] {
  return [observed, mean, ...range, ratio, p];
}

function trafficTable({ flood, multicast }: UnderlayResult): Table[] {
  const rows: [string, Traffic | undefined][] = [
    [`flood, TTL ${flood?.ttl ?? 0}`, flood ?? undefined],
    ['overlay multicast', multicast?.traffic?.overlay],
    ['copies by the root', multicast?.traffic?.unicast],
    ['copies by routers', multicast?.traffic?.routers],
  ];
  const known = rows.filter((row): row is [string, Traffic] => row[1] !== undefined);
  if (known.length === 0) return [];
  return [
    {
      name: 'underlay-traffic',
      title: 'What messages cost the lines between routers',
      columns: [
        { name: 'what' },
        { name: 'messages', digits: 1 },
        { name: 'crossings', digits: 1 },
        { name: 'crossings_per_message', digits: 2 },
        { name: 'lines_used', digits: 1 },
        { name: 'mean_stress', digits: 2 },
        { name: 'max_stress', digits: 1 },
      ],
      rows: known.map(([name, { messages, crossings, linesUsed, meanStress, maxStress }]) => [
        name,
        messages,
        crossings,
        messages === 0 ? null : crossings / messages,
        linesUsed,
        meanStress,
        maxStress,
      ]),
      notes: [
        `crossings: lines that all copies cross, each time counted (the traffic cost M x L). stress: copies on a line that carries any, each direction by itself.${flood === null ? '' : ` Floods: means of ${flood.floods}.`}`,
      ],
    },
  ];
}

function pathTables({ worst, chosen }: UnderlayResult): Table[] {
  const stories = [
    ...(chosen === null ? [] : [['chosen', chosen] as const]),
    ...(worst === null ? [] : [['worst', worst] as const]),
  ];
  if (stories.length === 0) return [];
  return [
    {
      name: 'underlay-paths',
      title: 'Paths of fewest hops, and how far it is directly',
      columns: [
        { name: 'path' },
        { name: 'from' },
        { name: 'to' },
        { name: 'hops' },
        { name: 'path_km', digits: 0 },
        { name: 'direct_km', digits: 0 },
        { name: 'detour_km', digits: 0 },
        { name: 'detour_factor', digits: 2 },
        { name: 'path_ms', digits: 1 },
        { name: 'direct_ms', digits: 1 },
        { name: 'stretch', digits: 2 },
        { name: 'least_ms', digits: 1 },
        { name: 'continents', detail: true },
        { name: 'countries' },
        { name: 'systems', detail: true },
      ],
      rows: stories.map(([name, story]) => [
        name,
        story.from,
        story.to,
        story.hops,
        story.pathKm,
        story.directKm,
        story.detourKm,
        story.detourFactor,
        finite(story.pathMs),
        finite(story.directMs),
        story.stretch,
        finite(story.leastMs),
        story.continents.join(' '),
        story.countries.join(' '),
        story.systems.join(' '),
      ]),
      notes: [
        'worst: of the measured pairs that with the longest detour; without places, that with the largest stretch. least_ms: of the overlay path of least delay.',
      ],
    },
    ...stories.map(([name, story]) => stopsTable(name, story)),
  ];
}

function stopsTable(name: string, { from, to, stops }: PathStory): Table {
  return {
    name: `underlay-${name}-path`,
    title: `The ${name} path, ${from} to ${to}, hop by hop`,
    columns: [
      { name: 'hop' },
      { name: 'peer' },
      { name: 'continent', detail: true },
      { name: 'country' },
      { name: 'system' },
      { name: 'latitude', digits: 1, detail: true },
      { name: 'longitude', digits: 1, detail: true },
      { name: 'km', digits: 0 },
      { name: 'km_so_far', digits: 0 },
      { name: 'ms', digits: 1 },
      { name: 'ms_so_far', digits: 1 },
    ],
    rows: stops.map((stop) => [
      stop.hop,
      stop.peer,
      stop.continent,
      stop.country,
      stop.as,
      stop.latitude,
      stop.longitude,
      stop.km,
      stop.kmSoFar,
      finite(stop.ms),
      finite(stop.msSoFar),
    ]),
  };
}

/** The places of peers in the form in which `--places` reads them. */
export function placesTable(topology: Topology, { latitudes, longitudes, countries, asns }: Places): Table {
  return {
    name: 'underlay-places',
    title: 'Where the peers are',
    columns: ['peer', 'latitude', 'longitude', 'country', 'asn'].map((name) => ({ name })),
    rows: Array.from(latitudes, (latitude, peer) => [
      topology.idOf(peer),
      latitude,
      longitudes[peer] ?? null,
      countries[peer] ?? '',
      asns[peer] === 0 ? null : (asns[peer] ?? null),
    ]),
    detail: true,
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
