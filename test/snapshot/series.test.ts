import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SNAPSHOT_SCHEMA, writeManifest } from '../../src/snapshot/manifest.ts';
import {
  appended,
  beginSeries,
  ended,
  isSeries,
  nextSnapshotName,
  readSeries,
  reopenSeries,
  writeSeries,
} from '../../src/snapshot/series.ts';
import { temporaryFolder } from '../support/temporary.ts';

const NOW = Date.UTC(2005, 1, 2, 12);
const WHAT = {
  overlay: 'gnutella',
  bootstrap: [],
  plan: { repeat: 3, everySeconds: 60, until: null },
  options: { leaves: false },
};
const BAD_INPUT: unknown = expect.objectContaining({ kind: 'bad-input' });
const USAGE: unknown = expect.objectContaining({ kind: 'usage' });

function manifest(directory: string, state: 'complete' | 'incomplete'): void {
  mkdirSync(directory);
  writeManifest(directory, {
    schema: SNAPSHOT_SCHEMA,
    tool: 'test',
    overlay: 'gnutella',
    origin: 'crawl',
    state,
    startedAt: new Date(NOW).toISOString(),
    endedAt: state === 'complete' ? new Date(NOW + 5_000).toISOString() : null,
    durationSeconds: null,
    bootstrap: [],
    options: {},
    seed: null,
    counts: null,
    digests: {},
  });
}

describe('a series of snapshots', () => {
  it('is a directory with a description that grows with each of them', () => {
    const directory = join(temporaryFolder(), 'series');
    let series = beginSeries(directory, WHAT, NOW);
    expect(isSeries(directory)).toBe(true);
    expect(nextSnapshotName(directory, series)).toBe('000001');
    series = appended(series, { name: '000001', lateSeconds: 0 }, NOW);
    writeSeries(directory, series);
    expect(readSeries(directory).snapshots[0]).toMatchObject({ state: 'running', endedAt: null });
    writeSeries(directory, ended(series, 'complete', NOW + 5_000));
    const read = readSeries(directory);
    expect(read).toMatchObject({ ...WHAT, state: 'incomplete' });
    expect(read.snapshots).toEqual([
      {
        name: '000001',
        startedAt: '2005-02-02T12:00:00.000Z',
        endedAt: '2005-02-02T12:00:05.000Z',
        state: 'complete',
        lateSeconds: 0,
      },
    ]);
    expect(nextSnapshotName(directory, read)).toBe('000002');
  });

  it('never begins where anything stands, but for half a description that a crash left', () => {
    const directory = temporaryFolder();
    writeFileSync(join(directory, 'series.json.part'), '{"sch');
    beginSeries(directory, WHAT, NOW);
    expect(() => beginSeries(directory, WHAT, NOW)).toThrow(USAGE);
    const other = temporaryFolder();
    writeFileSync(join(other, 'thesis.txt'), '');
    expect(() => beginSeries(other, WHAT, NOW)).toThrow(USAGE);
    expect(readdirSync(other)).toEqual(['thesis.txt']);
  });

  it('goes on after a crash with the next number, and names what was cut off', () => {
    const directory = temporaryFolder();
    let series = beginSeries(directory, WHAT, NOW);
    for (const name of ['000001', '000002', '000003']) {
      series = appended(series, { name, lateSeconds: 0 }, NOW);
    }
    writeSeries(directory, series);
    // The first was complete before the series knew; the second was cut off; the third not even made.
    manifest(join(directory, '000001'), 'complete');
    manifest(join(directory, '000002'), 'incomplete');
    const { series: reopened, cutOff } = reopenSeries(directory);
    expect(cutOff).toEqual(['000002', '000003']);
    expect(reopened.snapshots.map(({ state }) => state)).toEqual(['complete', 'incomplete', 'incomplete']);
    expect(readSeries(directory)).toEqual(reopened);
    expect(nextSnapshotName(directory, reopened)).toBe('000004');
  });

  it('passes over numbers that somebody else used, and names that are none', () => {
    const directory = temporaryFolder();
    const series = beginSeries(directory, WHAT, NOW);
    for (const name of ['000007', '12', 'notes', '0000099']) mkdirSync(join(directory, name));
    expect(nextSnapshotName(directory, series)).toBe('000008');
    mkdirSync(join(directory, '999999'));
    expect(() => nextSnapshotName(directory, series)).toThrow(USAGE);
  });

  it('is not read from a description that is not one', () => {
    const directory = temporaryFolder();
    expect(() => readSeries(directory)).toThrow(BAD_INPUT);
    const good = beginSeries(directory, WHAT, NOW);
    const snapshot = { startedAt: good.startedAt, endedAt: null, state: 'complete', lateSeconds: 0 };
    const bad: unknown[] = [
      'no JSON',
      {},
      { ...good, schema: 'peerscope/series/2' },
      { ...good, snapshots: [{ ...snapshot, name: '../../etc' }] },
      {
        ...good,
        snapshots: [
          { ...snapshot, name: '000002' },
          { ...snapshot, name: '000001' },
        ],
      },
      { ...good, plan: { ...good.plan, repeat: 0 } },
      { ...good, startedAt: 'yesterday' },
    ];
    for (const content of bad) {
      writeFileSync(
        join(directory, 'series.json'),
        typeof content === 'string' ? content : JSON.stringify(content),
      );
      expect(() => readSeries(directory)).toThrow(BAD_INPUT);
    }
  });
});
