import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { pairInOrder, type PeerRow, type TruthSessions } from '../../src/snapshot/rows.ts';
import { writeTruth } from '../../src/snapshot/write-truth.ts';
import { peerscope } from '../support/command-line.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { address } from '../support/visits.ts';

/** A directory with superpeers of these numbers, all of whom answered; a snapshot may as well be written as a truth is. */
function directory(
  name: string,
  numbers: readonly number[],
  pairs: readonly (readonly [number, number])[],
  sessions?: TruthSessions,
): string {
  const folder = join(temporaryFolder(), name);
  const peer = (number: number): PeerRow => ({
    id: address(number),
    address: address(number),
    role: 'superpeer',
    agent: undefined,
    outcome: 'ok',
    respondent: true,
    listing: undefined,
    truncated: false,
    liveSince: undefined,
    firstSeen: undefined,
    lastSeen: undefined,
  });
  const links = pairs.map(([a, b]) => ({
    ...pairInOrder(address(a), address(b)),
    relation: 'connection' as const,
    evidence: 'truth' as const,
    reportedBy: 'both' as const,
  }));
  const origin = { overlay: 'gnutella', options: {}, seed: 1, since: 100, at: 200 };
  writeTruth(folder, { peers: numbers.map(peer), links }, origin, sessions);
  return folder;
}

const session = (number: number, start: number, end?: number) => ({
  id: address(number),
  role: 'superpeer' as const,
  behaviour: 'healthy' as const,
  start,
  end,
});
const stood = (a: number, b: number, start: number, end?: number) => ({
  ...pairInOrder(address(a), address(b)),
  relation: 'connection' as const,
  start,
  end,
});

// Peer 3 came and peer 4 left while the crawl was going on, with their links.
const found = () =>
  directory(
    'snapshot',
    [1, 2, 4],
    [
      [1, 2],
      [1, 4],
    ],
  );
const truth = () =>
  directory(
    'truth',
    [1, 2, 3],
    [
      [1, 2],
      [1, 3],
    ],
    {
      sessions: [session(1, 0), session(2, 0), session(3, 150), session(4, 0, 150)],
      linkSessions: [stood(1, 2, 0), stood(1, 3, 150), stood(1, 4, 0, 150)],
    },
  );

describe('compare with a truth that has sessions', () => {
  it('says in JSON what the differences come from, and how it looks over the interval', async () => {
    const { code, stdout } = await peerscope(['compare', found(), truth(), '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      peers: { missing: 1, extra: 1 },
      peersInInterval: { found: 3, reference: 4, missing: 1, extra: 0 },
      linksInInterval: { found: 2, reference: 3, missing: 1, extra: 0 },
      causes: {
        peersMissing: [{ cause: 'churn', count: 1, share: 1 }],
        peersExtra: [{ cause: 'departed', count: 1, share: 1 }],
        linksMissing: [{ cause: 'churn', count: 1, share: 1 }],
        linksExtra: [{ cause: 'departed', count: 1, share: 1 }],
      },
    });
  });

  it('has the causes as a table and in CSV too', async () => {
    const [snapshot, reference] = [found(), truth()];
    const table = await peerscope(['compare', snapshot, reference, '--format', 'table']);
    expect(table.stdout).toMatch(/any time of the crawl\n(.*\n){2}peers +3 +4 +3 +1 +0 /);
    expect(table.stdout).toMatch(/departed +0 +1 +0 +1/);
    const csv = await peerscope(['compare', snapshot, reference]);
    const cells = parse(csv.stdout, { columns: true }) as unknown as Record<string, string>[];
    expect(cells.filter(({ table, row }) => table === 'causes' && row === '1')).toEqual([
      { table: 'causes', row: '1', column: 'what', value: 'peers missing' },
      { table: 'causes', row: '1', column: 'cause', value: 'churn' },
      { table: 'causes', row: '1', column: 'count', value: '1' },
      { table: 'causes', row: '1', column: 'share', value: '1' },
    ]);
  });

  it('compares with a truth without sessions at its instant only', async () => {
    const { stdout } = await peerscope([
      'compare',
      found(),
      directory('truth', [1, 2], [[1, 2]]),
      '--format',
      'json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      peersInInterval: null,
      causes: { peersExtra: [{ cause: 'invented' }], linksExtra: [{ cause: 'invented' }] },
    });
  });
});
