import { PeerscopeError } from '../../../core/errors.ts';
import type { Status } from '../../../core/visit.ts';
import type { Personality, ServentState } from '../../overlay.ts';
import type { Header } from '../wire/header-block.ts';
import type { AgentPacking } from '../wire/user-agents.ts';
import type { Refusal } from './refusal.ts';

/**
 * What one servent program does otherwise than the next (docs/gnutella.md). What is not here, all of them do alike: a
 * program of which it is not known does as gtk-gnutella, the only one that was observed.
 */
export interface GnutellaPersonality extends Personality {
  /** Knows 0.4 only, and answers a greeting of any version with that; the others close on one below 0.6. */
  readonly isOld: boolean;
  /** Connections that a superpeer has room for. A leaf has dialled all that it wants, and takes none. */
  readonly slots: { readonly superpeers: number; readonly leaves: number };
  /** How it answers crawlers over TCP; undefined where it does not know the header `Crawler`. */
  readonly crawlers?: CrawlerAnswers;
  /** Why it refuses an ordinary connection. */
  readonly reasons: Reasons;
  /** Block 2 that says no; undefined where it closes without a word. */
  readonly refuse?: (state: ServentState, refusal: Refusal) => Uint8Array;
  /** Whether it says so where block 1 is too big; the others close. */
  readonly refusesTooMuch: boolean;
  /** Whether it limits how often a source may connect, in the manner `rate-limiting`. */
  readonly limitsConnections: boolean;
  /** The headers of block 2 with which it takes a connection. */
  acceptance(state: ServentState, welcome: Welcome): readonly Header[];
  /** Vendor and version that it puts into its Pongs; undefined where these hold no extensions. */
  readonly vendor?: { readonly code: string; readonly version: number };
  /** The version of GUESS in the Pongs of its superpeers. */
  readonly guess?: number;
  /** How it answers crawlers by datagram. */
  readonly crawlerPong?: CrawlerPongs;
}

export interface CrawlerAnswers {
  /** Whether this value of `Crawler` asks for neighbours. */
  hears(value: string): boolean;
  /** Block 2 with its neighbours; @param room characters for them, where they are less than usual. */
  answer(state: ServentState, room?: number): Uint8Array;
  /** The same with these texts besides, whatever they are, and without regard to any room. */
  lie(state: ServentState, lies: readonly string[]): Uint8Array;
}

export interface CrawlerPongs {
  /** CRAWL_… bits that it understands. */
  readonly features: number;
  readonly agents: AgentPacking;
  /** Whether it answers a ping with more than its three bytes. */
  readonly takesLongPings: boolean;
  /** Whether it keeps silent where it has nobody to report. */
  readonly needsEntries: boolean;
  /** Milliseconds between two answers to one source, in the manner `rate-limiting`. */
  readonly period: number;
}

export interface Reasons {
  /** All slots for such a peer are taken. */
  superpeers(state: ServentState): Status;
  leaves(state: ServentState): Status;
  /** It is a leaf itself. @param toLeaf whether the one that asks is one too. */
  leaf(state: ServentState, toLeaf: boolean): Status;
  /** Whoever does not say what it is; undefined where that one counts as a leaf. */
  readonly unclear?: Status;
  /** The words that go with a code, where a manner chose it. */
  ofCode(state: ServentState, code: number): string;
}

/** What block 2 has to take up of the side that called. */
export interface Welcome {
  readonly remoteIp: string;
  readonly asked: readonly Header[];
  /** Whether what we send will be deflated. */
  readonly deflated: boolean;
}

/** The personality of a servent. Throws a usage error for one that is not among them. */
export function personalityOf(
  { personality }: ServentState,
  among: readonly [GnutellaPersonality, ...GnutellaPersonality[]],
): GnutellaPersonality {
  if (personality === undefined) return among[0];
  const found = among.find(({ name }) => name === personality);
  if (found !== undefined) return found;
  throw new PeerscopeError('usage', `no Gnutella servent is called "${personality}"`, {
    hint: `There are ${among.map(({ name }) => name).join(', ')}.`,
  });
}
