import { OUTCOMES } from '../../core/outcome.ts';
import type { CrawlState } from '../crawl-progress.ts';
import { wholeDurationText } from '../duration-text.ts';
import { formatNumber } from '../format-number.ts';
import type { LiveStanding } from './live-standing.ts';

const PHASE_WORDS = {
  crawl: 'asking peers',
  'second-look': 'asking some once more',
  tables: 'writing the tables',
} as const;

const TALLIES = 'How visits ended';
const RATE = 'contacts a second';

/** How a crawl stands, for the page; undefined before it has begun. */
export function crawlStanding(state: CrawlState | undefined, isOver: boolean): LiveStanding {
  if (state === undefined) {
    return {
      counts: [['state', 'begins']],
      tallies: { title: TALLIES, rows: [] },
      rate: { title: RATE, perSecond: 0 },
    };
  }
  const { phase, contacted, found, queued, inFlight, perSecond, seconds, secondsLeft, byOutcome } = state;
  return {
    counts: [
      ['state', isOver ? 'ended' : PHASE_WORDS[phase]],
      ['contacted', formatNumber(contacted)],
      ...(found === undefined ? [] : [['addresses found', formatNumber(found)] as const]),
      ['queued', formatNumber(queued)],
      ['in flight', formatNumber(inFlight)],
      ['time', wholeDurationText(seconds)],
      ...(secondsLeft === undefined ? [] : [['time left, about', wholeDurationText(secondsLeft)] as const]),
    ],
    tallies: {
      title: TALLIES,
      rows: OUTCOMES.flatMap((outcome) => {
        const count = byOutcome[outcome] ?? 0;
        return count === 0 ? [] : [[outcome, count] as const];
      }),
    },
    rate: { title: RATE, perSecond: isOver ? 0 : perSecond },
  };
}
