import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { parseAddress, type Address } from '../core/address.ts';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import { isRespondent } from '../core/outcome.ts';
import type { Random } from '../core/random.ts';
import type { Visit } from '../core/visit.ts';
import { Reservoir } from './accuracy/reservoir.ts';
import { readJournal } from './journal.ts';
import { replaceFile } from './replace-file.ts';

/** A peer that answered an earlier crawl of a series, and that the next one begins at besides those that the user named. */
export interface RememberedPeer {
  readonly address: Address;
  /** Since which crawl it has been remembered, by that crawl's start: milliseconds since 1970. */
  readonly since: number;
}

/** Peers that the next crawl begins at: one that answers is enough, and many of them may have gone by then. */
export const MOST_REMEMBERED_PEERS = 100;

/** BOUNDED: of a journal so many visits with an answer are read, since the next crawl waits for it. Who is remembered is asked first. */
const MOST_ANSWERS_READ = 10_000;

export interface RememberOptions {
  /** When the crawl began, milliseconds since 1970. */
  readonly startedAt: number;
  /** Whether this peer may be contacted at the beginning of the next crawl. */
  readonly may: (address: Address) => boolean;
  readonly random: Random;
}

/**
 * Whom to remember of a crawl. Those who were remembered before and have answered again stay, the longest first; free places go
 * to others who answered, by lot. No leaves: they know one or two peers. The same journal gives the same peers.
 *
 * So of any hundred peers those are left, after many crawls, that stay longest, and nothing has to be kept of the others.
 */
export async function peersToRemember(
  snapshotDir: string,
  { startedAt, may, random }: RememberOptions,
): Promise<readonly RememberedPeer[]> {
  if (!existsSync(join(snapshotDir, 'visits'))) return [];
  const before = new Map(readRememberedPeers(snapshotDir).map(({ address, since }) => [address, since]));
  const stayed = new Map<Address, number>();
  const drawn = new Reservoir<Address>(MOST_REMEMBERED_PEERS, random);
  const seen = new Set<Address>();
  for await (const visit of readJournal(snapshotDir, () => undefined)) {
    const { endpoint } = visit;
    if (seen.has(endpoint) || !knowsOthers(visit) || !may(endpoint)) continue;
    seen.add(endpoint);
    const since = before.get(endpoint);
    if (since === undefined) drawn.offer(endpoint);
    else stayed.set(endpoint, since);
    if (seen.size === MOST_ANSWERS_READ) break;
  }
  const elders = Array.from(stayed, ([address, since]) => ({ address, since }));
  elders.sort((a, b) => a.since - b.since || (a.address < b.address ? -1 : 1));
  const others = drawn.kept.map((address) => ({ address, since: startedAt }));
  return [...elders, ...others].slice(0, MOST_REMEMBERED_PEERS);
}

/** It answered, and does not call itself a leaf. */
function knowsOthers({ endpoint, outcome, claims }: Visit): boolean {
  return isRespondent(outcome) && claims.peers.find(({ address }) => address === endpoint)?.role !== 'leaf';
}

const schema = z.array(
  z.object({
    address: z.string().transform((text, context) => {
      const address = parseAddress(text);
      if (address !== undefined) return address;
      context.addIssue('it is no address');
      return z.NEVER;
    }),
    since: z.number(),
  }),
);

/** Within a snapshot, beside the journal: only its owner may read it, since it holds raw addresses. */
const FILE = 'visits/remembered.json';

/** Writes down whom a crawl begins at besides those that the user named, so that it can go on after a crash. */
export function writeRememberedPeers(snapshotDir: string, peers: readonly RememberedPeer[]): void {
  mkdirSync(join(snapshotDir, 'visits'), { recursive: true, mode: 0o700 });
  replaceFile(join(snapshotDir, FILE), `${JSON.stringify(peers, null, 2)}\n`, 0o600);
}

/** None where the crawl began only at those whom the user named. */
export function readRememberedPeers(snapshotDir: string): readonly RememberedPeer[] {
  const path = join(snapshotDir, FILE);
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw new PeerscopeError('bad-input', `${path} cannot be read, or is not as it was written`, {
      cause: error,
    });
  }
}
