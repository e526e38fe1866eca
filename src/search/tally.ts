import type { SearchTimes } from './arrivals.ts';
import { MESSAGE_TYPES, type MessageType } from './message-sizes.ts';
import type { Trace } from './trace.ts';

/** What one request came to. */
export interface Outcome {
  /** Copies of the request that were sent. */
  readonly messages: number;
  /** Those of them that came to a peer that had had one. */
  readonly duplicates: number;
  /** Peers that had it, each once, besides the source. */
  readonly reached: number;
  /** Holders that answered. */
  readonly hits: number;
  /** Hops that the request took to the first of them; null where there is none. */
  readonly hops: number | null;
  /** Undefined where links have no delays, and where somebody takes part whose place is not known. */
  readonly times?: SearchTimes | undefined;
}

/** Adds up what requests cost, and whom. 12 bytes a peer. */
export class Tally {
  /** Messages that each peer sent or received. */
  readonly load: Float64Array;
  /** GUIDs that each peer has to remember, none forgotten. */
  readonly entries: Uint32Array;
  /** By hop, from 0. */
  readonly messagesAt: number[] = [];
  readonly reachedAt: number[] = [];
  readonly counts: Record<MessageType, number>;
  readonly outcomes: Outcome[] = [];
  /** superpeer: leaves that were asked, those of them who hold nothing, and copies that their tables spared leaves. */
  readonly leaves = { asked: 0, falsePositives: 0, spared: 0 };

  constructor(size: number) {
    this.load = new Float64Array(size);
    this.entries = new Uint32Array(size);
    this.counts = Object.fromEntries(MESSAGE_TYPES.map((type) => [type, 0])) as Record<MessageType, number>;
  }

  /** The hops of a trace, and that everybody in it remembers its GUID. O(hops + peers reached). */
  addTrace(trace: Trace): void {
    addUp(this.messagesAt, trace.messagesAt);
    addUp(this.reachedAt, trace.reachedAt);
    const { order, count } = trace;
    for (let place = 0; place < count; place++) this.entries[order[place]!]! += 1;
  }

  /** One message from a peer to another. */
  message(type: MessageType, from: number, to: number): void {
    this.counts[type] += 1;
    this.load[from]! += 1;
    this.load[to]! += 1;
  }

  /** An answer that goes back the way on which the request came to a peer first. How many hops that is. */
  answer(type: MessageType, trace: Trace, from: number): number {
    const { senders } = trace;
    let hops = 0;
    for (let peer = from, next = senders[peer]!; next !== peer; peer = next, next = senders[peer]!) {
      this.message(type, peer, next);
      hops += 1;
    }
    return hops;
  }
}

function addUp(sums: number[], values: readonly number[]): void {
  for (let k = 0; k < values.length; k++) sums[k] = (sums[k] ?? 0) + values[k]!;
}
