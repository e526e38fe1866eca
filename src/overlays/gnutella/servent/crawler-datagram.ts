import type { Address } from '../../../core/address.ts';
import { EMPTY } from '../../../core/byte-reader.ts';
import type { Acquaintance, ServentState } from '../../overlay.ts';
import {
  CRAWL_MINUTES,
  CRAWL_NEW_ONLY,
  CRAWL_UPTIME,
  CRAWL_USER_AGENTS,
  type CrawlerPing,
} from '../wire/crawler-ping.ts';
import type { CrawlerEntry } from '../wire/crawler-pong.ts';
import { DESCRIPTOR_TYPES } from '../wire/descriptor-type.ts';
import { endpointOf } from '../wire/endpoint.ts';
import type { Guid } from '../wire/guid.ts';
import { encodeMessage, newHeader } from '../wire/message.ts';
import { packUserAgents, type UserAgents } from '../wire/user-agents.ts';
import { plainName } from '../wire/values.ts';
import { MAX_AGENT_CHARACTERS, MAX_CRAWLER_ENTRIES } from './limits.ts';
import type { CrawlerPongs } from './personality.ts';
import { type Self, uptimeSeconds } from './pongs.ts';
import { toldNeighbours } from './told-neighbours.ts';

/**
 * The answer to a crawler's datagram (LIME/6v1), or undefined where the servent keeps silent. It tells of what was asked
 * for only what its program understands and what it knows, and clears the other bits, as gtk-gnutella does; what it knows of
 * its neighbours is `state.acquaintance`. IPv4 only: there is no room for others. The first ones are told where fewer are wanted
 * than there are; the originals begin anywhere.
 */
export function answerCrawlerPing(
  self: Self,
  how: CrawlerPongs,
  remoteIp: string,
  { guid, ping }: { readonly guid: Guid; readonly ping: CrawlerPing },
): Uint8Array | undefined {
  const { state } = self;
  if (!how.takesLongPings && ping.rest.length > 0) return undefined;
  const features = ping.features & how.features & knownFeatures(state);
  const told = toldNeighbours(state, remoteIp, MAX_CRAWLER_ENTRIES);
  const peers = chosen(told.peers, ping.superpeers, state, features);
  const leaves = chosen(told.leaves, ping.leaves, state, features);
  if (how.needsEntries && peers.length + leaves.length === 0) return undefined;
  const hasAgents = (features & CRAWL_USER_AGENTS) !== 0;
  return encodeMessage({
    kind: 'crawler-pong',
    header: newHeader({ guid, type: DESCRIPTOR_TYPES.vendor, ttl: 1 }),
    body: {
      version: 1,
      features,
      uptime: uptimeSeconds(state, self.now),
      dhtStatus: undefined,
      superpeers: peers.map((peer) => entryOf(peer, self)),
      leaves: leaves.map((leaf) => entryOf(leaf, self)),
      agents: hasAgents ? agentsOf([...peers, ...leaves], state, how) : undefined,
      rest: EMPTY,
    },
  });
}

/** What can be told at all: without acquaintances nothing of the neighbours but where they are. */
function knownFeatures({ acquaintance }: ServentState): number {
  const ofNeighbours = CRAWL_MINUTES | CRAWL_NEW_ONLY | CRAWL_USER_AGENTS;
  return CRAWL_UPTIME | (acquaintance === undefined ? 0 : ofNeighbours);
}

function chosen(
  neighbours: readonly Address[],
  wanted: number,
  state: ServentState,
  features: number,
): readonly Address[] {
  const newOnly = (features & CRAWL_NEW_ONLY) !== 0;
  const found: Address[] = [];
  for (const neighbour of neighbours) {
    if (found.length >= wanted) break;
    const isTold = !newOnly || state.acquaintance?.(neighbour).datagrams === true;
    if (isTold && !neighbour.startsWith('[')) found.push(neighbour);
  }
  return found;
}

const MINUTE = 60_000;

function entryOf(neighbour: Address, { state, now }: Self): CrawlerEntry {
  const { connectedAt = now } = acquaintanceOf(state, neighbour);
  const minutes = Math.min(0xffff, Math.max(0, Math.floor((now - connectedAt) / MINUTE)));
  return { endpoint: endpointOf(neighbour), minutes, language: undefined, replies: undefined };
}

/** Where they do not fit they are left out, and the bit that promises them stays, as in gtk-gnutella. */
function agentsOf(
  neighbours: readonly Address[],
  state: ServentState,
  how: CrawlerPongs,
): UserAgents | undefined {
  const names = neighbours.map((neighbour) => plainName(acquaintanceOf(state, neighbour).agent ?? ''));
  const characters = names.reduce((sum, name) => sum + name.length, 0);
  return characters > MAX_AGENT_CHARACTERS
    ? undefined
    : packUserAgents(how.agents, names, plainName(state.agent));
}

function acquaintanceOf(state: ServentState, neighbour: Address): Acquaintance {
  return state.acquaintance?.(neighbour) ?? {};
}
