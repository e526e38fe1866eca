import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GNUTELLA, heardMessages } from '../../../src/reports/sequences/heard-messages.ts';
import { captionParagraphs, sequenceFile } from '../../../src/reports/sequences/sequence-report.ts';
import { playSequence, SEQUENCE_NAMES } from '../../../src/reports/sequences/sequences.ts';
import { hybridRun } from '../../../src/simulate/sequences/hybrid-run.ts';
import { pureRun } from '../../../src/simulate/sequences/pure-run.ts';

const golden = (name: string): string => join(import.meta.dirname, 'golden', name);

describe.each(SEQUENCE_NAMES)('the %s sequence', (name) => {
  // Checked by eye when they were stored: the drawing as a picture, the diagram as Mermaid 11.17 renders it.
  it.each([
    ['text', 'txt'],
    ['svg', 'svg'],
    ['mermaid', 'mmd'],
  ] as const)('is the stored one as %s', async (drawing, ending) => {
    await expect(sequenceFile(playSequence(name), drawing)).toMatchFileSnapshot(golden(`${name}.${ending}`));
  });

  it('is the same every time', () => {
    expect(playSequence(name)).toEqual(playSequence(name));
  });

  it('has as many messages as the formulas say', () => {
    const { checks } = playSequence(name);
    expect(checks.length).toBeGreaterThan(0);
    for (const { what, counted, expected } of checks) expect([what, counted]).toEqual([what, expected]);
  });

  it('has arrows for exactly the messages that are no upkeep', () => {
    const { chart, heard } = playSequence(name);
    const arrows = chart.messages.reduce((sum, { times }) => sum + times, 0);
    expect(arrows).toBe(heard.filter(({ kind }) => kind !== 'upkeep').length);
  });

  it('ends with a file that goes from the one who has it to the one who asked', () => {
    const { chart } = playSequence(name);
    const transfers = chart.messages.filter(({ kind }) => kind === 'transfer');
    expect(chart.messages.slice(-transfers.length)).toEqual(transfers);
    expect(transfers.at(-1)?.type).toMatch(/^(FILE|HTTP 200 OK)$/);
  });

  it('says in its caption what was counted and what was left out', () => {
    const caption = captionParagraphs(playSequence(name)).join('\n');
    expect(caption).toMatch(
      /\d+ messages crossed the lines; \d+ arrows stand for \d+ of them, \d+ are upkeep/,
    );
    expect(caption).toMatch(/Counted: .* by formula/);
  });
});

describe('the pure sequence', () => {
  const { chart, checks } = playSequence('pure');
  const counted = (what: string) => checks.find((check) => check.what === what)?.counted;

  it('costs what a flood costs', () => {
    // By hand, for the links 1-2 2-3 2-4 3-5 4-5 4-6 5-6 from 1: three hops send 1 + 2 + 3, a fourth one 3 more; all 5 others are
    // reached after three, at 1, 2, 2, 3 and 3 hops. In the end 2E - n + 1 = 9 and 2(E - n + 1) = 4 (Liu et al., theorem 1).
    expect(counted('PING messages (TTL 4)')).toBe(9);
    expect(counted('PING duplicates')).toBe(4);
    expect(counted('PONG messages')).toBe(11);
    expect(counted('QUERY messages (TTL 3)')).toBe(6);
    expect(counted('QUERY duplicates')).toBe(1);
    expect(counted('QUERY HIT messages')).toBe(3);
  });

  it('brings the hit back on the way of the query', () => {
    const ends = (type: string) =>
      chart.messages.filter((message) => message.type === type).map(({ from, to }) => `${from}${to}`);
    expect(ends('QUERY HIT')).toEqual(['53', '31', '10']);
    expect(ends('QUERY')).toEqual(expect.arrayContaining(['01', '13', '35']));
  });

  it('lets TTLs fall by one a hop', () => {
    for (const { type, detail, from, at } of chart.messages) {
      const ttl = /TTL (\d)/.exec(detail)?.[1];
      if (ttl === undefined || from === 0) continue;
      const before = chart.messages.filter(
        (other) => other.type === type && other.to === from && other.at < at,
      );
      expect(before.map((other) => /TTL (\d)/.exec(other.detail)?.[1])).toContain(String(Number(ttl) + 1));
    }
  });
});

describe('the hybrid sequence', () => {
  const { chart } = playSequence('hybrid');
  const roleOf = (place: number) => chart.participants[place]?.role;

  it('sends queries to no leaf but the one whose table has all the words', () => {
    const asked = chart.messages.filter(({ type, to }) => type === 'QUERY' && roleOf(to) === 'leaf');
    expect(asked.map(({ to }) => chart.participants[to]?.name)).toEqual(['L5']);
  });

  it('links no two leaves but for the file', () => {
    for (const { from, to, kind } of chart.messages) {
      if (kind !== 'transfer') expect([roleOf(from), roleOf(to)]).toContain('superpeer');
    }
  });
});

describe('what is read from the lines', () => {
  it.each([
    ['pure', pureRun],
    ['hybrid', hybridRun],
  ] as const)('%s: has as many dropped requests as the servents count themselves', (_, play) => {
    const run = play();
    const repeated = heardMessages(run, GNUTELLA).filter(
      ({ isRepeated, sentAt }) => isRepeated && sentAt >= run.begin,
    );
    expect(repeated).toHaveLength(run.dropped);
    expect(run.dropped).toBeGreaterThan(0);
  });

  it.each([
    ['pure', pureRun],
    ['hybrid', hybridRun],
  ] as const)('%s: is every byte that crossed them', (_, play) => {
    const run = play();
    const bytes = run.crossings.reduce((sum, crossing) => sum + crossing.bytes.length, 0);
    expect(heardMessages(run, GNUTELLA).reduce((sum, message) => sum + message.bytes, 0)).toBe(bytes);
  });

  it('has the file that was fetched', () => {
    const run = pureRun();
    const file = heardMessages(run, GNUTELLA).find(({ type }) => type === 'HTTP 200 OK');
    expect(run.transferred).toBeGreaterThan(0);
    expect(file?.detail).toBe(`${run.transferred} bytes`);
    expect(file?.bytes).toBeGreaterThan(run.transferred);
  });
});
