import { climb } from './climb.ts';
import type { Course, CreatedSessions, Start } from './observed-sessions.ts';
import {
  integralOfSurvival,
  SESSION_FAMILIES,
  type LawPoint,
  type SessionFamily,
  type SessionLawName,
} from './session-laws.ts';
import { chiSquareSurvival } from './special.ts';

/** A law of session lengths fitted to what looks at intervals saw of them. Times are in the unit of the looks. */
export interface SessionFit {
  readonly law: SessionLawName;
  readonly title: string;
  readonly point: LawPoint;
  /** The likeliest parameters, with standard errors from the observed information; null where it says nothing. */
  readonly parameters: readonly {
    readonly name: string;
    readonly value: number;
    readonly standardError: number | null;
  }[];
  readonly logLikelihood: number;
  /** Akaike's criterion, 2k - 2 ln L; and how far it lies above the best of these laws. */
  readonly aic: number;
  readonly deltaAic: number;
  /** A parameter lies at the end of the range that was searched: the law does not fit. */
  readonly atBound: boolean;
  readonly median: number;
  readonly mean: number;
  /** The share of all sessions that a look sees at all: the others began and ended between two looks. */
  readonly seenShare: number;
  /** Pearson's test of the law against the number of looks at which sessions were seen; null without degrees of freedom. */
  readonly goodness: { readonly chiSquare: number; readonly df: number; readonly pValue: number } | null;
  /** The law's P(seen at k looks or more | seen), for k = 1, 2 … as far as sessions were followed. */
  readonly shares: readonly number[];
}

/**
 * Fits each law by maximum likelihood to sessions of the create-based method, the best by AIC first.
 *
 * Sessions begin at a uniformly random instant between two looks. So one that was first seen at look i with width w between
 * the ends of the looks i-1 and i, and that lasted longer than A + x and at most A + y with A uniform in 0..w, has the
 * probability [I(x) - I(y)] / I(x0), where I(x) is the integral of S over x..x+w and x0 belongs to its first look (or the one from which on
 * sessions are fitted): it is in the sample only because it was seen at all, and short ones seldom are. One that was followed to the end has I(x) / I(x0). This is exact, however
 * the lengths lie to the interval. O(different spans of courses) a step, some ten steps.
 */
export function fitSessions(created: CreatedSessions): readonly SessionFit[] {
  const courses = created.courses.filter(({ snapshots }) => snapshots >= created.least);
  if (courses.length === 0) return [];
  const fits = SESSION_FAMILIES.map((family) => fitFamily(family, { ...created, courses }));
  const best = Math.min(...fits.map(({ aic }) => aic));
  return fits.map((fit) => ({ ...fit, deltaAic: fit.aic - best })).sort((a, b) => a.aic - b.aic);
}

/** How far the logarithm of the scale is searched from where the mean observed length is. */
const SCALE_REACH = 12;
const NEAR_BOUND = 1e-3;

function fitFamily(family: SessionFamily, { courses, starts, followed, least }: CreatedSessions): SessionFit {
  const start = Math.log(meanLength(courses));
  const { shapeRange, parameters } = family;
  const scaleRange = [start - SCALE_REACH, start + SCALE_REACH] as const;
  const value = likelihoodOf(family, courses);
  const top = climb(value, [start, 0], parameters.length === 1 ? [scaleRange] : [scaleRange, shapeRange]);
  const [logScale = start, logShape = 0] = top.at;
  const point = [logScale, logShape] as const;
  const atBound = top.at.some((at, k) => {
    const [low, high] = k === 0 ? scaleRange : shapeRange;
    return at - low < NEAR_BOUND || high - at < NEAR_BOUND;
  });
  return {
    law: family.name,
    title: family.title,
    point,
    parameters: parameters.map((name, k) => {
      const error = atBound ? null : (top.standardErrors[k] ?? null);
      const parameter = Math.exp(point[k] ?? 0);
      // Of a logarithm to the parameter itself: the delta method.
      return { name, value: parameter, standardError: error === null ? null : parameter * error };
    }),
    logLikelihood: top.value,
    aic: 2 * parameters.length - 2 * top.value,
    deltaAic: 0,
    atBound,
    median: family.median(point),
    mean: family.mean(point),
    seenShare: seenShare(family, point, starts),
    ...againstCounts(sharesOf(family, point, starts, followed), courses, least, parameters.length),
  };
}

/** The log-likelihood; spans that several courses share, as they do where looks are equally far apart, are integrated once. */
function likelihoodOf(
  family: SessionFamily,
  courses: readonly Course[],
): (point: readonly number[]) => number {
  const places = new Map<string, number>();
  const spans: (readonly [from: number, to: number])[] = [];
  const placeOf = (from: number, width: number): number => {
    const key = `${from.toPrecision(10)} ${width.toPrecision(10)}`;
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, spans.length);
    return spans.push([from, from + width]) - 1;
  };
  const terms = courses.map(({ count, width, seen, from, to }) => ({
    count,
    seen: placeOf(seen, width),
    from: placeOf(from, width),
    to: to === undefined ? undefined : placeOf(to, width),
  }));
  return ([logScale = 0, logShape = 0]) => {
    const lasted = spans.map(([from, to]) => integralOfSurvival(family, [logScale, logShape], from, to));
    const at = (place: number): number => lasted[place] ?? 0;
    return terms.reduce((sum, { count, seen, from, to }) => {
      const probability = at(from) - (to === undefined ? 0 : at(to));
      return sum + count * (Math.log(Math.max(probability, Number.MIN_VALUE)) - Math.log(at(seen)));
    }, 0);
  };
}

function meanLength(courses: readonly Course[]): number {
  let sum = 0;
  let count = 0;
  for (const course of courses) {
    sum += course.count * (Math.max(0, course.from) + course.width);
    count += course.count;
  }
  return sum / count;
}

/** As many sessions as were seen over as many as there were, by the intervals in which these began. */
function seenShare(family: SessionFamily, point: LawPoint, starts: readonly Start[]): number {
  let seen = 0;
  let all = 0;
  for (const { count, width, from } of starts) {
    seen += count;
    all += (count * width) / lastedFrom(family, point, width, from[0] ?? 0);
  }
  return seen / all;
}

function lastedFrom(family: SessionFamily, point: LawPoint, width: number, from: number): number {
  return integralOfSurvival(family, point, from, from + width);
}

/** P(seen at k looks or more | seen), for k = 1, 2 …: the mean over the sessions. */
function sharesOf(
  family: SessionFamily,
  point: LawPoint,
  starts: readonly Start[],
  followed: number,
): number[] {
  const shares = new Float64Array(followed);
  let sessions = 0;
  for (const { count, width, from } of starts) {
    const first = lastedFrom(family, point, width, from[0] ?? 0);
    from.forEach((x, k) => (shares[k]! += (count * lastedFrom(family, point, width, x)) / first));
    sessions += count;
  }
  return Array.from(shares, (share) => share / sessions);
}

/** Fewer sessions than these in a class make the chi-square distribution a bad approximation. */
const LEAST_EXPECTED = 5;

/**
 * How many sessions the law lets expect at 1, 2 … looks, against how many there were. The last class has all that were seen as
 * often as everyone was followed, or more; neighbouring classes are joined until each has enough.
 */
function againstCounts(
  shares: readonly number[],
  courses: readonly Course[],
  least: number,
  parameters: number,
): Pick<SessionFit, 'goodness' | 'shares'> {
  const counts = new Float64Array(shares.length + 1);
  let sessions = 0;
  for (const { count, snapshots } of courses) {
    counts[Math.min(snapshots, shares.length)]! += count;
    sessions += count;
  }
  let chiSquare = 0;
  let classes = 0;
  let [expected, found] = [0, 0];
  const scale = sessions / (shares[least - 1] ?? NaN);
  for (let k = least; k <= shares.length; k++) {
    const rest = scale * (shares[k] ?? 0);
    expected += scale * (shares[k - 1] ?? 0) - rest;
    found += counts[k]!;
    const isLast = k === shares.length;
    if (!isLast && (expected < LEAST_EXPECTED || rest < LEAST_EXPECTED)) continue;
    if (expected > 0) {
      chiSquare += (found - expected) ** 2 / expected;
      classes += 1;
    }
    [expected, found] = [0, 0];
  }
  const df = classes - 1 - parameters;
  const goodness = df < 1 ? null : { chiSquare, df, pValue: chiSquareSurvival(chiSquare, df) };
  return { goodness, shares };
}
