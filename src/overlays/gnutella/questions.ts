import type { Question } from '../../core/visit.ts';
import type { TaughtQuestion } from '../overlay.ts';
import { crawlerHandshake } from './crawler-handshake.ts';
import { oldPingCrawl, pingCrawl } from './ping-crawl.ts';
import { udpCrawlerPing } from './udp-crawler.ts';

/** The questions of Gnutella, in the order in which a crawl puts them, each with what a person should know of it. */
export const QUESTIONS: readonly TaughtQuestion[] = [
  taught(crawlerHandshake, {
    asks: 'Asks for the neighbours within the handshake: block 1 carries the header Crawler, and block 2 is the answer.',
    sees: 'Connections, the leaves of a superpeer, its role, its program, and often since when it is up.',
    misses:
      'Neighbours that announced no address, and the end of a list that is too long for the answer. Some servents do not know this question (Shareaza, old ones).',
  }),
  taught(udpCrawlerPing, {
    asks: 'Asks for the neighbours with one datagram, the vendor message LIME/5; the answer is a LIME/6.',
    sees: 'Connections, leaves, its program; no connection and no free slot is needed.',
    misses:
      'Neighbours that have IPv6 only, and more than 255 of a kind. Who has no neighbour keeps quiet, and so does who was asked a few minutes ago or does not know the message.',
  }),
  taught(pingCrawl, {
    asks: 'Connects as any leaf would and sends a Ping that travels two hops: the Pongs that come back tell of the neighbours.',
    sees: 'Connections to superpeers, and from the handshake its role and its program.',
    misses: 'Leaves. It takes a free slot, and a leaf does not pass such a Ping on.',
  }),
  taught(oldPingCrawl, {
    asks: 'The same with the greeting of Gnutella 0.4, which has no headers.',
    sees: 'Connections of servents that only know 0.4; all of their peers are equal.',
    misses: 'Anything about its program. Servents of 0.6 close without a word.',
  }),
];

function taught(question: Question, words: Pick<TaughtQuestion, 'asks' | 'sees' | 'misses'>): TaughtQuestion {
  return { ...question, ...words };
}
