import { createServer } from 'node:net';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFolder } from '../support/temporary.ts';

const SIMULATED = ['crawl', '--simulate', 'two-tier', '--peers', '300', '--superpeer-degree', '8'];

/** A port of this machine that somebody listens on, and that is free once `release` was called. */
async function takenPort(): Promise<{ port: number; release: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const release = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
    });
  onTestFinished(release);
  return { port: (server.address() as AddressInfo).port, release };
}

describe('crawl --format ndjson', () => {
  it('gives events, and as its last line the document that scripts know', async () => {
    const out = join(temporaryFolder(), 'snapshot');
    const { code, stdout, stderr } = await peerscope([...SIMULATED, '--out', out, '--format', 'ndjson']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const events = lines.slice(0, -1).map(({ event }) => event);
    expect(events[0]).toBe('begun');
    expect(events.filter((event) => event !== 'progress')).toEqual([
      'begun',
      'second-look',
      'tables',
      'ended',
    ]);
    // By hand: 15 % of 300 peers are superpeers, and they alone are contacted.
    expect(lines.at(-2)).toMatchObject({ ending: 'complete', contacted: 45, found: 300, queued: 0 });
    expect(lines.at(-1)).toMatchObject({
      schema: 'peerscope/crawl/1',
      directory: out,
      manifest: { counts: { peers: 300, superpeers: 45, leaves: 255 } },
    });
  });

  it('gives events in virtual time too', async () => {
    const out = join(temporaryFolder(), 'snapshot');
    const { stdout } = await peerscope([...SIMULATED, '--virtual', '--out', out, '--format', 'ndjson']);
    expect(stdout).toMatch(/^\{"schema":"peerscope\/crawl-event\/1","event":"begun"/);
  });
});

describe('crawl --metrics', () => {
  it('serves them while it runs, and not afterwards', async () => {
    const { port, release } = await takenPort();
    await release();
    const out = join(temporaryFolder(), 'snapshot');
    const url = `http://127.0.0.1:${port}/metrics`;
    const running = peerscope([...SIMULATED, '--out', out, '--metrics', String(port), '--rate', '30']);
    const read = async (): Promise<string> => (await fetch(url).catch(() => undefined))?.text() ?? '';
    await expect.poll(read, { timeout: 10_000 }).toMatch(/peerscope_visits_total\{outcome="ok"\} [1-9]/);
    expect((await running).code).toBe(0);
    expect(await read()).toBe('');
  });

  it('fails before anything is written where the port is in use', async () => {
    const { port } = await takenPort();
    const out = join(temporaryFolder(), 'snapshot');
    const run = await peerscope([...SIMULATED, '--out', out, '--metrics', String(port)]);
    expectFailure(run, 1, /the port is in use/);
    expect(existsSync(out)).toBe(false);
  });
});

describe('crawl --format table', () => {
  it('begins with what was found, and ends with what to do next', async () => {
    const out = join(temporaryFolder(), 'snapshot');
    const { stdout } = await peerscope([...SIMULATED, '--out', out, '--format', 'table']);
    expect(stdout).toMatch(/^Snapshot .*: complete\nFound 300 peers \(45 superpeers, 255 leaves\) and /m);
    expect(stdout).toContain(`To measure it: peerscope analyze`);
  });
});
