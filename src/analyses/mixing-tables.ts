import type { Chart } from '../core/chart.ts';
import type { Table } from '../core/table.ts';
import type { MixingResult } from './mixing-result.ts';

export function mixingTables(result: MixingResult): readonly Table[] {
  return [overview(result), richClub(result), neighbourDegrees(result)];
}

export function mixingCharts(result: MixingResult): readonly Chart[] {
  return [...neighbourDegreeChart(result), ...richClubChart(result)];
}

function overview(result: MixingResult): Table {
  const linked = result.neighbourDegree.reduce((sum, { count }) => sum + count, 0);
  const tenth = result.richClub.findLast(({ members }) => members * 10 >= linked);
  return {
    name: 'mixing',
    title: 'Mixing',
    columns: [
      { name: 'degree_assortativity', digits: 4 },
      { name: 'degree_assortativity_error', digits: 4 },
      { name: 'role_assortativity', digits: 4 },
      { name: 'role_assortativity_error', digits: 4 },
      { name: 'rich_degree' },
      { name: 'rich_club', digits: 4 },
      { name: 'rich_club_normalised', digits: 3 },
    ],
    rows: [
      [
        result.degreeAssortativity,
        result.degreeAssortativityError,
        result.roleAssortativity,
        result.roleAssortativityError,
        tenth?.degree ?? null,
        tenth?.coefficient ?? null,
        tenth?.normalised ?? null,
      ],
    ],
    notes: [
      'rich_club is of the peers of more than rich_degree links: the smallest such club with a tenth of the linked peers or more.',
    ],
  };
}

function richClub({ richClub: rows }: MixingResult): Table {
  return {
    name: 'rich-club',
    title: 'Rich club',
    detail: true,
    columns: [
      { name: 'degree' },
      { name: 'peers_above' },
      { name: 'links_between' },
      { name: 'coefficient', digits: 6 },
      { name: 'expected_links', digits: 2 },
      { name: 'expected_deviation', digits: 2 },
      { name: 'normalised', digits: 4 },
    ],
    rows: rows.map((row) => [
      row.degree,
      row.members,
      row.links,
      row.coefficient,
      row.expectedLinks,
      row.deviation,
      row.normalised,
    ]),
    notes: ['expected: in random graphs of the same degrees.'],
  };
}

function neighbourDegrees({ neighbourDegree }: MixingResult): Table {
  return {
    name: 'neighbour-degree',
    title: 'Mean degree of the neighbours, by degree',
    detail: true,
    columns: [{ name: 'degree' }, { name: 'peers' }, { name: 'mean_neighbour_degree', digits: 3 }],
    rows: neighbourDegree.map(({ degree, count, meanNeighbourDegree }) => [
      degree,
      count,
      meanNeighbourDegree,
    ]),
  };
}

function neighbourDegreeChart({ neighbourDegree }: MixingResult): Chart[] {
  if (neighbourDegree.length < 2) return [];
  const points = neighbourDegree.map(({ degree, meanNeighbourDegree }) => ({
    x: degree,
    y: meanNeighbourDegree,
  }));
  return [
    {
      kind: 'scatter',
      title: 'Mean degree of the neighbours, by degree',
      xLabel: 'degree d',
      yLabel: 'mean degree of neighbours',
      xScale: 'log',
      yScale: 'log',
      series: [{ name: 'peers', points }],
      curves: [],
    },
  ];
}

/** A club that has no links, or is expected to have none, has no place on a logarithmic axis. */
function richClubChart({ richClub: rows }: MixingResult): Chart[] {
  const points = rows.flatMap(({ degree, normalised }) =>
    degree > 0 && normalised !== null && normalised > 0 ? [{ x: degree, y: normalised }] : [],
  );
  if (points.length < 2) return [];
  return [
    {
      kind: 'scatter',
      title: 'Rich club, against random graphs of the same degrees',
      xLabel: 'degree d: the club has the peers of more',
      yLabel: 'links / expected links',
      xScale: 'log',
      yScale: 'linear',
      series: [{ name: 'clubs', points }],
      curves: [],
    },
  ];
}
