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

/** An exchange that has begun. */
export interface BegunExchange {
  /** The connection stands now. */
  readonly connected: () => void;
  /** The visit that it becomes with an answer. */
  readonly visit: (answer: Answer, traffic: Traffic) => Visit;
}

/** An exchange that begins now. */
export function beginExchange(
  endpoint: Address,
  { question }: Conversation,
  { now, monotonic }: Clocks,
): BegunExchange {
  const startedAt = now();
  const begin = monotonic();
  const elapsed = (): number => Math.round((monotonic() - begin) * 1000) / 1000;
  let roundTrip: number | undefined;
  return {
    connected: () => {
      roundTrip = elapsed();
    },
    visit: (answer, { bytesSent, bytesReceived }) => {
      const visit = { endpoint, question, startedAt, duration: elapsed(), bytesSent, bytesReceived };
      return roundTrip === undefined ? { ...visit, ...answer } : { ...visit, roundTrip, ...answer };
    },
  };
}
