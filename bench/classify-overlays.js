// The overlays that bench/classify.js classifies: of each model by turns, with parameters from the ranges in docs/classify.md, and the columns
// that count as right for each.
import { createRandom, shuffle } from '../dist/core/random.js';
import { MODELS } from '../dist/models/index.js';
import { DEFAULT_MODEL_OPTIONS } from '../dist/models/model.js';
import { fromLinks } from '../dist/topology/builder.js';

const LEAST_PEERS = 100;
const MOST_PEERS = 3000;

const STAR = ['client-server', 'centralized'];

/** What each model draws, by name: options, and the right columns, which may depend on what came out. */
const KINDS = {
  pure: ({ pick }) => ({ options: { variant: pick(['erased', 'reject']) }, right: ['pure'] }),
  hybrid: ({ pick }) => ({
    options: { reading: pick(['A', 'B', 'C']) },
    right: (topology) => {
      const hubs = topology.columns.roles.filter((role) => role === 'superpeer').length;
      return hubs === 0 ? ['pure'] : hubs < 3 ? ['hybrid', 'pure'] : ['hybrid'];
    },
  }),
  configuration: ({ whole, real }) => ({
    options: { law: `power-law:1-${whole(7, 30)}:${real(1, 2).toFixed(2)}` },
    right: ['pure'],
  }),
  'two-tier': (draw) => ({
    options: { ...superpeers(draw), superpeersPerLeaf: draw.pick([1, 2, 3, { least: 1, most: 3 }]) },
    right: ['hybrid'],
  }),
  star: () => ({ options: {}, right: STAR }),
  'erdos-renyi': ({ real }) => ({ options: { meanDegree: real(2, 10) }, right: ['pure'] }),
  'barabasi-albert': ({ whole }) => {
    const linksPerPeer = whole(1, 5);
    return { options: { linksPerPeer }, right: linksPerPeer === 1 ? ['none'] : ['pure'] };
  },
  'watts-strogatz': ({ whole, real }) => {
    const rewiring = real(0, 1) < 0.25 ? 0 : 0.01 * 100 ** real(0, 1);
    const right = rewiring <= 0.1 ? ['structured'] : rewiring < 0.5 ? ['structured', 'pure'] : ['pure'];
    return { options: { neighbours: 2 * whole(2, 5), rewiring }, right };
  },
  'power-law-random-graph': ({ real }) => ({ options: { exponent: real(1.8, 2.5) }, right: ['pure'] }),
  ring: ({ whole }) => ({ options: { successors: whole(1, 5) }, right: ['structured'] }),
  grid: () => ({ options: {}, right: ['structured'] }),
  chord: ({ whole, pick }) => ({
    options: { successors: whole(1, 4), placement: pick(['random', 'even']) },
    right: ['structured'],
  }),
  can: ({ whole, pick }) => ({
    options: { dimensions: whole(2, 4), placement: pick(['random', 'even']) },
    right: ['structured'],
  }),
  kademlia: ({ whole, pick }) => ({
    options: { bucketSize: whole(1, 20), placement: pick(['random', 'even']) },
    right: (topology) => (densityOf(topology) > 0.9 ? ['structured', 'none'] : ['structured']),
  }),
  freenet: ({ whole, pick }) => ({
    options: { linksPerPeer: whole(1, 4), placement: pick(['random', 'even']) },
    right: ['pure', 'structured'],
  }),
  napster: ({ whole }) => {
    const transfers = whole(0, 5);
    return {
      options: { servers: whole(1, 5), transfers },
      right: transfers === 0 ? STAR : ['centralized'],
    };
  },
  'seti-at-home': ({ whole }) => ({ options: { redundancy: whole(1, 4) }, right: STAR }),
  jxta: (draw) => ({ options: superpeers(draw), right: ['hybrid'] }),
  usenet: () => ({ options: {}, right: ['pure'] }),
  dns: ({ whole, real }) => ({
    options: { fanOut: whole(2, 8), outsideShare: real(0, 0.8) },
    right: ['none'],
  }),
  skype: (draw) => ({
    options: { ...superpeers(draw), symmetricShare: draw.real(0, 0.5) },
    right: ['hybrid'],
  }),
  bittorrent: ({ whole }) => {
    const openingCap = whole(5, 40);
    return {
      options: { openingCap, connectionCap: 2 * openingCap, trackerSample: openingCap + 10 },
      right: ['pure'],
    };
  },
  'multicast-tree': ({ whole, real }) => {
    const isTree = real(0, 1) < 0.5;
    const fanOut = isTree ? whole(2, 8) : whole(2, 4);
    return {
      options: { fanOut, stripes: isTree ? 1 : fanOut },
      right: isTree ? ['none'] : ['none', 'pure'],
    };
  },
  'multicast-mesh': ({ whole }) => ({ options: { fanOut: whole(3, 8) }, right: ['pure'] }),
  tor: ({ whole, peers }) => ({ options: { circuits: whole(3, 10) * peers }, right: ['pure'] }),
  vehicular: ({ real, peers }) => ({
    options: { radioRange: Math.sqrt(real(5, 20) / (Math.PI * peers)) },
    right: ['none'],
  }),
  conferencing: ({ pick }) => {
    const arrangement = pick(['mesh', 'mixer', 'forwarding']);
    return { options: { arrangement }, right: arrangement === 'mesh' ? ['none'] : STAR };
  },
  'grid-computing': ({ whole }) => ({
    options: { clusters: whole(8, 30), redundancy: whole(2, 4) },
    right: (topology, { clusters }) => (hasLoop(topology, clusters) ? ['hybrid'] : ['hybrid', 'none']),
  }),
  federation: ({ whole, real }) => ({
    options: { linksPerPeer: whole(2, 5), blockShare: real(0, 0.1) },
    right: ['pure'],
  }),
  semantic: ({ whole }) => ({
    options: { clusters: whole(5, 20), linksPerPeer: whole(1, 4) },
    right: ['pure'],
  }),
};

/** At least 8 superpeers, and never more links for each than there are others. */
function superpeers({ real, whole, peers }) {
  const superpeerShare = Math.max(real(0.05, 0.2), 8 / peers);
  const most = Math.round(peers * superpeerShare) - 1;
  return { superpeerShare, superpeerDegree: Math.min(whole(10, 30), most) };
}

function densityOf({ size, pairs }) {
  return pairs.targets.length / ((size * (size - 1)) / 2);
}

/** Whether the links among the first peers have a loop. */
function hasLoop({ pairs: { offsets, targets } }, heads) {
  const root = Array.from({ length: heads }, (_, head) => head);
  const rootOf = (head) => (root[head] === head ? head : rootOf(root[head]));
  for (let head = 0; head < heads; head++)
    for (let k = offsets[head]; k < offsets[head + 1] && targets[k] < heads; k++) {
      const [a, b] = [rootOf(head), rootOf(targets[k])];
      if (a === b) return true;
      root[a] = b;
    }
  return false;
}

/** The overlay of a seed. Every other one of a model is a bare edge list: no direction, no roles, ids of no meaning, peers without links left out. */
export function overlayOf(seed) {
  const random = createRandom(seed).fork('classify');
  const model = MODELS[seed % MODELS.length];
  const peers = Math.round(LEAST_PEERS * (MOST_PEERS / LEAST_PEERS) ** random.uniform());
  const draw = {
    peers,
    whole: (least, most) => least + random.int(most - least + 1),
    real: (least, most) => least + (most - least) * random.uniform(),
    pick: (choices) => choices[random.int(choices.length)],
  };
  const { options, right } = KINDS[model.name](draw);
  const made = model.generate(
    { ...DEFAULT_MODEL_OPTIONS, peers, ...options },
    random.fork('overlay'),
  ).topology;
  const isBare = Math.floor(seed / MODELS.length) % 2 === 1;
  return {
    seed,
    model: model.name,
    peers,
    options,
    right: typeof right === 'function' ? right(made, options) : right,
    isBare,
    topology: isBare ? bareOf(made, random.fork('ids')) : made,
  };
}

/** The same links between peers that are numbered by chance. */
function bareOf({ size, pairs: { offsets, targets }, degrees }, random) {
  const linked = Uint32Array.from({ length: size }, (_, peer) => peer).filter((peer) => degrees[peer] > 0);
  shuffle(linked, random);
  const number = new Uint32Array(size);
  linked.forEach((peer, place) => (number[peer] = place));
  const sources = new Uint32Array(targets.length);
  for (let peer = 0; peer < size; peer++) sources.fill(number[peer], offsets[peer], offsets[peer + 1]);
  const ends = targets.map((peer) => number[peer]);
  return fromLinks({ directed: false, ids: linked.length, sources, targets: ends });
}
