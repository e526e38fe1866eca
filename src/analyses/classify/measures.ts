import type { Adjacency } from '../../topology/adjacency.ts';
import { strongComponents, weakComponents } from '../../topology/components.ts';
import { renumber } from '../../topology/peer-order.ts';
import type { Topology } from '../../topology/topology.ts';
import { degreeCounts, degreeMoments, degreesOf } from '../degrees.ts';
import { peersWhere } from './peers-where.ts';
import { serversOf, type Servers } from './servers.ts';
import { shortLoops, type ShortLoops } from './short-loops.ts';
import { superpeerGroup, type SuperpeerGroup } from './superpeer-group.ts';
import { waysOf, type Ways } from './ways.ts';

/** What is measured of an overlay to tell its paradigm: nothing but links, of peers that have some. */
export interface Measures {
  readonly peers: number;
  readonly links: number;
  readonly meanDegree: number;
  /** Variance of the degrees by their mean: 0 where all are alike, 1 by chance. */
  readonly dispersion: number;
  /** So many links have all but two of a hundred peers. */
  readonly leastDegree: number;
  /** The share of all pairs that are linked. */
  readonly density: number;
  /** Independent loops for each peer: links that could be taken away without cutting anybody off. */
  readonly loops: number;
  /** The share of the peers in the largest component. */
  readonly largest: number;
  readonly servers: Servers | null;
  /** Links between peers that are no servers, for each of them. */
  readonly linksBeside: number;
  /** Without the servers, if there are any. */
  readonly superpeers: SuperpeerGroup | null;
  readonly short: ShortLoops;
  readonly ways: Ways;
  /** Whether links have a direction, and following them leads nobody back to where they began. */
  readonly isOneWay: boolean;
}

/** O(n + links), and the cost of the samples in `short-loops.ts`. */
export function measure(topology: Topology, seed: number): Measures {
  const { simple: rows, degrees, size } = topology;
  if (rows.targets.length === 0) return NOTHING;
  const counts = degreeCounts(degrees);
  const peers = size - counts[0]!;
  const links = rows.targets.length / 2;
  const { component, sizes } = weakComponents(topology);
  const largest = sizes.indexOf(sizes.reduce((most, count) => Math.max(most, count), 0));
  const members = peersWhere(size, (peer) => component[peer] === largest);
  const { mean, variance } = degreeMoments(peers === size ? degrees : degrees.filter((degree) => degree > 0));
  const servers = serversOf(rows, degrees);
  const rest = servers === null ? rows : withoutServers(rows, servers);
  return {
    peers,
    links,
    meanDegree: mean,
    dispersion: variance / mean,
    leastDegree: quantile(counts, 0.02 * peers),
    density: links / ((peers * (peers - 1)) / 2),
    loops: (links - size + sizes.length) / peers,
    largest: members.length / peers,
    servers,
    linksBeside: rest.targets.length / 2 / (peers - (servers?.peers.length ?? 0)),
    superpeers: superpeerGroup(rest, servers === null ? degrees : degreesOf(rest)),
    short: shortLoops(rows, degrees, seed),
    ways: waysOf(rows, members, seed),
    isOneWay: topology.directed && strongComponents(topology).sizes.length === size,
  };
}

const NOTHING: Measures = {
  peers: 0,
  links: 0,
  meanDegree: 0,
  dispersion: 0,
  leastDegree: 0,
  density: 0,
  loops: 0,
  largest: 0,
  servers: null,
  linksBeside: 0,
  superpeers: null,
  short: { triangles: 0, trianglesByChance: 0, squares: 0, squaresByChance: 0 },
  ways: { mean: 0, byChance: null },
  isOneWay: false,
};

function withoutServers(rows: Adjacency, { peers }: Servers): Adjacency {
  return renumber(
    rows,
    peersWhere(rows.offsets.length - 1, (peer) => !peers.includes(peer)),
  );
}

/** The least degree that more than so many peers do not exceed, those without links apart. */
function quantile(counts: Float64Array, below: number): number {
  let sum = 0;
  for (let degree = 1; degree < counts.length; degree++) if ((sum += counts[degree]!) > below) return degree;
  return 0;
}
