import type { Random } from '../core/random.ts';
import { pure as pureModel } from '../models/degree-law-model.ts';
import { DEFAULT_MODEL_OPTIONS } from '../models/model.ts';
import { flooding } from '../search/flooding.ts';
import { DEFAULT_STRATEGY_OPTIONS, type Strategy } from '../search/strategy.ts';
import { Tally } from '../search/tally.ts';
import { Trace } from '../search/trace.ts';
import { survivorsOf } from '../topology/survivors.ts';
import type { Topology } from '../topology/topology.ts';
import { searchingBy, totalMessages } from './by-strategy.ts';
import type { Paradigm, System } from './paradigm.ts';
import { linksAnd } from './server-systems.ts';
import { contentAmong, type Workload } from './workload.ts';

/** As many hops as any overlay that fits into memory may have. */
export const NO_LIMIT = 16_000_000;

/** The lecture's model of pure P2P, flooded until everybody within reach has the query. */
export const pure: Paradigm = {
  name: 'pure',
  column: 'pure',
  setting: "the lecture's pure overlay; every query floods as far as there are links.",
  findsByPart: true,
  build: (workload, random) => pureSystem(workload, NO_LIMIT, random),
};

/** The same as Gnutella 0.4 does it. */
export const pureTtl: Paradigm = {
  name: 'pure-ttl-7',
  column: 'pure',
  setting: 'the same overlay; queries end after 7 hops, as in Gnutella 0.4.',
  findsByPart: true,
  build: (workload, random) => pureSystem(workload, 7, random),
};

function pureSystem(workload: Workload, ttl: number, random: Random): System {
  const { topology } = pureModel.generate({ ...DEFAULT_MODEL_OPTIONS, peers: workload.peers }, random);
  return {
    ...floodingSystem({ workload, topology, strategy: flooding, ttl, random }),
    state: (tally, queries) => {
      const remembered = rememberedQueries(workload, tally, queries);
      return linksAnd(topology, (peer) => remembered[peer]!);
    },
    joinMessages: (draws) => joinByPing(topology, ttl, draws),
  };
}

/** What flooding systems have in common. */
export function floodingSystem(parts: {
  readonly workload: Workload;
  readonly topology: Topology;
  readonly strategy: Strategy;
  readonly ttl: number;
  readonly random: Random;
}): Pick<System, 'topology' | 'ask' | 'after'> {
  const { workload, topology, strategy, ttl, random } = parts;
  return {
    topology,
    ask: searchingBy(strategy, topology, workload.content, { ttl }, random).ask,
    after: (alive) =>
      searchingBy(
        strategy,
        survivorsOf(topology, alive),
        contentAmong(workload.content, alive),
        { ttl },
        random,
      ),
  };
}

/**
 * How many queries each peer remembers at any time to route their answers back: queries of all peers per minute, times the
 * minutes, times the share of queries that come by.
 */
export function rememberedQueries({ peers, rates }: Workload, tally: Tally, queries: number): Float64Array {
  const all = peers * rates.perMinute * rates.rememberedMinutes;
  return Float64Array.from(tally.entries, (entries) => (all * entries) / queries);
}

const NEWCOMERS = 10;

/** A handshake of two messages for each link, and a Ping that floods and brings the Pongs of everybody within reach. */
function joinByPing(topology: Topology, ttl: number, random: Random): number {
  const prepared = flooding.prepare(topology, { ...DEFAULT_STRATEGY_OPTIONS, request: 'ping', ttl });
  const trace = new Trace(topology.size);
  const tally = new Tally(topology.size);
  let handshakes = 0;
  for (let newcomer = 0; newcomer < NEWCOMERS; newcomer++) {
    const source = random.int(topology.size);
    handshakes += 2 * topology.degrees[source]!;
    prepared.run({ source, item: undefined, target: source }, { trace, tally, random });
  }
  return (handshakes + totalMessages(tally)) / NEWCOMERS;
}
