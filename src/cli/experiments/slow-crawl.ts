import type { SlowCrawlSetting, PacedResult } from '../../reports/experiments/slow-crawl.ts';
import { degreesByDefinition, superpeerTier } from '../../reports/experiments/superpeer-tier.ts';
import { parseLatency } from '../../simulate/latency.ts';
import { neighboursSeen } from '../../simulate/neighbours-seen.ts';
import { parseSessionLaw } from '../../simulate/session-law.ts';
import { simulateVirtually, type VirtualSimulation } from '../../simulate/virtual-simulation.ts';
import { compareSnapshots } from '../../snapshot/compare.ts';
import type { Overlay } from '../../overlays/overlay.ts';
import { simulationArguments } from '../simulation-arguments.ts';
import type { PacedCrawl, PacedCrawlOptions } from './paced-crawl.ts';

export interface SlowCrawlOptions {
  readonly overlay: Overlay;
  readonly peers: number;
  readonly churn: string;
  readonly seed: number;
  /** How many times slower than the first pace each crawl is, ascending. */
  readonly slower: readonly number[];
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
  readonly crawl: (simulation: VirtualSimulation, options: PacedCrawlOptions) => Promise<PacedCrawl>;
}

/**
 * Two minutes for as many contacts as there are superpeers, so that 60 times slower is two hours: the fastest crawl is short
 * beside the mean session (64.5 minutes for the default law), and the slowest is long beside it.
 */
const PASS_MINUTES = 2;
/** A crawl to which peers come faster than it asks them never ends: it is broken off after so many of its own passes. */
const MOST_PASSES = 3;
const MINUTE = 60_000;
/** 2 February 2005, the day of the overlay's shape; any instant would do. */
const START = Date.UTC(2005, 1, 2);
/** Milliseconds one way, so that a contact takes a fifth of a second. */
const LATENCY = 'constant:50';

/**
 * Crawls one churning overlay at several paces, each time from the same instant of the same overlay: what happens in it
 * does not depend on who asks.
 * @returns undefined where it was interrupted.
 */
export async function slowCrawl(
  options: SlowCrawlOptions,
): Promise<{ readonly setting: SlowCrawlSetting; readonly results: readonly PacedResult[] } | undefined> {
  const { peers, churn, seed, slower, signal } = options;
  const results: PacedResult[] = [];
  let superpeers = 0;
  for (const times of slower) {
    const simulation = simulationOf(options);
    superpeers = superpeersIn(simulation);
    const result = await crawlSlower(simulation, superpeers, times, options);
    if (signal.aborted || result === undefined) return undefined;
    results.push(result);
  }
  const setting: SlowCrawlSetting = {
    peers,
    superpeers,
    churn,
    meanSessionMinutes: parseSessionLaw(churn).meanMinutes,
    passMinutes: PASS_MINUTES,
    mostPasses: MOST_PASSES,
    seed,
  };
  return { setting, results };
}

/** The shape of February 2005: superpeers of mean degree 25 and at most 32. */
function simulationOf({ peers, churn, seed, overlay }: SlowCrawlOptions): VirtualSimulation {
  const raw = { peers: String(peers), churn, seed: String(seed) };
  return simulateVirtually({
    ...simulationArguments('february-2005', raw),
    overlay,
    startedAt: START,
    latency: parseLatency(LATENCY),
    connectTimeout: 5_000,
    answerTimeout: 8_000,
    recordLinks: false,
  });
}

function superpeersIn({ population: { membership } }: VirtualSimulation): number {
  let count = 0;
  for (let slot = 0; slot < membership.size; slot++) if (membership.roleOf(slot) === 'superpeer') count += 1;
  return count;
}

async function crawlSlower(
  simulation: VirtualSimulation,
  superpeers: number,
  slower: number,
  { overlay, churn, signal, onProgress, crawl }: SlowCrawlOptions,
): Promise<PacedResult | undefined> {
  const pass = slower * PASS_MINUTES * MINUTE;
  const crawled = await crawl(simulation, {
    overlay,
    perSecond: (1000 * superpeers) / pass,
    limit: MOST_PASSES * pass,
    signal,
    onProgress: ({ contacts, elapsed }) => {
      onProgress(`${slower} x slower · ${contacts} contacts · ${(elapsed / MINUTE).toFixed(1)} minutes`);
    },
  });
  if (crawled.ending === 'interrupted') return undefined;
  const found = superpeerTier(crawled.tables);
  const there = superpeerTier(simulation.truth());
  const { peers, links } = compareSnapshots(found, there);
  return {
    slower,
    ending: crawled.ending,
    minutes: crawled.duration / MINUTE,
    contacts: crawled.contacts,
    answers: crawled.answers,
    peers,
    links,
    degrees: degreesByDefinition(found),
    trueDegrees: degreesByDefinition(there).everybody,
    onePassNeighbours: neighboursSeen(parseSessionLaw(churn), crawled.duration, 'answers'),
  };
}
