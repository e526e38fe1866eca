import { isRespondent } from '../../core/outcome.ts';
import type { Asked, Question } from '../../core/visit.ts';
import { crawlerHandshake, createCrawlerQuestion } from './crawler-handshake.ts';
import {
  createOldPingCrawlQuestion,
  createPingCrawlQuestion,
  oldPingCrawl,
  pingCrawl,
  type PingCrawlOptions,
} from './ping-crawl.ts';
import { createUdpCrawlerQuestion, udpCrawlerPing } from './udp-crawler.ts';

/** The questions of Gnutella, in the order in which they are asked. */
export interface GnutellaQuestions {
  readonly crawlerHandshake: Question;
  readonly udpCrawlerPing: Question;
  readonly pingCrawl: Question;
  readonly oldPingCrawl: Question;
}

/** All questions under one name, and with GUIDs of one seed. */
export function createQuestions(options: PingCrawlOptions = {}): GnutellaQuestions {
  return {
    crawlerHandshake: createCrawlerQuestion(options),
    udpCrawlerPing: createUdpCrawlerQuestion(options),
    pingCrawl: createPingCrawlQuestion(options),
    oldPingCrawl: createOldPingCrawlQuestion(options),
  };
}

const DEFAULT_QUESTIONS: GnutellaQuestions = { crawlerHandshake, udpCrawlerPing, pingCrawl, oldPingCrawl };

/**
 * What a peer is asked next, after all that it has been asked: the crawler handshake, then the UDP crawler ping, then a
 * Ping over an ordinary 0.6 connection, or a 0.4 one; nothing more as soon as one of them was answered. Each question is
 * put once. gtk-gnutella bans who connects three times within a minute, so a second connection has to be worth it:
 *
 * | the crawler handshake was          | by datagram | by Ping       | because
 * | ok, partial                        | no          | no            | the neighbours are known
 * | excluded, skipped                  | no          | no            | we must not, or need not, ask
 * | connect-refused, connect-timeout, unreachable | yes | no         | TCP does not get through; UDP may
 * | silent                             | yes         | no            | a tarpit, or a ban, which another attempt prolongs
 * | rate-limited                       | yes         | no            | the same; datagrams are counted apart
 * | busy                               | yes         | no            | an ordinary connection needs a slot too
 * | refused 200, 593                   | yes         | yes           | it connects, or greets crawlers, but lists nobody
 * | refused 403, for compression       | yes         | yes           | the ordinary handshake offers it
 * | refused, any other status          | yes         | no            | no slot or wait would help: it wants no such peer
 * | closed, reset                      | yes         | yes           | it may not like the question, or know 0.4 only
 * | malformed                          | yes         | yes           | its listing may be what is broken
 * | not-this-protocol, GNUTELLA OK     | no          | yes, in 0.4   | 0.4 has no vendor messages, and is known to work
 * | not-this-protocol                  | no          | no            | something else lives at this address
 *
 * The Ping in 0.4 also follows the one in 0.6 where that was closed or reset without a byte: gtk-gnutella never does that
 * to a proper 0.6 greeting, so the third connection is not one that it would ban.
 */
export function followUp(
  asked: readonly Asked[],
  questions: GnutellaQuestions = DEFAULT_QUESTIONS,
): Question | undefined {
  if (asked.some(endsIt)) return undefined;
  const told = (question: Question): Asked | undefined =>
    asked.find(({ question: name }) => name === question.name);

  const first = told(questions.crawlerHandshake);
  if (first === undefined) return questions.crawlerHandshake;
  if (told(questions.oldPingCrawl) !== undefined) return undefined;
  if (isOldServent(first)) return questions.oldPingCrawl;
  if (first.outcome === 'not-this-protocol') return undefined;
  if (told(questions.udpCrawlerPing) === undefined) return questions.udpCrawlerPing;

  const second = told(questions.pingCrawl);
  if (second === undefined) return isWorthConnecting(first) ? questions.pingCrawl : undefined;
  return endedWithoutByte(second) ? questions.oldPingCrawl : undefined;
}

/** It answered, or must not be asked. */
function endsIt({ outcome }: Asked): boolean {
  return isRespondent(outcome) || outcome === 'excluded' || outcome === 'skipped';
}

/** It answered `GNUTELLA OK` to a greeting of 0.6. */
function isOldServent({ outcome, status }: Asked): boolean {
  return outcome === 'not-this-protocol' && status?.code === 0;
}

function isWorthConnecting({ outcome, status }: Asked): boolean {
  switch (outcome) {
    case 'closed':
    case 'reset':
    case 'malformed':
      return true;
    case 'refused':
      return status !== undefined && (LISTS_NOBODY.has(status.code) || isAboutCompression(status.reason));
    default:
      return false;
  }
}

/** Statuses with which neighbours would come, and none did. */
const LISTS_NOBODY: ReadonlySet<number> = new Set([200, 593]);

/** `Compressed connection preferred`, `Gnet connection not compressed`. */
function isAboutCompression(reason: string): boolean {
  return /compress/i.test(reason);
}

/** With a byte there would mostly be a status, or another outcome. */
function endedWithoutByte({ outcome, status }: Asked): boolean {
  return (outcome === 'closed' || outcome === 'reset') && status === undefined;
}
