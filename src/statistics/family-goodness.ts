import { pooledChiSquare, type ChiSquareTest } from './goodness.ts';
import type { Counted } from './counted.ts';
import type { IntegerLaw, Support } from './family.ts';

/** Up to so many values between two of the sample are added one by one; a survival function takes about as long. */
const SHORT_GAP = 16;

/**
 * The largest distance between the cumulative distributions of a sample and of a law, at any whole number: at the values of the sample, and just
 * below each, where the law has gone on and the sample has not. O(different values).
 * @param limit a distance that is larger need not be known exactly.
 */
export function familyKs(
  law: IntegerLaw,
  { values, counts, n }: Counted,
  support: Support,
  limit = Infinity,
): number {
  let largest = 0;
  let seen = 0;
  let survival = 1;
  let last = support.from - 1;
  for (let i = 0; i < values.length && largest <= limit; i++) {
    const x = values[i]!;
    if (x - last - 1 > SHORT_GAP) survival = Math.exp(law.logSurvival(x));
    else for (let y = last + 1; y < x; y++) survival -= Math.exp(law.logProbability(y));
    if (x > last + 1) largest = Math.max(largest, Math.abs(seen / n - (1 - survival)));
    seen += counts[i]!;
    survival -= Math.exp(law.logProbability(x));
    largest = Math.max(largest, Math.abs(seen / n - (1 - survival)));
    last = x;
  }
  return largest;
}

/** Cells of single values; beyond, a cell is as wide as it must be. */
const SINGLE = 2048;
/** The fewest values that a cell lets expect (Cochran's rule). */
const EXPECTED = 5;
const LARGEST = Number.MAX_SAFE_INTEGER;

/**
 * Pearson's test against a law on any support. Cells are single values where those expect 5 or more, else neighbours are pooled; what is left at the
 * upper end joins the last cell. O(different values + cells).
 * @param fitted parameters that were fitted to the same sample.
 */
export function familyChiSquare(
  law: IntegerLaw,
  sample: Counted,
  { from, to }: Support,
  fitted: number,
): ChiSquareTest {
  const { n } = sample;
  const cells: { observed: number; expected: number }[] = [];
  const end = Math.min(to, LARGEST);
  let place = 0;
  const observedUpTo = (x: number): number => {
    let sum = 0;
    for (; place < sample.values.length && sample.values[place]! <= x; place++) sum += sample.counts[place]!;
    return sum;
  };
  let open = { observed: 0, expected: 0 };
  let x = from;
  let left = n;
  for (; x <= end && left - open.expected >= EXPECTED;) {
    const next = x - from < SINGLE ? x : lastOfCell(law, x, end, (EXPECTED - open.expected) / n);
    const expected =
      next === x
        ? Math.exp(law.logProbability(x))
        : Math.exp(law.logSurvival(x)) - Math.exp(law.logSurvival(next + 1));
    open = { observed: open.observed + observedUpTo(next), expected: open.expected + n * expected };
    x = next + 1;
    if (open.expected < EXPECTED - 1e-9) continue;
    left -= open.expected;
    cells.push(open);
    open = { observed: 0, expected: 0 };
  }
  // What is left is a cell of its own where it expects enough.
  const last = cells.at(-1);
  if (left >= EXPECTED - 1e-9 || last === undefined) {
    cells.push({ observed: open.observed + observedUpTo(Infinity), expected: left });
  } else {
    last.observed += open.observed + observedUpTo(Infinity);
    last.expected += left;
  }
  return pooledChiSquare(cells, fitted);
}

/** The first value up to which, from x on, the law has this probability. */
function lastOfCell(law: IntegerLaw, x: number, end: number, probability: number): number {
  const above = Math.exp(law.logSurvival(x)) - probability;
  if (!(above > 0)) return end;
  const target = Math.log(above);
  const reached = (y: number) => y >= end || law.logSurvival(y + 1) <= target;
  let step = 1;
  while (!reached(x + step)) step *= 2;
  let [low, high] = [x, Math.min(x + step, end)];
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    if (reached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
