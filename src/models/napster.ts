import type { Role } from '../core/claims.ts';
import type { Random } from '../core/random.ts';
import { LinkSet } from './link-set.ts';
import type { Expectation, Model, ModelOptions } from './model.ts';
import { numberedGraph } from './numbered-graph.ts';
import { requireWhole } from './parameters.ts';
import { byRoles } from './tier-relations.ts';
import { Zipf } from './zipf.ts';

/**
 * Napster: each of N peers registers its files at one of S servers, which keep the index and are linked to each other, and
 * fetches some files directly from peers that have them. Servers come on top of the peers and are numbers 0..S-1. A link
 * between a peer and a server is a registration, one between two peers a transfer. There are as many files as peers; what is
 * shared and what is wanted is drawn by Zipf's law. O(peers x files).
 */
export const napster: Model = {
  name: 'napster',
  title:
    'Napster: peers registered at a server or a mesh of them, which come on top; transfers between peers',
  options: ['servers', 'transfers'],
  tiers: true,
  generate: (options, random) => {
    requireShape(options);
    const { peers, servers, transfers } = options;
    const size = peers + servers;
    const links = new LinkSet(size, peers * (1 + transfers) + (servers * (servers - 1)) / 2);
    for (let a = 0; a < servers; a++) for (let b = 0; b < a; b++) links.add(a, b);
    const homes = random.fork('servers');
    for (let peer = servers; peer < size; peer++) links.add(peer, homes.int(servers));
    const registered = links.count;
    if (transfers > 0) fetchFiles(links, options, random.fork('files'));
    const roles = Array.from({ length: size }, (_, peer): Role => (peer < servers ? 'superpeer' : 'leaf'));
    const notes = [
      `${peers} peers, and ${servers === 1 ? 'one server, which is peer 0' : `${servers} servers, the first peers`}.`,
      `${links.count - registered} links are transfers.`,
    ];
    return { topology: numberedGraph(size, links.list(), { roles }, byRoles(roles, 'transfer')), notes };
  },
  expected: (options) => {
    requireShape(options);
    const { peers, servers, transfers } = options;
    const whole: Expectation[] = [
      { metric: 'components', value: 1, tolerance: 0, source: 'by construction' },
      { metric: 'giantShare', value: 1, tolerance: 0, source: 'by construction' },
    ];
    if (transfers > 0) return whole;
    const links = peers + (servers * (servers - 1)) / 2;
    return [
      ...whole,
      {
        metric: 'links',
        value: links,
        tolerance: 0,
        source: 'a registration for each peer, a mesh of servers',
      },
      ...expectedDistance(options),
    ];
  },
};

/** Two peers are 2 apart with the same server, which they have with the probability 1/S, and else 3. */
function expectedDistance({ peers, servers }: ModelOptions): Expectation[] {
  const size = peers + servers;
  const betweenPeers = (peers * (peers - 1) * (3 - 1 / servers)) / 2;
  const toServers = peers * (1 + 2 * (servers - 1));
  const value = (betweenPeers + toServers + (servers * (servers - 1)) / 2) / ((size * (size - 1)) / 2);
  const source = '2 hops by way of one server, 3 by way of two';
  return [{ metric: 'meanDistance', value, tolerance: servers === 1 ? 1e-9 : 0.05, source }];
}

function requireShape({ peers, servers, transfers }: ModelOptions): void {
  requireWhole('peers', peers, 1);
  requireWhole('servers', servers, 1);
  requireWhole('transfers', transfers, 0);
}

/** Files that each peer shares. */
const FILES_PER_PEER = 10;

/** The index: who has each file; then everybody fetches files from one of those who have them. */
function fetchFiles(links: LinkSet, { peers, servers, transfers }: ModelOptions, random: Random): void {
  const popularity = new Zipf(peers);
  const index = Array.from({ length: peers }, (): number[] => []);
  for (let peer = servers; peer < links.size; peer++)
    for (let file = 0; file < FILES_PER_PEER; file++) index[popularity.draw(random)]!.push(peer);
  for (let peer = servers; peer < links.size; peer++)
    for (let transfer = 0; transfer < transfers; transfer++) {
      const holders = index[popularity.draw(random)]!;
      if (holders.length > 0) links.add(peer, holders[random.int(holders.length)]!);
    }
}
