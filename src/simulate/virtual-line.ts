import type { Answer, Conversation, Patience } from '../core/visit.ts';
import type { EventQueue } from './event-queue.ts';

/** The line between whoever asks and a peer, in virtual time. Bandwidth and loss are not modelled. */
export interface VirtualLine {
  readonly events: EventQueue;
  readonly conversation: Conversation;
  /** One way, milliseconds. */
  readonly delay: number;
  /** Of whoever asks. */
  readonly patience: Patience;
}

/** Payload that has gone over a line; and the milliseconds until a connection stood, if one did. */
export interface Traffic {
  readonly bytesSent: number;
  readonly bytesReceived: number;
  readonly roundTrip?: number;
}

/** Told once, when an exchange is over. */
export type Finish = (answer: Answer, traffic: Traffic) => void;

/** Who asks, as the servents see it. */
export const CRAWLER_IP = '127.0.0.1';
