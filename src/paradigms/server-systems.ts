import { numberedGraph } from '../models/numbered-graph.ts';
import { central } from '../search/central.ts';
import type { Topology } from '../topology/topology.ts';
import { searchingBy } from './by-strategy.ts';
import type { Paradigm, System } from './paradigm.ts';
import { contentAmong, type Workload } from './workload.ts';

/** Every peer asks a server that holds everything itself, as in the Web. */
export const clientServer: Paradigm = {
  name: 'client-server',
  column: 'client-server',
  setting: 'one server, which holds every item; peers ask it, and hold nothing for others.',
  findsByPart: true,
  build: (workload, random) => {
    const { peers, content } = workload;
    const topology = starOf(peers);
    const items = content.popularity.length;
    const offsets = Uint32Array.from({ length: items + 1 }, (_, item) => item);
    const held = { ...content, holders: { offsets, targets: new Uint32Array(items).fill(peers) } };
    const searching = searchingBy(central, topology, held, { server: peers }, random);
    return {
      ...serverSystem(workload, topology, () => searching),
      state: () => linksAnd(topology, (member) => (member === peers ? items : 0)),
      // It says hello, and is welcomed.
      joinMessages: () => 2,
    };
  },
};

/** Napster: peers register what they hold with a server, ask it who holds something, and fetch it from each other. */
export const centralized: Paradigm = {
  name: 'centralized',
  column: 'centralized',
  setting: 'Napster: one server, which knows who holds what; peers fetch from each other.',
  findsByPart: true,
  build: (workload, random) => {
    const { peers, content } = workload;
    const topology = starOf(peers);
    const copies = content.holders.targets.length;
    const system = serverSystem(workload, topology, (alive) =>
      searchingBy(central, topology, contentAmong(content, alive), { server: peers }, random),
    );
    return {
      ...system,
      state: () => linksAnd(topology, (member) => (member === peers ? copies : 0)),
      // A login, its answer, and a message for each item that it shares.
      joinMessages: () => 2 + copies / peers,
    };
  },
};

function starOf(peers: number): Topology {
  const sources = Uint32Array.from({ length: peers }, (_, peer) => peer);
  return numberedGraph(peers + 1, { sources, targets: new Uint32Array(peers).fill(peers) });
}

function serverSystem(
  { peers }: Workload,
  topology: Topology,
  searchingAmong: (alive: Uint8Array) => Pick<System, 'ask'>,
): Pick<System, 'topology' | 'server' | 'ask' | 'after'> {
  return {
    topology,
    server: peers,
    ask: searchingAmong(new Uint8Array(peers + 1).fill(1)).ask,
    after: (alive) =>
      alive[peers] === 1 ? searchingAmong(alive) : { ask: () => ({ found: false, hops: null, messages: 0 }) },
  };
}

/** The links of each member, and what else it keeps. */
export function linksAnd(topology: Topology, more: (member: number) => number): Float64Array {
  return Float64Array.from(topology.degrees, (degree, member) => degree + more(member));
}
