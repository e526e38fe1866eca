import type { Address } from '../../src/core/address.ts';
import { createRandom } from '../../src/core/random.ts';
import type { Visit } from '../../src/core/visit.ts';
import { crawlOverlay } from '../support/crawl-overlay.ts';
import { gnutella } from '../../src/overlays/gnutella/gnutella.ts';
import type { NodeReport } from '../../src/overlays/gnutella/node/effect.ts';
import type { GnutellaNode } from '../../src/overlays/gnutella/node/node.ts';
import { type LiveNode, selfOrganisedNodes } from '../../src/simulate/live-population.ts';
import { liveTransport } from '../../src/simulate/live-virtual-transport.ts';
import { VirtualLiveOverlay } from '../../src/simulate/live-virtual.ts';
import { loopbackAddresses } from '../../src/simulate/loopback-addresses.ts';
import { START } from './support.ts';

export const addressOf = loopbackAddresses(6346);

export const MINUTE = 60_000;

/** What the nodes reported, with who did. */
export type Reported = NodeReport & { readonly node: Address };

/** Live nodes 20 ms from each other, and all that they report. */
export function liveOverlay(nodes: readonly LiveNode[], every = 100) {
  const reports: Reported[] = [];
  const overlay = new VirtualLiveOverlay({
    latency: 20,
    start: START,
    onReport: (node, report) => reports.push({ node, ...report }),
  });
  nodes.forEach((node, place) => {
    overlay.add(node, place * every);
  });
  return { overlay, reports };
}

/** Peers that find each other, a few files each. */
export function organised(
  count: number,
  seed: number,
  more: Partial<LiveNode> = {},
  personalityOf: (peer: number) => string | undefined = () => undefined,
): readonly LiveNode[] {
  const nodes = selfOrganisedNodes(count, 0.4, {
    addressOf,
    random: createRandom(seed),
    files: { perPeer: 8, catalogue: 200 },
    personalityOf,
  });
  return nodes.map((node) => ({ ...node, ...more }));
}

/** The addresses of a node's neighbours that it knows. */
export function neighboursOf(node: GnutellaNode): readonly Address[] {
  return node.neighbours().flatMap(({ address }) => (address === undefined ? [] : [address]));
}

/**
 * Hops from one node to the others over the connections that stand, where only superpeers pass on: breadth-first search.
 * @param mayEnter whether a leaf is reached at all.
 */
export function hopsFrom(
  overlay: VirtualLiveOverlay,
  from: Address,
  mayEnter: (leaf: GnutellaNode) => boolean = () => true,
): Map<Address, number> {
  const hops = new Map<Address, number>([[from, 0]]);
  for (const [address, far] of hops) {
    const node = overlay.at(address);
    if (node === undefined || (node.role === 'leaf' && address !== from)) continue;
    for (const next of neighboursOf(node)) {
      const other = overlay.at(next);
      if (other === undefined || hops.has(next)) continue;
      if (other.role === 'superpeer' || mayEnter(other)) hops.set(next, far + 1);
    }
  }
  return hops;
}

/** All visits of a crawl that begins at the first node. */
export async function visited(overlay: VirtualLiveOverlay): Promise<readonly Visit[]> {
  const visits: Visit[] = [];
  const crawling = crawlOverlay({
    bootstrap: [addressOf(0)],
    question: gnutella.question,
    followUp: (asked) => gnutella.followUp(asked),
    transport: liveTransport(overlay, { connectTimeout: 5_000, answerTimeout: 8_000 }),
    concurrency: 16,
    contactLeaves: false,
    signal: new AbortController().signal,
  });
  for await (const batch of crawling) visits.push(...batch);
  return visits;
}
