import { numberedGraph } from '../../models/numbered-graph.ts';
import { flood } from '../../search/flood.ts';
import { Trace } from '../../search/trace.ts';
import type { SequenceRun } from '../../simulate/sequences/sequence-run.ts';
import type { Heard } from './heard-messages.ts';

/** What a formula gives, and what was counted on the lines. */
export interface Check {
  /** `QUERY messages` */
  readonly what: string;
  readonly counted: number;
  readonly expected: number;
  /** In words, with the numbers that went in. */
  readonly formula: string;
}

/** A flood from the searcher in a flat overlay: requests, those that are dropped, and the way of answers back. */
export function pureChecks(run: SequenceRun, heard: readonly Heard[]): readonly Check[] {
  const { from, ttl, holders } = run.search;
  const of = heardSince(run, heard);
  const pingTtl = Math.max(...of('PING').map(({ ttl: left }) => left), 0);
  const everybody = run.actors.flatMap((_, place) => (place === from ? [] : [place]));
  const pings = floodOf(run, from, pingTtl);
  const queries = floodOf(run, from, ttl);
  return [
    ...floodChecks('PING', of('PING'), pings, pingTtl),
    backCheck('PONG', of('PONG').length, pings, everybody),
    ...floodChecks('QUERY', of('QUERY'), queries, ttl),
    backCheck('QUERY HIT', of('QUERY HIT').length, queries, holders),
  ];
}

/** One message to the superpeer, a flood among superpeers, and one for each leaf that has it. */
export function hybridChecks(run: SequenceRun, heard: readonly Heard[]): readonly Check[] {
  const { from, ttl, holders } = run.search;
  const of = heardSince(run, heard);
  const isSuper = (place: number): boolean => run.actors[place]?.role === 'superpeer';
  const up = run.links.find((link) => link.includes(from))?.find((place) => place !== from) ?? NaN;
  const tier = { ...run, links: run.links.filter((link) => link.every(isSuper)) };
  const among = floodOf(tier, up, ttl - 1);
  const leaves = holders.filter((place) => !isSuper(place) && place !== from);
  const queries = of('QUERY');
  // A leaf hangs at one superpeer: one hop each at both ends of the way among them.
  const distances = leaves.map((leaf) => {
    const at = run.links.find((link) => link.includes(leaf))?.find((place) => place !== leaf) ?? NaN;
    return 2 + among.distance(at);
  });
  return [
    {
      what: 'QUERY messages',
      counted: queries.length,
      expected: 1 + among.messages + leaves.length,
      formula: `1 to the superpeer + ${among.messages} among superpeers (TTL ${ttl - 1}) + ${leaves.length} to leaves whose tables match`,
    },
    {
      what: 'QUERY duplicates',
      counted: queries.filter(({ isRepeated }) => isRepeated).length,
      expected: among.messages - among.reached,
      formula: 'messages among superpeers - superpeers reached',
    },
    {
      what: 'QUERY HIT messages',
      counted: of('QUERY HIT').length,
      expected: distances.reduce((sum, hops) => sum + hops, 0),
      formula: `hops from the holder back: ${distances.join(' + ')}`,
    },
  ];
}

/** A question and an answer, however many files the answer has. */
export function centralizedChecks(run: SequenceRun, heard: readonly Heard[]): readonly Check[] {
  const of = heardSince(run, heard);
  const searches = of('SEARCH (200)').length;
  const answers = of('END OF RESULTS (202)').length;
  const results = run.search.holders.length;
  return [
    {
      what: 'messages a query',
      counted: searches + answers,
      expected: 2,
      formula:
        'a request and an answer, whatever the size of the overlay (an answer is taken for one message)',
    },
    {
      what: 'messages of the answer on the line',
      counted: of('RESULT (201)').length + answers,
      expected: results + 1,
      formula: `one for each of ${results} files found, one that ends them`,
    },
  ];
}

type Counted = Heard & { readonly ttl: number };

function heardSince(run: SequenceRun, heard: readonly Heard[]): (type: string) => readonly Counted[] {
  return (type) =>
    heard
      .filter((one) => one.sentAt >= run.begin && one.kind !== 'upkeep' && one.type === type)
      .map((one) => ({ ...one, ttl: Number(/TTL (\d+)/.exec(one.detail ?? '')?.[1] ?? 0) }));
}

interface Flooded {
  readonly messages: number;
  readonly reached: number;
  readonly formula: string;
  distance(place: number): number;
}

/** A flood by the rule of `peerscope search --strategy flood`, over the links of a run. */
function floodOf(
  { actors, links }: Pick<SequenceRun, 'actors' | 'links'>,
  from: number,
  ttl: number,
): Flooded {
  const { simple } = numberedGraph(actors.length, {
    sources: Uint32Array.from(links, ([source]) => source),
    targets: Uint32Array.from(links, ([, target]) => target),
  });
  const trace = new Trace(actors.length);
  flood(simple, trace, from, ttl);
  const hops = new Map<number, number>();
  let [place, hop] = [1, 0];
  hops.set(from, 0);
  for (const reached of trace.reachedAt) {
    hop += 1;
    for (let end = place + reached; place < end; place++) hops.set(trace.order[place] ?? NaN, hop);
  }
  const terms = trace.messagesAt.join(' + ');
  return {
    messages: trace.messages,
    reached: trace.reached,
    formula: `deg(s) + sum of deg(v) - 1 within TTL - 1 hops, by hop: ${terms}`,
    distance: (peer) => hops.get(peer) ?? 0,
  };
}

function floodChecks(type: string, heard: readonly Counted[], expected: Flooded, ttl: number): Check[] {
  return [
    {
      what: `${type} messages (TTL ${ttl})`,
      counted: heard.length,
      expected: expected.messages,
      formula: expected.formula,
    },
    {
      what: `${type} duplicates`,
      counted: heard.filter(({ isRepeated }) => isRepeated).length,
      expected: expected.messages - expected.reached,
      formula: `messages - peers reached: ${expected.messages} - ${expected.reached}`,
    },
  ];
}

function backCheck(type: string, counted: number, flooded: Flooded, from: readonly number[]): Check {
  const distances = from.map((place) => flooded.distance(place));
  return {
    what: `${type} messages`,
    counted,
    expected: distances.reduce((sum, hops) => sum + hops, 0),
    formula: `hops back, of each that answers: ${distances.join(' + ')}`,
  };
}
