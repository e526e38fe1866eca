import type { ComponentsResult } from '../../analyses/components.ts';
import type { DegreeModelResult } from '../../analyses/degree-model-result.ts';
import type { DistancesResult } from '../../analyses/distances-result.ts';
import type { ResilienceResult } from '../../analyses/resilience-result.ts';
import type { SummaryResult } from '../../analyses/summary.ts';
import type { SuperpeersResult } from '../../analyses/superpeers.ts';
import type { Table } from '../../core/table.ts';
import { formatNumber, formatPercent } from '../format-number.ts';
import { resultOf, type ReportedInput } from './reported-input.ts';
import type { Pair } from './side-by-side.ts';

/** One number that two inputs have; null where one of them has none. */
interface Measure {
  /** As a column would be called, and as a sentence says it. */
  readonly name: string;
  readonly words: string;
  readonly values: Pair<number | null>;
  readonly isShare?: boolean;
}

/** The numbers of both side by side, and how far they are apart. */
export function numbersTable(inputs: Pair<ReportedInput>, labels: Pair<string>): Table {
  return {
    name: 'side-by-side',
    title: 'Side by side',
    columns: [
      { name: 'measure' },
      { name: labels[0] },
      { name: labels[1] },
      { name: 'difference' },
      { name: 'change_percent', digits: 1 },
    ],
    rows: measuresOf(inputs).map(({ name, values: [first, second] }) => [
      name,
      first,
      second,
      first === null || second === null ? null : second - first,
      first === null || second === null || first === 0 ? null : (100 * (second - first)) / Math.abs(first),
    ]),
  };
}

/** What differs between them, in a sentence each; one sentence where nothing does. */
export function changeWords(inputs: Pair<ReportedInput>, labels: Pair<string>): string[] {
  const changes = measuresOf(inputs).flatMap((measure) => changeOf(measure, labels));
  const verdicts = verdictWords(inputs, labels);
  if (changes.length + verdicts.length === 0) return ['In none of the numbers measured do the two differ.'];
  return [...changes, ...verdicts];
}

/** Less than this share of a number is not worth a sentence; the table has it all the same. */
const NOTICEABLE = 0.005;

function changeOf({ words, values: [first, second], isShare }: Measure, labels: Pair<string>): string[] {
  if (first === null || second === null || first === second) return [];
  const relative = Math.abs(second - first) / Math.max(Math.abs(first), Math.abs(second));
  if (relative < NOTICEABLE) return [];
  const text = isShare === true ? formatPercent : formatNumber;
  const factor = first > 0 && second > 0 ? Math.max(second / first, first / second) : 0;
  const how =
    factor >= 2
      ? ` (${second > first ? '×' : '÷'} ${formatNumber(factor, 1)})`
      : isShare === true || first === 0
        ? ''
        : ` (${second > first ? '+' : '−'}${formatPercent(Math.abs(second - first) / Math.abs(first))})`;
  return [`${words}: ${text(first)} in ${labels[0]}, ${text(second)} in ${labels[1]}${how}.`];
}

/** Laws whose verdict is another one. */
function verdictWords(inputs: Pair<ReportedInput>, labels: Pair<string>): string[] {
  const [first, second] = inputs.map(
    ({ findings }) => (resultOf(findings, 'degree-model') as DegreeModelResult | undefined)?.models,
  );
  if (first === undefined || second === undefined) return [];
  return Object.entries(first).flatMap(([law, { verdict }]) => {
    const other = second[law]?.verdict;
    return other === undefined || other === verdict
      ? []
      : [`The degree law ${law}: ${verdict} in ${labels[0]}, ${other} in ${labels[1]}.`];
  });
}

function measuresOf(inputs: Pair<ReportedInput>): Measure[] {
  const [first, second] = inputs.map(numbersOf) as [Numbers, Numbers];
  return Object.entries(WORDS).flatMap(([name, { words, isShare }]) => {
    const values = [first[name] ?? null, second[name] ?? null] as const;
    return values.every((value) => value === null) ? [] : [{ name, words, values, isShare }];
  });
}

type Numbers = Readonly<Record<string, number | null | undefined>>;

const WORDS: Readonly<Record<string, { readonly words: string; readonly isShare: boolean }>> = {
  peers: { words: 'Peers', isShare: false },
  links: { words: 'Links', isShare: false },
  'mean degree': { words: 'Links of a peer on average', isShare: false },
  'standard deviation of the degree': { words: 'Standard deviation of the degree', isShare: false },
  'largest degree': { words: 'Most links of a peer', isShare: false },
  'share of respondents': { words: 'Share of the peers that answered', isShare: true },
  components: { words: 'Components', isShare: false },
  'share of the largest component': { words: 'Share of the peers in the largest component', isShare: true },
  'mean distance': { words: 'Steps between two peers on average', isShare: false },
  'largest distance': { words: 'Steps between two peers at most', isShare: false },
  'declared superpeers': { words: 'Declared superpeers', isShare: false },
  'falls apart at random': { words: 'Share of peers at whose random removal it falls apart', isShare: true },
  'falls apart by degree': {
    words: 'Share of peers at whose removal, most links first, it falls apart',
    isShare: true,
  },
  'estimated completeness': { words: 'Estimated completeness', isShare: true },
};

function numbersOf({ findings, snapshot, topology }: ReportedInput): Numbers {
  const summary = resultOf(findings, 'summary') as SummaryResult | undefined;
  const components = resultOf(findings, 'components') as ComponentsResult | undefined;
  const distances = resultOf(findings, 'distances') as DistancesResult | undefined;
  const superpeers = resultOf(findings, 'superpeers') as SuperpeersResult | undefined;
  const resilience = resultOf(findings, 'resilience') as ResilienceResult | undefined;
  const thresholdOf = (name: string): number | null | undefined =>
    resilience?.strategies.find(({ strategy }) => strategy === name)?.threshold;
  return {
    peers: topology.size,
    links: topology.linkCount,
    'mean degree': summary?.meanDegree,
    'standard deviation of the degree': summary?.standardDeviationDegree,
    'largest degree': summary?.maxDegree,
    'share of respondents':
      summary === undefined || summary.respondents === null || summary.nodes === 0
        ? null
        : summary.respondents / summary.nodes,
    components: components?.weak.count,
    'share of the largest component': components?.weak.largest.share,
    'mean distance': distances?.meanPathLength,
    'largest distance': distances?.diameter,
    'declared superpeers': superpeers?.declared.superpeers,
    'falls apart at random': thresholdOf('random'),
    'falls apart by degree': thresholdOf('degree'),
    'estimated completeness': snapshot?.manifest.accuracy?.peers.completeness.value,
  };
}
