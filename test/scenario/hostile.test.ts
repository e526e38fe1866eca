// Everything at once on real sockets, and a crawler whose own clock is set while it crawls.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readJournal } from '../../src/snapshot/journal.ts';
import { readManifest, type Manifest } from '../../src/snapshot/manifest.ts';
import { readSnapshot } from '../../src/snapshot/read.ts';
import type { Visit } from '../../src/core/visit.ts';
import { peerscope } from '../support/command-line.ts';
import { temporaryFolder } from '../support/temporary.ts';

interface Compared {
  readonly peers: { readonly completeness: number };
  readonly causes: Readonly<Record<string, readonly { readonly cause: string; readonly count: number }[]>>;
}

async function compared(snapshot: string, truth: string): Promise<Compared> {
  const { code, stdout, stderr } = await peerscope(['compare', snapshot, truth, '--format', 'json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Compared;
}

async function journalOf(directory: string): Promise<Visit[]> {
  const visits: Visit[] = [];
  for await (const visit of readJournal(directory, () => expect.unreachable())) visits.push(visit);
  return visits;
}

describe('the scenario hostile', () => {
  it('on sockets with 600 peers is crawled to its end, and compared with its truth', async () => {
    const folder = temporaryFolder();
    const [out, truth] = [join(folder, 'snapshot'), join(folder, 'truth')];
    const argv = ['crawl', '--simulate', 'hostile', '--peers', '600', '--out', out, '--truth', truth];
    const run = await peerscope([...argv, '--answer-timeout', '2000', '--format', 'json']);
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
    expect(run.stdout).toContain('connect timeouts and missing routes exist in virtual time only');
    const manifest = readManifest(out);
    expect(manifest.state).toBe('complete');
    for (const outcome of [
      'ok',
      'silent',
      'refused',
      'busy',
      'reset',
      'connect-refused',
      'excluded',
    ] as const)
      expect(manifest.counts?.byOutcome[outcome]).toBeGreaterThan(0);
    const { peers, causes } = await compared(out, truth);
    expect(peers.completeness).toBeGreaterThan(0.5);
    expect(causes['peersExtra']?.map(({ cause }) => cause)).toEqual(
      expect.arrayContaining(['sybil', 'invented']),
    );
    expect(causes['peersMissing']?.map(({ cause }) => cause)).toContain('hidden');
  });

  it.each(['hostile', 'churning'])('of %s in virtual time leaves nothing unexplained', async (scenario) => {
    const folder = temporaryFolder();
    const [out, truth] = [join(folder, 'snapshot'), join(folder, 'truth')];
    const argv = [
      'crawl',
      '--simulate',
      scenario,
      '--virtual',
      '--peers',
      '300',
      '--out',
      out,
      '--truth',
      truth,
    ];
    // The floods take a while; long delays, so that many peers leave while the crawl goes on.
    const run = await peerscope([
      ...argv,
      ...['--latency', 'uniform:200-1000', '--concurrency', '4'],
      ...(scenario === 'hostile' ? ['--lies', 'fake,bogon,self,garbage'] : ['--churn', 'exponential:5']),
    ]);
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
    const { causes } = await compared(out, truth);
    for (const kind of ['peersMissing', 'peersExtra', 'linksMissing', 'linksExtra']) {
      expect(causes[kind]?.length).toBeGreaterThan(0);
      expect({ kind, causes: causes[kind]?.filter(({ cause }) => cause === 'unexplained') }).toEqual({
        kind,
        causes: [],
      });
    }
  });
});

describe('a clock that is set back by an hour while the crawl goes on', () => {
  it('changes nothing in virtual time but the end in the manifest', async () => {
    const folder = temporaryFolder();
    const crawled = async (name: string, ...more: readonly string[]): Promise<Manifest> => {
      const out = join(folder, name);
      const argv = ['crawl', '--simulate', 'quiet', '--peers', '200', '--virtual', '--out', out];
      const run = await peerscope([...argv, '--latency', 'constant:400', ...more]);
      expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
      return readManifest(out);
    };
    const straight = await crawled('straight');
    const jumped = await crawled('jumped', '--clock-jump', '-3600');
    const duration = ({ startedAt, endedAt }: Manifest) => Date.parse(endedAt ?? '') - Date.parse(startedAt);
    expect(duration(straight)).toBeGreaterThan(1_000);
    expect(duration(jumped)).toBe(duration(straight) - 3_600_000);
    expect(jumped).toEqual({
      ...straight,
      endedAt: jumped.endedAt,
      options: { ...straight.options, clockJump: -3600 },
    });
    for (const file of ['peers.csv', 'links.csv', join('visits', '000001.ndjson')]) {
      expect(readFileSync(join(folder, 'jumped', file))).toEqual(
        readFileSync(join(folder, 'straight', file)),
      );
    }
  });

  it('makes no duration negative on sockets, and costs no peer and no link', async () => {
    const out = join(temporaryFolder(), 'snapshot');
    // Answers take long enough for the jump to come in between.
    const argv = ['crawl', '--simulate', 'quiet', '--peers', '100', '--out', out, '--format', 'json'];
    const run = await peerscope([...argv, '--delay', 'constant:550', '--clock-jump', '-3600', '--leaves']);
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toMatchObject({
      score: { found: 100, peersMissing: 0, peersExtra: 0, linksMissing: 0, linksExtra: 0 },
    });
    const visits = await journalOf(out);
    expect(visits).toHaveLength(100);
    const times = visits.map(({ startedAt }) => startedAt);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(3_000_000);
    for (const { duration, outcome } of visits) {
      expect(outcome).toBe('ok');
      expect(duration).toBeGreaterThan(0);
    }
    expect((await readSnapshot(out)).peers).toHaveLength(100);
  });

  it('does not turn the chart of the crawl around', async () => {
    const out = join(temporaryFolder(), 'snapshot');
    const argv = [
      'crawl',
      '--simulate',
      'pure',
      '--peers',
      '200',
      '--virtual',
      '--out',
      out,
      '--format',
      'table',
    ];
    const chart = async (...more: readonly string[]): Promise<string> => {
      const { stdout } = await peerscope([
        ...argv.map((word) => (word === out ? `${out}${more.length}` : word)),
        ...more,
      ]);
      return /How the crawl went[\s\S]*?\n\n/.exec(stdout)?.[0] ?? '';
    };
    const slow = ['--latency', 'uniform:200-900', '--concurrency', '8'];
    const straight = await chart(...slow);
    expect(straight).toContain('s since the crawl began');
    expect(await chart(...slow, '--clock-jump', '-3600')).toBe(straight);
  });
});
