import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Address } from '../core/address.ts';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import { prefixText } from '../core/ip-prefix.ts';
import type { PrefixSet } from '../core/prefix-set.ts';
import { VERSION } from '../core/version.ts';
import type { ContactGate } from '../crawl/manners/contact-gate.ts';
import {
  LOOPBACK_MANNERS,
  mannersOf,
  recordedManners,
  type CrawlManners,
} from '../crawl/manners/crawl-manners.ts';
import { ethicsPage } from '../reports/ethics-page.ts';
import type { Manifest } from '../snapshot/manifest.ts';
import { writePrivateFacts, type PrivateFacts } from '../snapshot/private-facts.ts';
import { createKey, keyName, keyText, parseKey, type PseudonymKey } from '../snapshot/pseudonym-key.ts';
import { Pseudonyms } from '../snapshot/pseudonyms.ts';
import { readManners, readPromises, type RecordedManners } from '../snapshot/recorded-manners.ts';
import { replaceFile } from '../snapshot/replace-file.ts';
import type { CliContext } from './context.ts';
import type { MannersArguments } from './manners-arguments.ts';

/** How a crawl behaves, how it introduces itself, and what it tells of others. */
export interface Conduct {
  readonly manners: CrawlManners;
  /** The same as plain data; the manifest leaves out of it what others must not see. */
  readonly promises: RecordedManners;
  /** Under which name it asks; by default that of the program. */
  readonly introduction?: { readonly agent: string; readonly seed: string };
  /** What addresses are called in tables and reports; by default what they are. */
  readonly pseudonyms?: Pseudonyms;
  /** What the manifest says about all this. */
  readonly recorded: Readonly<Record<string, unknown>>;
}

/** A crawl of this machine alone. */
export const LOOPBACK_CONDUCT: Conduct = conductOnLoopback(LOOPBACK_MANNERS);

export function conductOnLoopback(
  manners: CrawlManners,
  promises: RecordedManners = recordedManners(manners),
): Conduct {
  return { manners, promises, recorded: { manners: promises } };
}

/** What the user asked for. A live crawl says who runs it, and its tables hold pseudonyms by a key of the user's. */
export function conductOf(
  { manners, purpose, rawAddresses }: MannersArguments,
  context: CliContext,
): Conduct {
  const { contact } = manners;
  if (manners.policy.scope === 'loopback' || contact === undefined) return conductOnLoopback(manners);
  const seed = randomBytes(16).toString('hex');
  const promises = recordedManners(manners);
  const told = { purpose, guidSeed: seed };
  const introduction = { agent: liveAgent(contact), seed };
  const live = { manners, promises, introduction };
  if (rawAddresses) return { ...live, recorded: { ...told, manners: promises, rawAddresses } };
  const key = userKey(context);
  const recorded = { ...told, manners: withoutNames(promises), pseudonyms: keyName(key) };
  return { ...live, pseudonyms: new Pseudonyms(key), recorded };
}

/** Who asked to be left alone, and who crawled from where, stand beside the journal instead. */
function withoutNames(promises: RecordedManners): RecordedManners {
  return { ...promises, excluded: [], excludedLater: [], sources: [] };
}

/**
 * How a crawl that goes on behaves, or a series: as it did, but whoever has asked to be left alone meanwhile is left alone too. Its
 * tables hold pseudonyms by the same key.
 * @throws {PeerscopeError} (usage) where the key is another one now.
 */
export function resumedConduct(
  { options }: Pick<Manifest, 'options'>,
  facts: PrivateFacts | undefined,
  excluded: PrefixSet,
  directory: string,
  context: CliContext,
): Conduct {
  const before = readPromises({ ...(options['manners'] as object | undefined), ...facts }, directory);
  const named = new Set([before, ...before.excludedLater].flatMap(({ excluded: prefixes }) => prefixes));
  const added = excluded.prefixes.map(prefixText).filter((prefix) => !named.has(prefix));
  const later = { since: new Date(context.now()).toISOString(), excluded: added };
  const promises =
    added.length === 0 ? before : { ...before, excludedLater: [...before.excludedLater, later] };
  const manners = mannersOf(readManners(promises, directory));
  if (manners.policy.scope === 'loopback') return conductOnLoopback(manners, promises);
  const seed = options['guidSeed'];
  if (manners.contact === undefined || typeof seed !== 'string') {
    throw new PeerscopeError('bad-input', `the manifest of ${directory} has been altered`);
  }
  const introduction = { agent: liveAgent(manners.contact), seed };
  const live = { manners, promises, introduction };
  if (options['pseudonyms'] === undefined) return { ...live, recorded: { ...options, manners: promises } };
  const key = userKey(context);
  if (keyName(key) !== options['pseudonyms']) {
    throw new PeerscopeError('usage', `the pseudonyms of ${directory} were made with another key`, {
      hint: 'Put that key back into the state folder, or crawl anew.',
    });
  }
  const recorded = { ...options, manners: withoutNames(promises) };
  return { ...live, pseudonyms: new Pseudonyms(key), recorded };
}

/** What stands beside the tables when a crawl begins. */
export function writeBooks(
  directory: string,
  manifest: Manifest,
  conduct: Conduct,
  bootstrap: readonly Address[],
): void {
  keepPrivateFacts(directory, conduct, bootstrap);
  writeEthicsPage(directory, manifest, conduct, {});
}

/** What only the owner of a snapshot or a series may read, where its tables hold pseudonyms. */
export function keepPrivateFacts(
  directory: string,
  { pseudonyms, promises }: Conduct,
  bootstrap: readonly Address[],
): void {
  if (pseudonyms === undefined) return;
  const { excluded, excludedLater, sources } = promises;
  mkdirSync(join(directory, 'visits'), { recursive: true, mode: 0o700 });
  writePrivateFacts(directory, { bootstrap, excluded, excludedLater, sources });
}

function liveAgent(contact: string): string {
  return `peerscope/${VERSION} (crawl; +${contact})`;
}

/** The page about the crawl's manners. */
export function writeEthicsPage(
  directory: string,
  manifest: Manifest,
  { promises, pseudonyms, recorded }: Conduct,
  contacts: ContactGate['counts'],
): void {
  const { purpose, pseudonyms: key } = recorded;
  const page = ethicsPage({
    ...manifest,
    purpose: typeof purpose === 'string' ? purpose : undefined,
    manners: promises,
    contacts,
    excludedEndpoints: manifest.counts?.byOutcome.excluded ?? 0,
    pseudonyms: pseudonyms !== undefined && typeof key === 'string' ? { key } : undefined,
  });
  replaceFile(join(directory, 'ETHICS.md'), page);
}

/** The key of this user's pseudonyms, which is made when it is needed first, so that ids agree between crawls. */
function userKey({ env }: CliContext): PseudonymKey {
  const folder = join(env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'peerscope');
  const path = join(folder, 'pseudonym.key');
  try {
    return parseKey(readFileSync(path, 'utf8'), path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = `${path}.${process.pid}`;
  writeFileSync(own, `${keyText(createKey(randomBytes))}\n`, { mode: 0o600 });
  try {
    // Only the first one becomes the key, where two crawls make one at the same time.
    linkSync(own, path);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(own, { force: true });
  }
  return parseKey(readFileSync(path, 'utf8'), path);
}
