import type { Carrier } from '../core/visit.ts';
import type { Saying } from '../crawl/overheard.ts';
import type { ExplainedPart } from '../overlays/explanation.ts';

/** One message of a conversation. */
export interface Message {
  readonly from: Saying['from'];
  /** Milliseconds since the contact began: when its last byte had come, or the first one of a deflated stream. */
  readonly at: number;
  readonly part: ExplainedPart;
}

/** BOUNDED: messages of one side that are told; a stream may inflate to millions. */
export const MAX_MESSAGES = 5_000;

/**
 * What was said as messages, in the order in which they were complete. A datagram is read by itself; of a connection each
 * side is one stream, which the other side's words do not interrupt. What stands in a deflated stream is told as of the
 * moment when the stream begins. O(bytes + messages · log messages).
 */
export function dialogueOf(
  carrier: Carrier,
  said: readonly Saying[],
  explain: (bytes: Uint8Array) => Iterable<ExplainedPart>,
): readonly Message[] {
  if (carrier === 'udp') {
    const messages = said.flatMap(({ from, at, bytes }) =>
      [...explain(bytes)].map((part) => ({ from, at, part })),
    );
    return messages.slice(0, 2 * MAX_MESSAGES);
  }
  const numbered = said.map((saying, order) => ({ ...saying, order }));
  return (['us', 'peer'] as const)
    .flatMap((from) =>
      streamMessages(
        numbered.filter((saying) => saying.from === from),
        explain,
      ),
    )
    .sort((a, b) => a.order - b.order);
}

type Ordered<T> = T & { readonly order: number };

function streamMessages(
  said: readonly Ordered<Saying>[],
  explain: (bytes: Uint8Array) => Iterable<ExplainedPart>,
): readonly Ordered<Message>[] {
  const holding = sayingHolding(said);
  const messages: Ordered<Message>[] = [];
  const add = (part: ExplainedPart, saying: Ordered<Saying> | undefined): void => {
    if (saying !== undefined) messages.push({ from: saying.from, at: saying.at, order: saying.order, part });
  };
  let streamFrom: Ordered<Saying> | undefined;
  for (const part of explain(Buffer.concat(said.map(({ bytes }) => bytes)))) {
    if (messages.length >= MAX_MESSAGES) break;
    if (!part.inflated) {
      add(part, holding(part.offset + part.bytes.length - 1));
      streamFrom = undefined;
      continue;
    }
    if (streamFrom === undefined) {
      const stream = messages.pop();
      streamFrom = holding(stream?.part.offset ?? 0);
      if (stream !== undefined) add(stream.part, streamFrom);
    }
    add(part, streamFrom);
  }
  return messages;
}

/** Which of them holds the byte at an offset in all of them together. O(log sayings). */
export function sayingHolding<S extends Pick<Saying, 'bytes'>>(
  said: readonly S[],
): (offset: number) => S | undefined {
  const ends: number[] = [];
  let total = 0;
  for (const { bytes } of said) ends.push((total += bytes.length));
  return (offset) => {
    let low = 0;
    let high = ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) > offset) high = middle;
      else low = middle + 1;
    }
    return said[low];
  };
}
