import { describe, expect, it } from 'vitest';
import { crawlEvents } from '../../src/cli/crawl-events.ts';
import { OutputClosed, type Output } from '../../src/cli/output.ts';
import type { CrawlState } from '../../src/reports/crawl-progress.ts';
import { SNAPSHOT_SCHEMA, type Manifest } from '../../src/snapshot/manifest.ts';

const MANIFEST: Manifest = {
  schema: SNAPSHOT_SCHEMA,
  tool: 'peerscope/test',
  overlay: 'gnutella',
  origin: 'crawl',
  state: 'incomplete',
  startedAt: '2002-08-01T00:00:00.000Z',
  endedAt: null,
  durationSeconds: null,
  bootstrap: ['127.1.0.1:6346'],
  options: { leaves: false },
  seed: 1,
  counts: null,
  digests: {},
};

const STATE: CrawlState = {
  phase: 'crawl',
  askedAgain: undefined,
  seconds: 1.23456,
  contacted: 10,
  found: undefined,
  queued: 5,
  inFlight: 2,
  perSecond: 8.1234,
  perSecondOverall: 8.1,
  byOutcome: { ok: 9, silent: 1 },
  bytesReceived: 900,
  newPerVisit: undefined,
  secondsLeft: undefined,
};

/** Events, with a clock that the test moves, and what they wrote. */
function recording(write?: Output['write']) {
  const lines: string[] = [];
  const clock = { now: 0 };
  const output: Output = {
    write:
      write ??
      ((line) => {
        lines.push(line);
        return Promise.resolve();
      }),
  };
  const events = crawlEvents(
    output,
    () => Date.UTC(2002, 7, 1) + clock.now,
    () => clock.now,
  );
  return { events, clock, parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('the events of a crawl', () => {
  it('are a line of JSON each, from its beginning over its phases to its end', async () => {
    const { events, clock, parsed } = recording();
    events.begun?.('snapshot', MANIFEST, (address) => address);
    clock.now = 1_500;
    events.stands?.({ ...STATE, secondsLeft: 12.345, found: 30 });
    events.stands?.({ ...STATE, phase: 'second-look', askedAgain: 7 });
    events.stands?.({ ...STATE, phase: 'tables' });
    events.ended?.('complete', { ...STATE, phase: 'tables' });
    await events.finish();
    const lines = parsed();
    expect(lines.map(({ event }) => event)).toEqual(['begun', 'progress', 'second-look', 'tables', 'ended']);
    for (const line of lines) expect(line).toMatchObject({ schema: 'peerscope/crawl-event/1' });
    expect(lines[0]).toMatchObject({
      time: '2002-08-01T00:00:00.000Z',
      directory: 'snapshot',
      overlay: 'gnutella',
      resumed: false,
      bootstrap: ['127.1.0.1:6346'],
    });
    expect(lines[1]).toEqual({
      schema: 'peerscope/crawl-event/1',
      event: 'progress',
      time: '2002-08-01T00:00:01.500Z',
      phase: 'crawl',
      seconds: 1.235,
      contacted: 10,
      found: 30,
      queued: 5,
      inFlight: 2,
      perSecond: 8.1,
      perSecondOverall: 8.1,
      newPerVisit: null,
      secondsLeft: 12.3,
      bytesReceived: 900,
      byOutcome: { ok: 9, silent: 1 },
    });
    expect(lines[2]).toMatchObject({ askedAgain: 7, found: null });
    expect(lines[4]).toMatchObject({ ending: 'complete' });
  });

  it('tell of progress once a second at most', async () => {
    const { events, clock, parsed } = recording();
    events.begun?.('snapshot', MANIFEST, (address) => address);
    for (clock.now = 0; clock.now <= 3_000; clock.now += 250) events.stands?.(STATE);
    await events.finish();
    expect(parsed().map(({ time }) => String(time).slice(17, 23))).toEqual([
      '00.000',
      '01.000',
      '02.000',
      '03.000',
    ]);
  });

  it('leave progress out while their reader is slow, and nothing else', async () => {
    const lines: string[] = [];
    const gate = { open: (): void => undefined };
    const opened = new Promise<void>((resolve) => (gate.open = resolve));
    const { events, clock } = recording(async (line) => {
      await opened;
      lines.push(line);
    });
    events.begun?.('snapshot', MANIFEST, (address) => address);
    for (let second = 1; second <= 10_000; second++) {
      clock.now = 1_000 * second;
      events.stands?.(STATE);
    }
    events.ended?.('complete', STATE);
    gate.open();
    await events.finish();
    // 64 KiB hold some 200 of these lines.
    expect(lines.length).toBeLessThan(400);
    expect(lines.at(-1)).toContain('"event":"ended"');
  });

  it('stop where nobody reads them, which is told when the crawl is over', async () => {
    let written = 0;
    const { events, clock } = recording(() => {
      written += 1;
      return Promise.reject(new OutputClosed());
    });
    events.begun?.('snapshot', MANIFEST, (address) => address);
    await new Promise((resolve) => setImmediate(resolve));
    clock.now = 5_000;
    events.stands?.(STATE);
    await expect(events.finish()).rejects.toBeInstanceOf(OutputClosed);
    expect(written).toBe(1);
  });
});
