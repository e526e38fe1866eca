import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { simulationArguments } from '../../src/cli/simulation-arguments.ts';
import { gnutella } from '../../src/overlays/gnutella/gnutella.ts';
import { simulate } from '../../src/simulate/loopback-simulation.ts';
import { readJournal } from '../../src/snapshot/journal.ts';
import { readLedger } from '../../src/snapshot/ledger.ts';
import { readManifest, writeManifest } from '../../src/snapshot/manifest.ts';
import { readSeries, writeSeries } from '../../src/snapshot/series.ts';
import { peerscope } from '../support/command-line.ts';
import { temporaryFile, temporaryFolder } from '../support/temporary.ts';

const program = fileURLToPath(new URL('../../bin/peerscope.js', import.meta.url));
const built = existsSync(fileURLToPath(new URL('../../dist/index.js', import.meta.url)));
const LIVE = ['--live', '--contact', 'research@example.org'];

async function served(): Promise<string> {
  const simulation = await simulate({
    ...simulationArguments('two-tier', { peers: '400', seed: '4' }),
    overlay: gnutella,
    port: 0,
    startedAt: Date.now(),
    monotonic: () => performance.now(),
  });
  onTestFinished(() => simulation.close());
  return simulation.bootstrap;
}

/** Runs the program, and kills it as soon as it is time. */
async function killed(words: readonly string[], isTime: () => boolean): Promise<void> {
  const child = spawn(process.execPath, [program, ...words], { stdio: 'ignore' });
  const timer = setInterval(() => {
    if (isTime()) child.kill('SIGKILL');
  }, 5);
  const signal = await new Promise((resolve) => {
    child.once('exit', (_code, by) => {
      resolve(by);
    });
  });
  clearInterval(timer);
  expect(signal).toBe('SIGKILL');
}

function linesOf(path: string): number {
  return existsSync(path) ? readFileSync(path, 'latin1').split('\n').length - 1 : 0;
}

const linksOf = (directory: string): string => readFileSync(join(directory, 'links.csv'), 'utf8');

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe.skipIf(!built)('a series that was killed (skipped where dist/ is not built)', () => {
  it('goes on with the crawl that was cut off, again and again, and then with the remaining ones', async () => {
    const out = join(temporaryFolder(), 'series');
    const words = [
      'crawl',
      await served(),
      '--repeat',
      '3',
      '--second-look',
      '0',
      '--rate',
      '60',
      '--out',
      out,
    ];
    const second = join(out, '000002');
    await killed(words, () => linesOf(join(second, 'visits', '000001.ndjson')) >= 10);
    expect(readSeries(out).snapshots.map(({ state }) => state)).toEqual(['complete', 'running']);
    await killed(['crawl', '--resume', out], () => linesOf(join(second, 'visits', '000002.ndjson')) >= 10);

    const resumed = await peerscope(['crawl', '--resume', out, '--format', 'json']);
    expect(resumed.code).toBe(0);
    expect(resumed.stderr).toContain('The crawl 000002 goes on.');
    const series = readSeries(out);
    expect(series.state).toBe('complete');
    expect(series.snapshots.map(({ name, state }) => [name, state])).toEqual([
      ['000001', 'complete'],
      ['000002', 'complete'],
      ['000003', 'complete'],
    ]);
    expect(readManifest(second).resumedAt).toHaveLength(2);
    // Nobody comes or goes, so that each of them is the whole overlay.
    expect(linksOf(second)).toBe(linksOf(join(out, '000001')));
    expect(linksOf(join(out, '000003'))).toBe(linksOf(second));
    const compared = await peerscope(['compare', out, '--format', 'json']);
    expect(JSON.parse(resumed.stdout)).toEqual(JSON.parse(compared.stdout));

    // Who is recorded is not asked again; who was being asked when it was killed is, and the ledger says so.
    const contacts = await collect(readLedger(second, () => undefined));
    const visits = await collect(readJournal(second, () => undefined));
    const first = visits.filter((visit) => visit.again === undefined);
    expect(new Set(first.map(({ endpoint, question }) => `${endpoint} ${question}`)).size).toBe(first.length);
    const again = contacts.filter(({ reason }) => reason === 'resumed').length;
    expect(contacts.length - visits.length).toBe(again);
  });
});

describe('a series that goes on', () => {
  it('says so where it is complete, and asks nobody', async () => {
    const out = join(temporaryFolder(), 'series');
    const taken = await peerscope([
      'crawl',
      await served(),
      '--repeat',
      '2',
      '--out',
      out,
      '--format',
      'json',
    ]);
    const before = readFileSync(join(out, 'series.json'), 'utf8');
    const resumed = await peerscope(['crawl', '--resume', out, '--format', 'json']);
    expect(resumed.code).toBe(0);
    expect(resumed.stderr).toContain(`The series ${out} is complete: nobody was asked.`);
    expect(JSON.parse(resumed.stdout)).toEqual(JSON.parse(taken.stdout));
    expect(readFileSync(join(out, 'series.json'), 'utf8')).toBe(before);
  });

  it('keeps its addresses to its owner, and leaves alone who asked for that meanwhile, in all later crawls', async () => {
    const bootstrap = await served();
    const out = join(temporaryFolder(), 'series');
    const env = { XDG_STATE_HOME: temporaryFolder() };
    const plan = ['--repeat', '1', '--every', '300'];
    await peerscope(['crawl', bootstrap, ...LIVE, ...plan, '--out', out], { env });
    // Pseudonyms, of which addresses of this machine are their own.
    expect(readSeries(out).bootstrap).toEqual(readManifest(join(out, '000001')).bootstrap);
    expect(JSON.parse(readFileSync(join(out, 'visits', 'private.json'), 'utf8'))).toMatchObject({
      bootstrap: [bootstrap],
      excludedLater: [],
    });

    // As a crash leaves it after 10 visits of the first crawl.
    const snapshot = join(out, '000001');
    const contacts = await collect(readLedger(snapshot, () => undefined));
    const ip = contacts.at(-1)?.address.split(':')[0] ?? '';
    const journal = readFileSync(join(snapshot, 'visits', '000001.ndjson'), 'utf8')
      .split('\n')
      .slice(0, 10);
    writeFileSync(join(snapshot, 'visits', '000001.ndjson'), `${journal.join('\n')}\n`);
    writeManifest(snapshot, { ...readManifest(snapshot), state: 'incomplete', counts: null, digests: {} });
    const series = readSeries(out);
    const running = series.snapshots.map((row) => ({ ...row, state: 'running' as const, endedAt: null }));
    writeSeries(out, { ...series, state: 'incomplete', snapshots: running });

    const exclude = temporaryFile(temporaryFolder(), 'exclude.txt', `${ip}\n`);
    const resumed = await peerscope(['crawl', '--resume', out, '--exclude', exclude], { env });
    expect(resumed.code).toBe(0);
    const later = (await collect(readLedger(snapshot, () => undefined))).slice(contacts.length);
    expect(later.length).toBeGreaterThan(5);
    expect(later.some(({ address }) => address.startsWith(`${ip}:`))).toBe(false);
    expect(readFileSync(join(out, 'visits', 'private.json'), 'utf8')).toContain(`${ip}/32`);
    expect(readFileSync(join(out, 'series.json'), 'utf8')).not.toContain(`${ip}/32`);
  });

  it('is refused with other options, and without its description', async () => {
    const out = join(temporaryFolder(), 'series');
    await peerscope(['crawl', await served(), '--repeat', '1', '--out', out]);
    const refused = await peerscope(['crawl', '--resume', out, '--repeat', '2']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('takes nothing else but --exclude');
    writeSeries(out, { ...readSeries(out), state: 'incomplete', bootstrap: [] });
    const altered = await peerscope(['crawl', '--resume', out]);
    expect(altered.code).toBe(3);
    expect(altered.stderr).toContain('has been altered');
  });
});
