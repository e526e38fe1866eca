import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { runCommandLine } from '../../src/cli/main.ts';
import { readManifest } from '../../src/snapshot/manifest.ts';
import { readSnapshot } from '../../src/snapshot/read.ts';
import { readSessions } from '../../src/snapshot/sessions-csv.ts';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFile, temporaryFolder } from '../support/temporary.ts';

interface Serving {
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves when the text on standard output, or on standard error, has come to match. */
  readonly until: (pattern: RegExp, where?: 'stdout' | 'stderr') => Promise<void>;
  /** Asks it to end, and gives its exit code. */
  readonly interrupt: () => Promise<number>;
}

/** `peerscope simulate`, whose clock runs faster than that on the wall. */
function serve(argv: readonly string[], { speed = 1, isTTY = false } = {}): Serving {
  const stop = new AbortController();
  const texts = { stdout: '', stderr: '' };
  const looks = new Set<() => void>();
  const terminal = (name: 'stdout' | 'stderr', tty: boolean) => {
    const stream = new PassThrough();
    stream.on('data', (chunk: Buffer) => {
      texts[name] += chunk.toString();
      for (const look of looks) look();
    });
    return { stream, isTTY: tty, columns: 200 };
  };
  const ended = runCommandLine(['simulate', ...argv], {
    stdin: new PassThrough(),
    stdout: terminal('stdout', false),
    stderr: terminal('stderr', isTTY),
    env: {},
    now: Date.now,
    monotonic: () => performance.now() * speed,
    catchInterrupts: () => ({ signal: stop.signal, release: () => undefined }),
    processors: 1,
    memory: () => 1e10,
    packageDir: '',
  });
  const interrupt = (): Promise<number> => {
    stop.abort();
    return ended;
  };
  onTestFinished(async () => {
    await interrupt();
  });
  return {
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
    until: (pattern, where = 'stdout') =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!pattern.test(texts[where])) return;
          looks.delete(look);
          resolve();
        };
        looks.add(look);
        look();
      }),
    interrupt,
  };
}

const CHURNING = [
  'two-tier',
  '--peers',
  '200',
  '--superpeer-degree',
  '8',
  '--port',
  '0',
  '--churn',
  'exponential:1',
];

describe('simulate', () => {
  it('tells what goes on in plain lines, keeps the truth up to date, and ends with 130 and the last truth', async () => {
    const folder = join(temporaryFolder(), 'truth');
    // Thirty times as fast: a minute in two seconds.
    const serving = serve([...CHURNING, '--truth', folder, '--truth-every', '0.1'], { speed: 30 });
    await serving.until(/^bootstrap 127\.\S+[\s\S]*Ctrl-C ends it\.\n/);
    expect(serving.stdout()).toContain('two-tier: 200 peers, ');
    expect(serving.stdout()).toContain(`truth ${folder}\n`);
    expect(serving.stdout()).toMatch(/a peer that has left resets connections/);
    const first = readManifest(folder);
    expect(first).toMatchObject({ origin: 'truth', state: 'complete' });

    const [, bootstrap = ''] = /^bootstrap (\S+)/.exec(serving.stdout()) ?? [];
    const crawled = await peerscope(['crawl', bootstrap, '--out', join(temporaryFolder(), 'snapshot')]);
    expect(crawled.code).toBe(0);

    await serving.until(
      /\nup 200 · sessions started \d+ · ended \d+ · contacts \d+ \(\d+\/s\) · answered \d+/,
    );
    await vi.waitFor(
      () => {
        const meanwhile = readManifest(folder);
        expect(Date.parse(meanwhile.endedAt ?? '')).toBeGreaterThan(Date.parse(first.endedAt ?? ''));
        expect(meanwhile.startedAt).toBe(first.startedAt);
      },
      { timeout: 30_000 },
    );

    expect(await serving.interrupt()).toBe(130);
    expect(serving.stderr()).toBe('');
    expect(serving.stdout()).toMatch(
      /\nup 200 · sessions started [\d,]+ · ended [\d,]+ · contacts \d+ · answered \d+.*\n$/,
    );
    // The last truth agrees with itself: whoever is up has a session without an end, and so has every link.
    const truth = await readSnapshot(folder);
    const told = readSessions(folder, truth.manifest);
    const up = [...(told?.sessions ?? [])].filter(({ end }) => end === undefined);
    expect(truth.peers.map(({ id }) => id)).toEqual(up.map(({ id }) => id).sort());
    expect(truth.peers).toHaveLength(200);
    const standing = [...(told?.linkSessions ?? [])].filter(({ end }) => end === undefined);
    expect(truth.links.map(({ source, target }) => `${source} ${target}`)).toEqual(
      standing.map(({ source, target }) => `${source} ${target}`).sort(),
    );
    const at = Date.parse(truth.manifest.endedAt ?? '');
    for (const { start, end } of told?.sessions ?? []) {
      expect(start).toBeLessThanOrEqual(at);
      expect(end ?? at).toBeLessThanOrEqual(at);
    }
  });

  it('shows a line on a terminal instead, over and over, and none of it on standard output', async () => {
    const serving = serve(['quiet', '--peers', '50', '--port', '0'], { isTTY: true, speed: 20 });
    await serving.until(/\r\x1b\[Kup 50 · sessions started 0 · ended 0 · contacts 0 \(0\/s\)/, 'stderr');
    expect(await serving.interrupt()).toBe(130);
    expect(serving.stdout()).not.toMatch(/\d\/s/);
    expect(serving.stderr()).toMatch(/\r\x1b\[K$/);
  });

  it('writes a truth that never changes once only', async () => {
    const folder = join(temporaryFolder(), 'truth');
    const argv = ['quiet', '--peers', '60', '--silent', '0.2', '--port', '0', '--truth', folder];
    const serving = serve([...argv, '--truth-every', '0.1'], { speed: 30 });
    await serving.until(/Ctrl-C/);
    const before = readFileSync(join(folder, 'manifest.json'), 'utf8');
    await serving.until(/\nup 60 · /);
    expect(readFileSync(join(folder, 'manifest.json'), 'utf8')).toBe(before);
    expect(readFileSync(join(folder, 'sessions.csv'), 'utf8')).toMatch(/,silent,/);
    expect(existsSync(join(folder, 'link_sessions.csv'))).toBe(false);
    expect(await serving.interrupt()).toBe(130);
  });

  it('refuses in a sentence what concerns the crawler only', async () => {
    expectFailure(
      await peerscope(['simulate', 'quiet', '--clock-jump', '60']),
      2,
      /unknown option --clock-jump/,
    );
    expectFailure(
      await peerscope(['simulate', 'quiet', '--latency', 'constant:5']),
      2,
      /unknown option --latency/,
    );
    const scenario = {
      schema: 'peerscope/scenario/1',
      name: 'x',
      model: 'pure',
      options: { latency: 'constant:5' },
    };
    const file = temporaryFile(temporaryFolder(), 'x.json', JSON.stringify(scenario));
    const serving = serve([file, '--port', '0']);
    await serving.until(/latency and clock jump concern the crawler: they have no effect here/);
    expect(await serving.interrupt()).toBe(130);
  });

  it.each(['port-per-peer', 'ipv6'])(
    'refuses newcomers that would need an address, with %s',
    async (scheme) => {
      const argv = ['simulate', 'quiet', '--peers', '50', '--port', '0', '--addresses', scheme];
      expectFailure(
        await peerscope([...argv, '--churn', 'exponential:10']),
        2,
        new RegExp(`churn needs an address for every newcomer, and with ${scheme} there is none\nUse `),
      );
      expectFailure(await peerscope([...argv, '--sybil-nets', '1']), 2, /sybil nets needs? an address/);
    },
  );

  it('leaves a folder alone that holds something else than a truth', async () => {
    const folder = temporaryFolder();
    temporaryFile(folder, 'diary.txt', 'dear');
    const run = await peerscope(['simulate', 'quiet', '--peers', '50', '--port', '0', '--truth', folder]);
    expectFailure(run, 2, /is not empty, and what it holds is no truth/);
    expect(readFileSync(join(folder, 'diary.txt'), 'utf8')).toBe('dear');
  });
});

describe('simulate with caches of hosts', () => {
  it('prints where they are, and whoever asks them finds peers to begin a crawl at', async () => {
    const out = join(temporaryFolder(), 'snapshot');
    const serving = serve(['two-tier', '--peers', '100', '--port', '0', '--web-cache', '--udp-host-cache']);
    await serving.until(/Ctrl-C ends it\.\n/);
    const [, web = ''] = /^web cache (\S+)$/m.exec(serving.stdout()) ?? [];
    const [, udp = ''] = /^UDP host cache (\S+)$/m.exec(serving.stdout()) ?? [];
    const found = await peerscope([
      ...['bootstrap', '--web-cache', web, '--udp-host-cache', udp, '--format', 'json'],
    ]);
    const { hosts } = JSON.parse(found.stdout) as { hosts: { address: string }[] };
    expect([found.code, hosts.length]).toEqual([0, 15]);
    const crawled = await peerscope(['crawl', hosts[3]?.address ?? '', '--out', out]);
    expect(crawled.code).toBe(0);
    expect(readManifest(out).counts?.peers).toBe(100);
    expect(await serving.interrupt()).toBe(130);
    const after = await peerscope(['bootstrap', '--web-cache', web]);
    expect([after.code, after.stderr]).toEqual([4, `peerscope: no host was found: ${web} connect-refused\n`]);
  });
});
