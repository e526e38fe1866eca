import { explain } from '../../overlays/gnutella/explain/explain.ts';
import { spokenOf } from '../../overlays/gnutella/explain/spoken.ts';
import { explainNapster } from '../../overlays/napster/explain.ts';
import { spokenOfNapster } from '../../overlays/napster/spoken.ts';
import type { Spoken } from '../../overlays/spoken.ts';
import type { Actor, SequenceRun } from '../../simulate/sequences/sequence-run.ts';
import type { Crossing } from '../../simulate/virtual-hosts.ts';
import { sayingHolding } from '../dialogue.ts';

/** A message that has crossed a line. */
export interface Heard extends Spoken {
  /** By places of actors. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** Its bytes on the line. */
  readonly bytes: number;
  /** The place, among all that crossed lines, of the bytes that made it whole. */
  readonly order: number;
  /** Whether its receiver had heard the same request before, or made it. */
  readonly isRepeated: boolean;
}

/** A message of a stream; undefined in place of what it says where it can not be read. */
interface Piece {
  /** Bytes before its end. */
  readonly end: number;
  readonly size: number;
  readonly spoken: Spoken | undefined;
}

/** Which system was spoken: how its streams are read, and its messages told in few words. */
export type Language = (stream: Uint8Array) => Iterable<Piece>;

/** A body of HTTP belongs to its head. */
export const GNUTELLA: Language = function* (stream) {
  let last: Piece | undefined;
  for (const part of explain(stream)) {
    if (part.inflated) continue;
    const piece = { ...placeOf(part), spoken: spokenOf(part) };
    if (last !== undefined && part.kind === 'http-body') {
      last = { ...last, end: piece.end, size: last.size + piece.size };
      continue;
    }
    if (last !== undefined) yield last;
    last = piece;
  }
  if (last !== undefined) yield last;
};

export const NAPSTER: Language = function* (stream) {
  for (const part of explainNapster(stream)) yield { ...placeOf(part), spoken: spokenOfNapster(part) };
};

function placeOf({ offset, bytes }: { readonly offset: number; readonly bytes: Uint8Array }) {
  return { end: offset + bytes.length, size: bytes.length };
}

/**
 * What was said on the lines, message by message, read from the bytes by the project's own decoders, in the order in which
 * it was sent; at the same instant by sender and receiver. O(bytes + messages · log messages).
 */
export function heardMessages({ actors, crossings }: SequenceRun, language: Language): readonly Heard[] {
  const places = new Map<string, number>(actors.map(({ address }, place) => [address, place]));
  const messages: Omit<Heard, 'isRepeated'>[] = [];
  for (const said of streams(crossings)) {
    const holding = sayingHolding(said);
    for (const { end, size, spoken } of language(Buffer.concat(said.map(({ bytes }) => bytes)))) {
      const crossing = holding(end - 1);
      if (crossing === undefined || spoken === undefined) continue;
      const [dialler, dialled] = [places.get(crossing.dialler), places.get(crossing.dialled)];
      if (dialler === undefined || dialled === undefined) continue;
      const [from, to] = crossing.from === 'dialler' ? [dialler, dialled] : [dialled, dialler];
      const { sentAt, order } = crossing;
      const detail = named(spoken.detail, actors);
      messages.push({ ...spoken, detail, from, to, sentAt, bytes: size, order });
    }
  }
  return withRepetitions(messages.sort((a, b) => a.order - b.order)).sort(bySending);
}

/** Addresses of actors become their names. */
function named(detail: string | undefined, actors: readonly Actor[]): string | undefined {
  return actors.reduce<string | undefined>(
    (text, { address, name }) => text?.replaceAll(address, name),
    detail,
  );
}

type Numbered = Crossing & { readonly order: number };

/** What each side of each line said, apart. */
function streams(crossings: readonly Crossing[]): readonly (readonly Numbered[])[] {
  const bySide = new Map<string, Numbered[]>();
  for (const [order, crossing] of crossings.entries()) {
    const key = `${crossing.line} ${crossing.from}`;
    const numbered = { ...crossing, order };
    const stream = bySide.get(key);
    if (stream === undefined) bySide.set(key, [numbered]);
    else stream.push(numbered);
  }
  return [...bySide.values()];
}

/**
 * Tells requests that a receiver has heard before, and answers to upkeep, which are upkeep too.
 * @param messages in the order in which they arrived.
 */
function withRepetitions(messages: readonly Omit<Heard, 'isRepeated'>[]): Heard[] {
  const known = new Set<string>();
  const upkeep = new Set<string>();
  return messages.map((message): Heard => {
    const { kind, type, request, from, to } = message;
    if (request === undefined) return { ...message, isRepeated: false };
    if (kind === 'upkeep') upkeep.add(request);
    if (kind === 'answer' && upkeep.has(request)) return { ...message, kind: 'upkeep', isRepeated: false };
    if (kind !== 'request') return { ...message, isRepeated: false };
    const isRepeated = known.has(`${to} ${type} ${request}`);
    known.add(`${to} ${type} ${request}`);
    known.add(`${from} ${type} ${request}`);
    return { ...message, isRepeated };
  });
}

/** The order of one way of one line stays as it is. */
function bySending(a: Heard, b: Heard): number {
  return a.sentAt - b.sentAt || a.from - b.from || a.to - b.to || a.order - b.order;
}
