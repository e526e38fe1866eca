import type { Chart } from '../core/chart.ts';
import { ROLES, type Role } from '../core/claims.ts';
import type { Topology } from '../topology/topology.ts';
import type { Analysis } from './analysis.ts';
import { degreeCounts, degreesOf } from './degrees.ts';
import { respondentsOf, type Respondents } from './respondents.ts';

/** One degree that occurs. */
export interface DegreeRow {
  readonly degree: number;
  readonly count: number;
  /** count / N of the population. */
  readonly probability: number;
  /** P(D >= degree): the complementary cumulative distribution, 1 at the least degree. */
  readonly ccdf: number;
}

export interface DegreeResult {
  /** All peers, undirected simple degrees. */
  readonly distribution: readonly DegreeRow[];
  /** How respondents are told from peers that were only mentioned; null where the data do not tell. */
  readonly respondentRule: Respondents['rule'] | null;
  readonly respondents: readonly DegreeRow[] | null;
  readonly mentioned: readonly DegreeRow[] | null;
  /** By declared role; only roles that occur. */
  readonly roles: Readonly<Partial<Record<Role, readonly DegreeRow[]>>>;
  /** Of directed links only. */
  readonly in: readonly DegreeRow[] | null;
  readonly out: readonly DegreeRow[] | null;
}

/** How are the degrees distributed? O(n + links). */
export const degree = {
  name: 'degree',
  question: 'How many peers have how many links, among all, respondents, and by role?',
  definition:
    'How many peers have each degree, in the undirected simple graph below the links; in and out degrees of the links as stated, where they have a direction. The ccdf is the share of peers of that degree or more.',
  sources: [],
  run: (topology) => {
    const { degrees } = topology;
    const respondents = respondentsOf(topology);
    const answered = (flag: number) =>
      respondents && tally(degrees, (peer) => respondents.flags[peer] === flag);
    return {
      distribution: tally(degrees),
      respondentRule: respondents?.rule ?? null,
      respondents: answered(1) ?? null,
      mentioned: answered(0) ?? null,
      roles: byRole(topology, degrees),
      in: topology.directed ? tally(degreesOf(topology.reverse)) : null,
      out: topology.directed ? tally(degreesOf(topology.links)) : null,
    };
  },
  tables: (result) => [
    {
      name: 'degree',
      title: 'Degree distribution',
      detail: true,
      columns: [
        { name: 'population' },
        { name: 'direction' },
        { name: 'degree' },
        { name: 'count' },
        { name: 'probability', digits: 6 },
        { name: 'ccdf', digits: 6 },
      ],
      rows: populations(result).flatMap(({ population, direction, rows }) =>
        rows.map((row) => [population, direction, row.degree, row.count, row.probability, row.ccdf]),
      ),
      notes: result.respondentRule === null ? [] : [RESPONDENT_NOTES[result.respondentRule]],
    },
  ],
  charts: (result) => [
    { kind: 'degree-bars', title: 'Degree distribution', counts: result.distribution },
    {
      kind: 'scatter',
      title: 'Complementary cumulative degree distribution',
      xLabel: 'degree d',
      yLabel: 'P(D >= d)',
      xScale: 'log',
      yScale: 'log',
      series: populations(result)
        .filter(
          ({ direction, population, rows }) =>
            direction === 'both' && CCDF_POPULATIONS.has(population) && rows.length > 0,
        )
        .filter(({ population }) => population === 'all' || result.mentioned?.length !== 0)
        .map(({ population, rows }) => ({
          name: population,
          points: rows.map((row) => ({ x: row.degree, y: row.ccdf })),
        })),
      curves: [],
    },
    ...rolesChart(result),
  ],
  methods: () => [],
} satisfies Analysis<DegreeResult>;

/** Degrees by declared role, where there are several roles to compare. */
function rolesChart({ roles }: DegreeResult): Chart[] {
  const groups = ROLES.flatMap((role) => {
    const rows = roles[role] ?? [];
    return rows.length === 0
      ? []
      : [{ label: role, values: rows.map(({ degree: value, count }) => ({ value, count })) }];
  });
  if (groups.length < 2) return [];
  return [
    {
      kind: 'box-plot',
      title: 'Degrees by declared role',
      labelName: 'role',
      countName: 'peers',
      valueName: 'degree',
      scale: 'log',
      groups,
    },
  ];
}

/** Told apart in one chart; roles and directions would crowd it. */
const CCDF_POPULATIONS = new Set(['all', 'respondents', 'mentioned']);

const RESPONDENT_NOTES: Readonly<Record<Respondents['rule'], string>> = {
  recorded: 'The degree of a peer that was only mentioned is what others said of it: a lower bound.',
  'out-degree':
    'The list does not say who answered; peers that report a link are taken for respondents. The degree of the others is a lower bound.',
};

/** Every distribution of a result with its names, all peers first. */
export function populations(
  result: DegreeResult,
): { population: string; direction: 'both' | 'in' | 'out'; rows: readonly DegreeRow[] }[] {
  const entry = (
    population: string,
    rows: readonly DegreeRow[] | null | undefined,
    direction: 'both' | 'in' | 'out' = 'both',
  ) => (rows === null || rows === undefined ? [] : [{ population, direction, rows }]);
  return [
    ...entry('all', result.distribution),
    ...entry('respondents', result.respondents),
    ...entry('mentioned', result.mentioned),
    ...ROLES.flatMap((role) => entry(role, result.roles[role])),
    ...entry('all', result.in, 'in'),
    ...entry('all', result.out, 'out'),
  ];
}

function byRole(topology: Topology, degrees: Uint32Array): DegreeResult['roles'] {
  const { roles } = topology.columns;
  if (roles === undefined) return {};
  const entries = ROLES.map((role) => [role, tally(degrees, (peer) => roles[peer] === role)] as const);
  return Object.fromEntries(entries.filter(([, rows]) => rows.length > 0));
}

function tally(degrees: Uint32Array, belongs?: (peer: number) => boolean): DegreeRow[] {
  const counts = degreeCounts(degrees, belongs);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const rows: DegreeRow[] = [];
  let atLeast = total;
  counts.forEach((count, value) => {
    if (count === 0) return;
    rows.push({ degree: value, count, probability: count / total, ccdf: atLeast / total });
    atLeast -= count;
  });
  return rows;
}
