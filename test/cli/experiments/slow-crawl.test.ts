import { beforeAll, describe, expect, it } from 'vitest';
import { pacedCrawl } from '../../../src/cli/experiments/paced-crawl.ts';
import { slowCrawl } from '../../../src/cli/experiments/slow-crawl.ts';
import { overlayArgument } from '../../../src/cli/overlay-argument.ts';
import { slowCrawlCharts } from '../../../src/reports/experiments/slow-crawl-charts.ts';
import { slowCrawlReport, verdictSummary } from '../../../src/reports/experiments/slow-crawl-tables.ts';
import {
  judgeDegrees,
  type JudgedDegrees,
  type PacedResult,
  type Population,
  type SlowCrawlSetting,
} from '../../../src/reports/experiments/slow-crawl.ts';
import { SLACK } from '../../../src/simulate/repaired-links.ts';

const CAP = 32;

function experiment(slower: readonly number[], signal = new AbortController().signal, peers = 6_000) {
  return slowCrawl({
    overlay: overlayArgument('gnutella'),
    peers,
    churn: 'weibull:0.59:41.9',
    seed: 1,
    slower,
    signal,
    onProgress: () => undefined,
    crawl: pacedCrawl,
  });
}

const mean = (values: Uint32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
const most = (values: Uint32Array) => values.reduce((top, value) => Math.max(top, value), 0);

describe('the same overlay crawled slower and slower', () => {
  let setting: SlowCrawlSetting;
  let fast: PacedResult;
  let slow: PacedResult;
  let judged: readonly JudgedDegrees[];
  const of = (crawl: PacedResult, population: Population): JudgedDegrees =>
    judged.find((one) => one.slower === crawl.slower && one.population === population)!;

  beforeAll(async () => {
    const done = await experiment([1, 60]);
    ({ setting } = done!);
    [fast, slow] = done!.results as [PacedResult, PacedResult];
    judged = judgeDegrees([fast, slow], 1);
  });

  it('begins with a crawl that is right: it takes two minutes, and is off by about 2 %', () => {
    expect(fast.ending).toBe('complete');
    expect(fast.minutes).toBeGreaterThan(2);
    expect(fast.minutes).toBeLessThan(2.3);
    expect(fast.peers.distortion).toBeLessThan(0.03);
    // The closed form knows of no newcomers that are asked at the end: 0.010 against 0.013 or so.
    const growth = mean(fast.degrees.answered) / mean(fast.trueDegrees);
    expect(Math.abs(growth - fast.onePassNeighbours)).toBeLessThan(0.01);
  });

  it('never ends where peers come faster than they are asked', () => {
    expect(slow.ending).toBe('limit');
    expect(slow.minutes).toBeCloseTo(3 * 2 * 60, 0);
    expect(slow.peers.distortion).toBeGreaterThan(0.5);
  });

  it('leaves alone what peers list themselves: the cap holds at any pace', () => {
    for (const crawl of [fast, slow]) {
      expect(most(crawl.degrees.listed)).toBeLessThanOrEqual(CAP + SLACK);
      expect(most(crawl.trueDegrees)).toBeLessThanOrEqual(CAP + SLACK);
      // Whoever lived to be asked late is older than most, and has found all its links: a little more than the mean of 24.7.
      expect(Math.abs(mean(crawl.degrees.listed) - mean(crawl.trueDegrees))).toBeLessThan(1.5);
    }
  });

  it('lets links of different instants add up beyond the cap', () => {
    expect(most(fast.degrees.answered)).toBeLessThan(1.25 * CAP);
    expect(most(slow.degrees.answered)).toBeGreaterThan(1.5 * CAP);
  });

  it('draws all superpeers found together to a line and to a power law, most of whom never answered', () => {
    expect(slow.degrees.mentioned.length).toBeGreaterThan(slow.degrees.answered.length);
    expect(of(slow, 'everybody').line!.rSquared).toBeGreaterThan(0.9);
    // At two minutes there is no line, and the likeliest exponent is negative: many links are likelier than few.
    expect(of(fast, 'everybody').line!.rSquared).toBeLessThan(0.6);
    expect(of(fast, 'everybody').models!.powerLaw.alpha).toBeLessThan(0);
    expect(of(slow, 'everybody').models!.powerLaw.alpha).toBeGreaterThan(0.9);
  });

  it('does not depend on how many peers there are: shares and exponents are those of an overlay twice as large', async () => {
    const larger = (await experiment([60], undefined, 12_000))!.results[0]!;
    const of12000 = judgeDegrees([larger], 1).find(({ population }) => population === 'everybody')!;
    const share = ({ answers, contacts }: PacedResult) => answers / contacts;
    expect(Math.abs(share(larger) - share(slow))).toBeLessThan(0.05);
    expect(
      Math.abs(of12000.models!.powerLaw.alpha! - of(slow, 'everybody').models!.powerLaw.alpha!),
    ).toBeLessThan(0.1);
  });

  it('does not deceive degree-model', () => {
    for (const crawl of [fast, slow]) {
      for (const population of ['truth', 'listed', 'answered', 'everybody'] as const) {
        const verdicts = Object.values(of(crawl, population).models!).map(({ verdict }) => verdict);
        expect(verdicts).toEqual(['rejected', 'rejected', 'rejected']);
      }
    }
    // In two minutes fewer than thirty leave before they are asked: too few to say anything of.
    expect(verdictSummary(judged).rows.find(([population]) => population === 'mentioned')?.[1]).toBe(
      'too few peers at 1 x; rejected at 60 x',
    );
  });

  it('is told in tables, charts, sentences and a document', () => {
    const { tables, document } = slowCrawlReport(setting, [fast, slow], judged);
    expect(tables.map(({ name }) => name)).toEqual(['crawls', 'degrees', 'verdicts', 'distributions']);
    for (const { columns, rows } of tables)
      expect(rows.every((row) => row.length === columns.length)).toBe(true);
    expect(slowCrawlCharts([fast, slow], judged)).toHaveLength(3);
    expect(document['findings']).toHaveLength(5);
    expect(JSON.stringify(document)).not.toContain('Uint32Array');
  });

  it('gives the same numbers for the same seed, whichever other paces are asked for', async () => {
    const again = await experiment([1]);
    expect(again!.results[0]).toEqual(fast);
  });

  it('ends without a result where it is interrupted', async () => {
    expect(await experiment([1], AbortSignal.abort())).toBeUndefined();
  });
});
