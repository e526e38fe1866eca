import { runPieces } from '../core/pieces.ts';
import { ROLES } from '../core/claims.ts';
import { categoryAssortativity } from '../statistics/category-assortativity.ts';
import { degreeAssortativity, degreeAssortativityError } from '../topology/degree-assortativity.ts';
import { degreeMixingOf, type DegreeMixing } from '../topology/degree-mixing.ts';
import { shareRows } from '../topology/shared-rows.ts';
import { SWITCHES_PER_LINK } from '../topology/switch-links.ts';
import type { Topology } from '../topology/topology.ts';
import type { Analysis, AnalysisOptions, Work } from './analysis.ts';
import type { MixingResult } from './mixing-result.ts';
import { mixingCharts, mixingTables } from './mixing-tables.ts';
import { randomRichClub } from './random-rich-club.ts';
import { richClubRows } from './rich-club.ts';

/** Who links with whom? O(n + links), and O(links) for each random graph, which takes by far the longest. */
export const mixing = {
  name: 'mixing',
  question:
    'Do peers of many links, or of one role, link with their like, more than degrees alone would have it?',
  definition: `Of the undirected simple graph below the links. degreeAssortativity: Pearson's correlation of the degrees at both ends of a link (Newman's r), with its standard error by the jackknife over links. roleAssortativity: Newman's coefficient for declared roles. richClub: of the peers of more than k links, the share of pairs that are linked, and its ratio to the mean of random graphs of the same degrees, made by ${SWITCHES_PER_LINK} tried switches a link. neighbourDegree: mean degree of the neighbours of the peers of each degree.`,
  sources: [
    'M. E. J. Newman: Assortative mixing in networks, 2002',
    'M. E. J. Newman: Mixing patterns in networks, 2003',
    'S. Maslov, K. Sneppen: Specificity and stability in topology of protein networks, 2002',
    'S. Zhou, R. J. Mondragón: The rich-club phenomenon in the Internet topology, 2004',
    'V. Colizza, A. Flammini, M. A. Serrano, A. Vespignani: Detecting rich-club ordering in complex networks, 2006',
    'R. Pastor-Satorras, A. Vázquez, A. Vespignani: Dynamical and correlation properties of the Internet, 2001',
  ],
  cost: (topology, { runs }) => {
    const links = topology.simple.targets.length / 2;
    return { seconds: runs * links * SECONDS_PER_LINK, bytes: links * BYTES_PER_LINK };
  },
  run: async (topology, options, work) => {
    const { simple } = topology;
    const sums = degreeMixingOf(simple);
    const r = degreeAssortativity(sums);
    const byRole = roleMixing(topology);
    const random = await randomGraphs(topology, options, work);
    return {
      degreeAssortativity: r,
      degreeAssortativityError: r === null ? null : degreeAssortativityError(simple, r),
      roleAssortativity: byRole.r,
      roleAssortativityError: byRole.standardError,
      randomGraphs: random.length,
      richClub: richClubRows(sums, random),
      neighbourDegree: neighbourDegrees(sums),
    };
  },
  tables: mixingTables,
  charts: mixingCharts,
  methods: ({ randomGraphs: graphs }, { seed }) => [
    "Assortativity is Newman's r (2002), its standard error the jackknife over links (Newman 2003).",
    `The rich club was compared with ${graphs} random graphs of the same degrees, each made by ${SWITCHES_PER_LINK} tried switches a link (Maslov & Sneppen 2002; seed ${seed}).`,
  ],
} satisfies Analysis<MixingResult>;

/** Measured at 4.8 million links: 32 s a random graph; the memory is that of the set of pairs and of sorting. */
const SECONDS_PER_LINK = 6.6e-6;
const BYTES_PER_LINK = 56;

async function randomGraphs(
  { simple }: Topology,
  { seed, runs }: AnalysisOptions,
  { crew, progress }: Work,
): Promise<Float64Array[]> {
  const rows = shareRows(crew, simple);
  const clubs: Float64Array[] = [];
  const inputs = { count: Math.max(1, runs), at: (run: number) => ({ rows, seed, run }) };
  await runPieces(crew, randomRichClub, inputs, (club) => clubs.push(club), progress);
  return clubs;
}

function roleMixing({ simple, size, columns }: Topology): ReturnType<typeof categoryAssortativity> {
  const { roles } = columns;
  if (roles === undefined) return { r: null, standardError: null };
  const { offsets, targets } = simple;
  const kinds = Int8Array.from(roles, (role) => (role === undefined ? -1 : ROLES.indexOf(role)));
  const links = ROLES.map(() => ROLES.map(() => 0));
  for (let peer = 0; peer < size; peer++) {
    const own = kinds[peer]!;
    if (own < 0) continue;
    const row = links[own]!;
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
      const other = kinds[targets[k]!]!;
      if (other > own || (other === own && targets[k]! > peer)) row[other]! += 1;
    }
  }
  return categoryAssortativity(links);
}

function neighbourDegrees({ peers, neighbourDegrees: sums }: DegreeMixing): MixingResult['neighbourDegree'] {
  const rows = [];
  for (let degree = 1; degree < peers.length; degree++) {
    const count = peers[degree]!;
    if (count > 0) rows.push({ degree, count, meanNeighbourDegree: sums[degree]! / (count * degree) });
  }
  return rows;
}
