import { displayWidth, shorten } from '../charts/terminal-text.ts';
import { OUTCOMES } from '../core/outcome.ts';
import { GROWING, type CrawlState } from './crawl-progress.ts';
import { wholeDurationText } from './duration-text.ts';
import { formatNumber } from './format-number.ts';

interface Part {
  readonly text: string;
  /** The highest goes first where there is no room. */
  readonly rank: number;
}

/**
 * A running crawl in one line of at most `width` columns. Where there is not room for all, the elapsed time goes first, then
 * what is in flight, the outcomes from the rarest on, what was found, the queue, the rate, and the estimate of the end.
 */
export function progressLine(state: CrawlState, width: number): string {
  const parts = partsOf(state);
  for (let kept = parts; ; kept = withoutLeast(kept)) {
    const line = kept.map(({ text }) => text).join(' · ');
    if (displayWidth(line) <= width) return line;
    if (kept.length === 1) return shorten(line, width);
  }
}

/** In the order in which they stand in the line. */
function partsOf(state: CrawlState): Part[] {
  const { contacted, found, queued, inFlight, perSecond, seconds } = state;
  const isCrawling = state.phase === 'crawl';
  const outcomes = OUTCOMES.map((outcome) => ({ outcome, visits: state.byOutcome[outcome] ?? 0 }))
    .filter(({ visits }) => visits > 0)
    .sort((a, b) => b.visits - a.visits);
  const parts: (Part | undefined)[] = [
    isCrawling ? undefined : { text: phaseText(state), rank: 0 },
    { text: `contacted ${formatNumber(contacted)}`, rank: isCrawling ? 0 : 1 },
    found === undefined ? undefined : { text: `found ${formatNumber(found)}`, rank: 5 },
    isCrawling ? { text: `queued ${formatNumber(queued)}`, rank: 4 } : undefined,
    isCrawling ? { text: `${rateText(perSecond)}/s`, rank: 3 } : undefined,
    endPart(state),
    ...outcomes.map(({ outcome, visits }, index) => ({
      text: `${outcome} ${formatNumber(visits)}`,
      rank: 6 + index,
    })),
    isCrawling ? { text: `in flight ${formatNumber(inFlight)}`, rank: IN_FLIGHT } : undefined,
    { text: wholeDurationText(seconds), rank: IN_FLIGHT + 1 },
  ];
  return parts.filter((part) => part !== undefined);
}

/** Behind all outcomes. */
const IN_FLIGHT = 6 + OUTCOMES.length;

function withoutLeast(parts: readonly Part[]): Part[] {
  const least = Math.max(...parts.map(({ rank }) => rank));
  return parts.filter(({ rank }) => rank !== least);
}

function phaseText({ phase, askedAgain }: CrawlState): string {
  if (phase === 'tables') return 'writing the tables';
  return askedAgain === undefined ? 'asking once more' : `asking ${formatNumber(askedAgain)} once more`;
}

/** A fraction matters only where there is little else. */
function rateText(perSecond: number): string {
  return formatNumber(perSecond, perSecond < 10 ? 1 : 0);
}

function endPart({ phase, queued, inFlight, secondsLeft, newPerVisit }: CrawlState): Part | undefined {
  if (phase !== 'crawl') return undefined;
  if (queued === 0 && inFlight > 0) return { text: `waiting for ${formatNumber(inFlight)}`, rank: 2 };
  if (secondsLeft !== undefined) return { text: `~${wholeDurationText(secondsLeft)} left`, rank: 2 };
  return newPerVisit !== undefined && newPerVisit >= GROWING ? { text: 'still growing', rank: 2 } : undefined;
}
