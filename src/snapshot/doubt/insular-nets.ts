import { surpriseOfMore } from '../../statistics/unlikely.ts';
import type { ClaimedLinks } from './claimed-links.ts';

/** A network (/24, or /64 of IPv6) whose peers keep to themselves. */
export interface InsularNet {
  readonly net: number;
  /** Peers in it that spoke. */
  readonly peers: number;
  /** Claims of its peers about others that spoke, and those of them that stay within the insular nets. */
  readonly claims: number;
  readonly inside: number;
}

export interface Insularity {
  /** Most peers first. */
  readonly nets: readonly InsularNet[];
  /** Places of peers in them more than half of whose claims stay inside. */
  readonly members: readonly number[];
}

/**
 * Networks whose peers are, many at a time, connected among themselves far more than chance would have it: so looks somebody who runs many peers at
 * few addresses to fill other peers' lists. A net is insular where LEAST_PEERS of its peers spoke, at least LEAST_INSIDE of their claims stay
 * within it, which chance would bring about less often than once in e^SURPRISE (peers there by all peers), and LEAST_TOGETHER of
 * them stay within all such nets together.
 *
 * Where such nets hold half of all peers, the overlay is built that way (a ring of neighbouring addresses, one laboratory), and nobody is
 * doubted. O(rounds x nets + links).
 * @param netOf the net of a peer that spoke, from 0; -1 for one that did not.
 */
export function insularNets(links: ClaimedLinks, netOf: Int32Array, nets: number): Insularity {
  const peers = new Uint32Array(nets);
  const claims = new Uint32Array(nets);
  const within = new Uint32Array(nets);
  let all = 0;
  for (const net of netOf) {
    if (net < 0) continue;
    peers[net]! += 1;
    all += 1;
  }
  links.forEachClaim((reporter, other) => {
    const net = netOf[reporter]!;
    if (net < 0 || netOf[other]! < 0) return;
    claims[net]! += 1;
    if (netOf[other] === net) within[net]! += 1;
  });
  const isInsular = new Uint8Array(nets);
  for (let net = 0; net < nets; net++) {
    const usual = peers[net]! / all;
    const least = Math.max(LEAST_INSIDE, TIMES_USUAL * usual) * claims[net]!;
    const enough = peers[net]! >= LEAST_PEERS && within[net]! >= least;
    const surprise = enough ? surpriseOfMore(within[net]!, claims[net]!, usual) : 0;
    isInsular[net] = surprise >= SURPRISE ? 1 : 0;
  }
  let inside = new Uint32Array(nets);
  for (let changed = isInsular.includes(1); changed;) {
    changed = false;
    inside = new Uint32Array(nets);
    links.forEachClaim((reporter, other) => {
      const net = netOf[reporter]!;
      if (net >= 0 && isInsular[net] === 1 && netOf[other]! >= 0 && isInsular[netOf[other]!] === 1)
        inside[net]! += 1;
    });
    for (let net = 0; net < nets; net++) {
      if (isInsular[net] === 0 || inside[net]! >= LEAST_TOGETHER * claims[net]!) continue;
      isInsular[net] = 0;
      changed = true;
    }
  }
  const found = Array.from(peers, (count, net) => ({
    net,
    peers: count,
    claims: claims[net]!,
    inside: inside[net]!,
  }))
    .filter(({ net }) => isInsular[net] === 1)
    .sort((a, b) => b.peers - a.peers || a.net - b.net);
  const doubted = found.reduce((sum, net) => sum + net.peers, 0);
  if (found.length === 0 || 2 * doubted >= all) return { nets: [], members: [] };
  return { nets: found, members: membersOf(links, netOf, isInsular) };
}

function membersOf(links: ClaimedLinks, netOf: Int32Array, isInsular: Uint8Array): number[] {
  const isIn = (place: number): boolean => netOf[place]! >= 0 && isInsular[netOf[place]!] === 1;
  /** Claims inside, less those outside, of each. */
  const balance = new Map<number, number>();
  links.forEachClaim((reporter, other) => {
    if (!isIn(reporter) || netOf[other]! < 0) return;
    balance.set(reporter, (balance.get(reporter) ?? 0) + (isIn(other) ? 1 : -1));
  });
  return [...balance].filter(([, more]) => more > 0).map(([place]) => place);
}

const LEAST_PEERS = 16;
const LEAST_INSIDE = 0.1;
/** Where many are insular, all others are linked among themselves somewhat more than chance would have it. */
const TIMES_USUAL = 2;
/** Where addresses are given out in the order of arrival, peers that came at the same time are linked too: some 80 % of what they claim. */
const LEAST_TOGETHER = 0.9;
const SURPRISE = Math.log(1e9);
