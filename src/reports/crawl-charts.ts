import { elapsedUnit } from '../charts/time-scale.ts';
import type { Chart } from '../core/chart.ts';
import { isRespondent, OUTCOMES, wasContacted, type Outcome } from '../core/outcome.ts';
import type { OutcomesOverTime } from '../crawl/outcome-times.ts';
import type { TakenSnapshot } from '../crawl/take-snapshot.ts';

/** Fewer make a line that tells nothing. */
const LEAST_POINTS = 10;

/** How a crawl went: what it had found by when, and, where much failed, how its visits ended by when. */
export function crawlCharts(
  timeline: TakenSnapshot['timeline'],
  outcomes: OutcomesOverTime | undefined,
): readonly Chart[] {
  if (timeline.length < LEAST_POINTS) return [];
  return [progressChart(timeline), ...(outcomes === undefined ? [] : outcomesChart(outcomes))];
}

function progressChart(timeline: TakenSnapshot['timeline']): Chart {
  return {
    kind: 'time-line',
    title: 'How the crawl went',
    yLabel: 'addresses known',
    clock: { kind: 'elapsed', since: 'the crawl began' },
    points: timeline.map(({ seconds, peers }) => ({ x: 1000 * seconds, y: peers })),
  };
}

/** Of the visits, so many have to fail before it is of interest when. */
const NOTICEABLE = 0.02;
const LEAST_ROWS = 3;
const MOST_ROWS = 10;

function outcomesChart({ seconds, spans }: OutcomesOverTime): readonly Chart[] {
  const contacted = OUTCOMES.filter(wasContacted);
  const all = (outcome: Outcome): number => spans.reduce((sum, span) => sum + (span[outcome] ?? 0), 0);
  const visits = contacted.reduce((sum, outcome) => sum + all(outcome), 0);
  const answered = contacted.filter(isRespondent).reduce((sum, outcome) => sum + all(outcome), 0);
  const together = [1, 2, 5, 10, 20].find((many) => spans.length <= MOST_ROWS * many) ?? spans.length;
  const rows = Array.from({ length: Math.ceil(spans.length / together) }, (_, k) =>
    spans.slice(k * together, (k + 1) * together),
  );
  if (visits - answered < NOTICEABLE * visits || rows.length < LEAST_ROWS) return [];
  const unit = elapsedUnit(1000 * seconds * spans.length);
  const parts = contacted.filter((outcome) => all(outcome) > 0);
  return [
    {
      kind: 'stacked-bars',
      title: 'How the visits ended, by when they did',
      labelName: `from ${unit.name}`,
      valueName: 'visits',
      lengths: 'totals',
      parts,
      rows: rows.map((row, k) => ({
        // Spans are round numbers of milliseconds, and so are their beginnings in any unit, to a few digits.
        label: String(Number(((1000 * seconds * together * k) / unit.size).toPrecision(6))),
        values: parts.map((outcome) => row.reduce((sum, span) => sum + (span[outcome] ?? 0), 0)),
      })),
    },
  ];
}
