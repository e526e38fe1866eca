import type { Address } from '../../../src/core/address.ts';
import type { Answer } from '../../../src/core/visit.ts';
import { crawlerHandshake } from '../../../src/overlays/gnutella/crawler-handshake.ts';
import type { Servent } from '../../../src/overlays/overlay.ts';
import { address } from './support.ts';

/** The address under which servents are asked in these tests, and the one that asks. */
export const ASKED: Address = address('192.0.2.1:6346');
export const CRAWLER_IP = '198.51.100.2';

/** What a read from a socket brings at most. */
const CHUNK_BYTES = 65_536;

/** A visit of our crawler at a servent, in memory. One that neither answers nor closes is given up in the end. */
export function crawl(servent: Servent, remoteIp = CRAWLER_IP): Answer {
  const conversation = crawlerHandshake.ask(ASKED);
  const { send, close } = servent.accept(remoteIp).receive(conversation.opening);
  for (let from = 0; send !== undefined && from < send.length; from += CHUNK_BYTES) {
    const { answer } = conversation.receive(send.subarray(from, from + CHUNK_BYTES));
    if (answer !== undefined) return answer;
  }
  return conversation.end(close === true ? 'closed' : 'silent');
}

/** A clock to be moved by hand, milliseconds. */
export function handClock(): { now: () => number; pass: (seconds: number) => void } {
  let time = 1_000_000;
  return { now: () => time, pass: (seconds) => (time += seconds * 1000) };
}
