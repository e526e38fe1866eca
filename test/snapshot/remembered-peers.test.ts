import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Address } from '../../src/core/address.ts';
import { createRandom } from '../../src/core/random.ts';
import type { Visit } from '../../src/core/visit.ts';
import { openJournal } from '../../src/snapshot/journal.ts';
import {
  MOST_REMEMBERED_PEERS,
  peersToRemember,
  readRememberedPeers,
  writeRememberedPeers,
} from '../../src/snapshot/remembered-peers.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { address, listing, visit } from '../support/visits.ts';

const answered = (number: number): Visit => visit(address(number), { claims: listing(address(number), []) });

function crawlOf(visits: readonly Visit[]): string {
  const directory = temporaryFolder();
  const journal = openJournal(directory);
  journal.append(visits);
  journal.close();
  return directory;
}

async function remembered(directory: string, parts: { seed?: number; not?: Address } = {}) {
  const random = createRandom(parts.seed ?? 1);
  const may = (peer: Address): boolean => peer !== parts.not;
  return peersToRemember(directory, { startedAt: 5_000, may, random });
}

describe('who is remembered of a crawl', () => {
  it('are superpeers that answered and may be contacted: not those that failed or refused, and no leaves', async () => {
    const leaf = address(3);
    const directory = crawlOf([
      answered(1),
      visit(address(2), { outcome: 'connect-refused' }),
      visit(leaf, { claims: { peers: [{ address: leaf, role: 'leaf' }] } }),
      visit(address(4), { outcome: 'busy', status: { code: 503, reason: 'Busy' } }),
      answered(5),
      visit(address(6), { outcome: 'partial' }),
    ]);
    const peers = await remembered(directory, { not: address(5) });
    expect(peers).toEqual([
      { address: address(1), since: 5_000 },
      { address: address(6), since: 5_000 },
    ]);
  });

  it('are at most a hundred: first those remembered longest that answered again, and others by lot', async () => {
    const directory = crawlOf(Array.from({ length: 200 }, (_, k) => answered(k + 1)));
    writeRememberedPeers(directory, [
      { address: address(190), since: 2_000 },
      { address: address(7), since: 1_000 },
      { address: address(222), since: 500 },
    ]);
    const peers = await remembered(directory);
    expect(peers).toHaveLength(MOST_REMEMBERED_PEERS);
    expect(peers.slice(0, 2)).toEqual([
      { address: address(7), since: 1_000 },
      { address: address(190), since: 2_000 },
    ]);
    expect(new Set(peers.map(({ address: peer }) => peer)).size).toBe(MOST_REMEMBERED_PEERS);
    expect(await remembered(directory)).toEqual(peers);
    expect(await remembered(directory, { seed: 2 })).not.toEqual(peers);
  });

  it('is nobody where nothing was recorded', async () => {
    expect(await remembered(temporaryFolder())).toEqual([]);
    expect(await remembered(join(temporaryFolder(), 'none'))).toEqual([]);
  });

  it('stands beside the journal for its owner only, and is refused where it was altered', () => {
    const directory = temporaryFolder();
    expect(readRememberedPeers(directory)).toEqual([]);
    const peers = [{ address: address(1), since: 5 }];
    writeRememberedPeers(directory, peers);
    expect(readRememberedPeers(directory)).toEqual(peers);
    const path = join(directory, 'visits', 'remembered.json');
    expect(statSync(path).mode & 0o077).toBe(0);
    writeFileSync(path, readFileSync(path, 'utf8').replace('127.9.0.1:6346', 'nowhere'));
    expect(() => readRememberedPeers(directory)).toThrow('is not as it was written');
  });
});
