import type { Overlay } from '../overlay.ts';
import { hostCaches } from './bootstrap/host-caches.ts';
import { crawlerHandshake } from './crawler-handshake.ts';
import { explain } from './explain/explain.ts';
import { createQuestions, followUp } from './follow-up.ts';
import { QUESTIONS } from './questions.ts';
import { PERSONALITIES } from './servent/personalities.ts';
import { isRefusalCode } from './servent/refusal-codes.ts';
import { createServent } from './servent/servent.ts';
import { DEFAULT_PORT } from './wire/address-list.ts';

/** Gnutella 0.6: a tier of ultrapeers (superpeers here) that hold connections, and leaves registered with some of them. */
export const gnutella: Overlay = {
  name: 'gnutella',
  title: 'Gnutella 0.6',
  defaultPort: DEFAULT_PORT,
  question: crawlerHandshake,
  followUp: (asked) => followUp(asked),
  introducedAs: (who) => {
    const questions = createQuestions(who);
    return { question: questions.crawlerHandshake, followUp: (asked) => followUp(asked, questions) };
  },
  questions: QUESTIONS,
  explain,
  hostCaches,
  personalities: PERSONALITIES,
  isRefusalCode,
  createServent,
};
