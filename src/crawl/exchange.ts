import type { Address } from '../core/address.ts';
import type { Answer, Conversation, Visit } from '../core/visit.ts';

/** The clocks of an exchange: the time, milliseconds since 1970; and one that never jumps, milliseconds. */
export interface Clocks {
  readonly now: () => number;
  readonly monotonic: () => number;
}

/** What has gone over the wire, payload only. */
export interface Traffic {
  readonly bytesSent: number;
  readonly bytesReceived: number;
}

/** Told once, when an exchange is over; `exhausted` where this machine had no means for it. */
export type Done = (visit: Visit | 'exhausted') => void;

/** An exchange that begins now: the visit that it becomes with an answer. */
export function beginVisit(
  endpoint: Address,
  { question }: Conversation,
  { now, monotonic }: Clocks,
): (answer: Answer, traffic: Traffic) => Visit {
  const startedAt = now();
  const begin = monotonic();
  return (answer, { bytesSent, bytesReceived }) => {
    const duration = Math.round((monotonic() - begin) * 1000) / 1000;
    return { endpoint, question, startedAt, duration, bytesSent, bytesReceived, ...answer };
  };
}
