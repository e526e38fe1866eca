import type { Adjacency } from './adjacency.ts';

/** What a division of the peers into communities has of links, by community. */
export interface CommunityLinks {
  readonly peers: Uint32Array;
  /** Links between two members, and links from a member to somebody else. */
  readonly inner: Float64Array;
  readonly outer: Float64Array;
}

/**
 * @param rows undirected and simple: every link from both of its ends.
 * @param community of each peer, numbered from 0. O(n + links).
 */
export function communityLinks({ offsets, targets }: Adjacency, community: Uint32Array): CommunityLinks {
  let count = 0;
  for (const number of community) if (number >= count) count = number + 1;
  const peers = new Uint32Array(count);
  const inner = new Float64Array(count);
  const outer = new Float64Array(count);
  for (let peer = 0; peer < community.length; peer++) {
    const own = community[peer]!;
    peers[own]!++;
    const end = offsets[peer + 1]!;
    let alike = 0;
    for (let k = offsets[peer]!; k < end; k++) if (community[targets[k]!] === own) alike++;
    inner[own]! += alike;
    outer[own]! += end - offsets[peer]! - alike;
  }
  for (let own = 0; own < count; own++) inner[own]! /= 2;
  return { peers, inner, outer };
}

/**
 * How many more links lie within communities than chance would put there: the sum over communities of the share of links
 * inside minus the squared share of ends of links (Newman & Girvan, Finding and evaluating community structure in
 * networks, 2004). Null without links. O(communities).
 */
export function modularityOf({ inner, outer }: CommunityLinks): number | null {
  let ends = 0;
  for (let own = 0; own < inner.length; own++) ends += 2 * inner[own]! + outer[own]!;
  if (ends === 0) return null;
  let modularity = 0;
  for (let own = 0; own < inner.length; own++) {
    modularity += (2 * inner[own]!) / ends - ((2 * inner[own]! + outer[own]!) / ends) ** 2;
  }
  return modularity;
}
