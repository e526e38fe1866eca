import { OUTCOME_WORDS, ROLE_WORDS, type ViewGraph } from '../src/reports/view/view-graph.ts';
import { FILLED, OTHERS, UNKNOWN, type Shape } from './shapes.ts';
import { shownText } from './shown-text.ts';
import type { Colouring } from './view-state.ts';

/** An entry of the legend. */
export interface Category {
  readonly label: string;
  readonly color: string;
  readonly shape: Shape;
  readonly count: number;
}

/** Which entry each peer belongs to. */
export interface Categories {
  readonly of: Uint8Array;
  readonly list: readonly Category[];
}

/** Okabe and Ito 2008: colours that colour-blind people tell apart; blue and black are lighter on a dark ground. */
const ON_LIGHT = ['#0072B2', '#E69F00', '#009E73', '#D55E00', '#56B4E9', '#CC79A7', '#B8A800'];
const ON_DARK = ['#4AA3E0', '#E69F00', '#1FBF92', '#F07F2E', '#8CCDF2', '#E09BC0', '#F0E442'];
const OTHER_ON_LIGHT = '#8C959F';
const OTHER_ON_DARK = '#7A828C';
/** From few links to many, from cool to warm, and lighter at its end. */
const RAMP = ['#8C959F', '#5AA9DD', '#2F86C6', '#7A70BC', '#B25C9C', '#D9586A', '#EA8A3A', '#E8C33A'];

/**
 * How peers are told apart by their colours and shapes. Of a series, peers of one snapshot are counted, but what a colour stands for is the
 * same in all of them. O(n + m log m) for m different values.
 *
 * @param present 0 for peers that are not to be counted.
 */
export function categoriesOf(
  graph: ViewGraph,
  by: Colouring,
  isDark: boolean,
  present?: Uint8Array,
): Categories {
  const { looks } = graph;
  const words = (
    values: ArrayLike<number>,
    others: readonly ArrayLike<number>[],
    word: (value: number) => string,
    first: readonly string[] = [],
  ): Categories => byWord({ values, others, word, first, present }, isDark);
  switch (by) {
    case 'role':
      return words(
        graph.roleOf,
        looks.map(({ roleOf }) => roleOf),
        (role) => ROLE_WORDS[role] ?? '',
        ['superpeer', 'leaf'],
      );
    case 'outcome':
      return words(
        graph.outcomeOf,
        looks.map(({ outcomeOf }) => outcomeOf),
        (outcome) => OUTCOME_WORDS[outcome] ?? '',
        ['ok'],
      );
    case 'agent':
      return words(graph.agentOf, [], (agent) =>
        agent === 0 ? 'not known' : shownText(graph.agents[agent]!),
      );
    case 'component':
      return words(graph.componentOf, [], (which) => `component ${which + 1}`);
    case 'degree':
      return looks.length > 0 ? byStep(graph.degrees, doublingSteps(), present) : byDegree(graph.degrees);
  }
}

interface Values {
  readonly values: ArrayLike<number>;
  /** The same of other snapshots. */
  readonly others: readonly ArrayLike<number>[];
  readonly word: (value: number) => string;
  /** Words that stand before the most frequent ones. */
  readonly first: readonly string[];
  readonly present: Uint8Array | undefined;
}

function countsOf(columns: readonly ArrayLike<number>[], present?: Uint8Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const values of columns)
    for (let i = 0; i < values.length; i++)
      if (present?.[i] !== 0) counts.set(values[i]!, (counts.get(values[i]!) ?? 0) + 1);
  return counts;
}

function byWord({ values, others: elsewhere, word, first, present }: Values, isDark: boolean): Categories {
  const counts = countsOf([values], present);
  const frequency = elsewhere.length === 0 ? counts : countsOf(elsewhere);
  for (const value of counts.keys()) if (!frequency.has(value)) frequency.set(value, 0);
  const palette = isDark ? ON_DARK : ON_LIGHT;
  const known = [...frequency].filter(([value]) => word(value) !== 'not known');
  const rank = (value: number): number => {
    const place = first.indexOf(word(value));
    return place < 0 ? first.length : place;
  };
  known.sort(([a, n], [b, m]) => rank(a) - rank(b) || m - n || a - b);
  const named = known.slice(0, palette.length);
  const others = known.slice(palette.length);
  const unknown = [...frequency].filter(([value]) => word(value) === 'not known');
  const gray = isDark ? OTHER_ON_DARK : OTHER_ON_LIGHT;
  const sum = (list: typeof known): number =>
    list.reduce((total, [value]) => total + (counts.get(value) ?? 0), 0);
  const list: Category[] = named.map(([value], k) => ({
    label: word(value),
    color: palette[k]!,
    shape: FILLED[k]!,
    count: counts.get(value) ?? 0,
  }));
  const placeOf = new Map(named.map(([value], k) => [value, k]));
  if (others.length > 0) {
    for (const [value] of others) placeOf.set(value, list.length);
    list.push({
      label: `${others.length} others`,
      color: isDark ? '#B9C0C8' : '#4D555E',
      shape: OTHERS,
      count: sum(others),
    });
  }
  if (unknown.length > 0) {
    for (const [value] of unknown) placeOf.set(value, list.length);
    list.push({ label: 'not known', color: gray, shape: UNKNOWN, count: sum(unknown) });
  }
  return { of: Uint8Array.from(values, (value) => placeOf.get(value) ?? 0), list };
}

/** By powers of two: 0–1, 2, 3–4, 5–8 … and all above the last one; where that tells hardly anybody apart, in even steps. */
function byDegree(degrees: Uint32Array): Categories {
  const doubling = byStep(degrees, doublingSteps());
  if (doubling.list.filter(({ count }) => count > 0).length > 2) return doubling;
  const low = degrees.reduce((least, degree) => Math.min(least, degree), Infinity);
  const high = degrees.reduce((most, degree) => Math.max(most, degree), 0);
  return high - low < 2 ? doubling : byStep(degrees, evenSteps(low, high));
}

/** The lowest degree of each entry, and the highest of the last one. */
interface Steps {
  readonly begins: readonly number[];
  readonly end: number | undefined;
}

function doublingSteps(): Steps {
  return { begins: RAMP.map((_, place) => (place < 2 ? 2 * place : 2 ** (place - 1) + 1)), end: undefined };
}

function evenSteps(low: number, high: number): Steps {
  const width = Math.ceil((high - low + 1) / RAMP.length);
  const begins = RAMP.map((_, place) => low + width * place).filter((begin) => begin <= high);
  return { begins, end: high };
}

function byStep(degrees: Uint32Array, { begins, end }: Steps, present?: Uint8Array): Categories {
  const of = Uint8Array.from(degrees, (degree) =>
    Math.max(
      0,
      begins.findLastIndex((begin) => begin <= degree),
    ),
  );
  const counts = new Uint32Array(begins.length);
  of.forEach((place, peer) => {
    if (present?.[peer] !== 0) counts[place]! += 1;
  });
  const label = (place: number): string => {
    const [low, last] = [begins[place]!, place + 1 < begins.length ? begins[place + 1]! - 1 : end];
    if (last === undefined) return `degree ${low} and more`;
    return low === last ? `degree ${low}` : `degree ${low}–${last}`;
  };
  // An order, not kinds: what is beside the colour here is the size.
  const list = begins.map((_, place): Category => ({
    label: label(place),
    color: RAMP[Math.round((place * (RAMP.length - 1)) / Math.max(1, begins.length - 1))]!,
    shape: 'circle',
    count: counts[place]!,
  }));
  return { of, list };
}
