import { NO_CLAIMS } from '../../core/claims.ts';
import { WAIT, type Answer, type Conversation, type Step } from '../../core/visit.ts';
import type { Guid } from './wire/guid.ts';
import { decodeMessage, encodeMessage, type Malformed, type Message } from './wire/message.ts';

/**
 * A question of one datagram that one datagram answers, known by its GUID. Others come to the same socket, also from the
 * peer that was asked: they answer nothing.
 */
export abstract class DatagramConversation implements Conversation {
  readonly carrier = 'udp';
  readonly question: string;
  readonly opening: Uint8Array;
  readonly #guid: Guid;
  #answer: Answer | undefined;

  constructor(question: string, ping: Message) {
    this.question = question;
    this.opening = encodeMessage(ping);
    this.#guid = ping.header.guid;
  }

  /** What a message with the question's GUID says; undefined where it is no answer all the same. */
  protected abstract read(message: Message | Malformed): Answer | undefined;

  receive(bytes: Uint8Array): Step {
    this.#answer ??= this.#answerIn(bytes);
    return this.#answer === undefined ? WAIT : { answer: this.#answer };
  }

  /** Over UDP no answer says no more than that: a datagram lost, a limit of rates, nothing to report, nobody there. */
  end(): Answer {
    this.#answer ??= { outcome: 'connect-timeout', claims: NO_CLAIMS };
    return this.#answer;
  }

  #answerIn(bytes: Uint8Array): Answer | undefined {
    const message = decodeMessage(bytes, { transport: 'udp' });
    const guid = message.header?.guid;
    if (guid === undefined || Buffer.compare(guid, this.#guid) !== 0) return undefined;
    return this.read(message);
  }
}

/** The answer where the reply is broken. */
export const MALFORMED_REPLY: Answer = { outcome: 'malformed', claims: NO_CLAIMS };
