import { hasSinglePoint, type ParadigmComparison, type Point } from '../paradigms/compare.ts';
import type { View } from './paradigms-report.ts';

/** What the numbers say to the lecture's questions, as far as the paradigms for them were measured. */
export function paradigmsStory(
  comparison: ParadigmComparison,
  largest: readonly Point[],
  view: View,
): readonly string[] {
  const at = (name: string): Point | undefined => largest.find(({ paradigm }) => paradigm.name === name);
  const stories: Readonly<Record<Exclude<View, 'all'>, () => readonly string[]>> = {
    search: () => [
      ...withoutLimit(at('pure'), at('pure-ttl-7')),
      ...structured(at('hybrid') ?? at('pure'), at('dht')),
    ],
    growth: () => growing(comparison),
    load: () => [...server(largest), ...tiers(at('pure'), at('hybrid'))],
    failures: () => failing(largest),
  };
  return view === 'all' ? Object.values(stories).flatMap((tell) => tell()) : stories[view]();
}

function withoutLimit(all: Point | undefined, limited: Point | undefined): readonly string[] {
  if (all === undefined || limited === undefined) return [];
  return [
    `Flooding finds ${percent(all.success)} of what is asked for with ${number(all.messages)} messages a query, and with a TTL of 7 ${percent(limited.success)} with ${number(limited.messages)}: it has to choose between its load and its reach.`,
  ];
}

function structured(flooded: Point | undefined, dht: Point | undefined): readonly string[] {
  if (flooded === undefined || dht === undefined) return [];
  return [
    `A query in the DHT costs ${number(dht.messages)} messages where ${flooded.paradigm.name} takes ${number(flooded.messages)}, and finds ${percent(dht.success)}. For that it gives up finding things by part of their name, and ${number(dht.joinMessages)} messages for each newcomer instead of ${number(flooded.joinMessages)}.`,
  ];
}

function growing({ growth }: ParadigmComparison): readonly string[] {
  const linear = growth.filter(
    ({ metric, growth: found }) =>
      metric === 'messages' && found !== null && found.form === 'power' && found.exponent > 0.8,
  );
  const slow = growth.filter(
    ({ metric, growth: found }) => metric === 'messages' && found !== null && found.form !== 'power',
  );
  const kept = growth.filter(
    ({ metric, growth: found }) =>
      metric === 'stateMost' && found !== null && found.form === 'power' && found.exponent > 0.8,
  );
  return [
    ...(linear.length > 0
      ? [
          `Messages for a query grow about as the number of peers in ${names(linear)}; with every peer asking, the load of all grows as its square.`,
        ]
      : []),
    ...(slow.length > 0
      ? [`They grow no faster than a logarithm, over these sizes, in ${names(slow)}.`]
      : []),
    ...(kept.length > 0
      ? [`What the fullest member keeps grows about as the number of peers in ${names(kept)}.`]
      : []),
  ];
}

function server(largest: readonly Point[]): readonly string[] {
  const served = largest.filter(({ busiestShare }) => busiestShare > 0.99);
  return served.length === 0
    ? []
    : [`One member handles all messages in ${list(served.map(({ paradigm }) => paradigm.name))}.`];
}

function tiers(pure: Point | undefined, hybrid: Point | undefined): readonly string[] {
  if (pure === undefined || hybrid === undefined) return [];
  return [
    `The peer in the middle handles ${fixed(pure.loadMedian)} messages for each query of anybody in the pure overlay and ${fixed(hybrid.loadMedian)} in the hybrid one, whose busiest superpeer handles ${fixed(hybrid.loadMost)} (${fixed(pure.loadMost)} in the pure one). All messages together: ${number(pure.messages)} and ${number(hybrid.messages)} a query, with which ${percent(pure.success)} and ${percent(hybrid.success)} find something.`,
  ];
}

function failing(largest: readonly Point[]): readonly string[] {
  const single = largest.filter(hasSinglePoint);
  const others = largest.filter((point) => !hasSinglePoint(point));
  return [
    ...(single.length > 0
      ? [
          `${list(single.map(({ paradigm }) => paradigm.name))} stop working without their busiest member: a single point of failure.`,
        ]
      : []),
    ...(others.length > 0
      ? [
          `When the best linked tenth fails, ${list(others.map(({ paradigm, remains }) => `${paradigm.name} still finds ${percent(remains.find(({ kind, failed }) => kind === 'degree' && failed === 0.1)?.success ?? 0)}`))}.`,
        ]
      : []),
  ];
}

function names(growth: ParadigmComparison['growth']): string {
  return list(growth.map(({ paradigm }) => paradigm.name));
}

function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

function number(value: number): string {
  return value < 100 ? String(Math.round(10 * value) / 10) : Math.round(value).toLocaleString('en');
}

function fixed(value: number): string {
  return value < 0.001 && value > 0 ? value.toExponential(0) : value.toFixed(3);
}
