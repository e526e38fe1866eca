import type { Address } from '../../core/address.ts';
import { NO_CLAIMS } from '../../core/claims.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { Answer, Ending, Status } from '../../core/visit.ts';
import { BLOCK_TWO_LIMITS, isGnutella2, OLD_SERVENT, plainStatus } from './block-two.ts';
import { claimsOfRefusal } from './listing.ts';
import { refusalOutcome } from './status.ts';
import { decodeReply, kindOfAnswer, type Reply } from './wire/handshake.ts';
import { type Header, HeaderBlockReader } from './wire/header-block.ts';

/** What a peer says to an ordinary handshake: it takes the connection, or that was all. */
export type Verdict =
  | {
      readonly kind: 'accepted';
      /** The version in which it goes on. */
      readonly version: '0.4' | '0.6';
      readonly status: Status;
      readonly headers: readonly Header[];
      /** What came after its block. */
      readonly remainder: Uint8Array;
    }
  | { readonly kind: 'ended'; readonly answer: Answer };

/**
 * Reads what comes back after the greeting of an ordinary handshake: block 2 of a 0.6 servent, or the line of a 0.4
 * servent, which may answer a 0.6 greeting with it too. The verdict depends on the bytes, not on how they are split.
 */
export class OrdinaryHandshake {
  readonly #endpoint: Address;
  readonly #reader = new HeaderBlockReader(BLOCK_TWO_LIMITS);
  #firstLineRead = false;

  constructor(endpoint: Address) {
    this.#endpoint = endpoint;
  }

  /** Takes the next bytes; the verdict once there is one. */
  push(bytes: Uint8Array): Verdict | undefined {
    const result = this.#reader.push(bytes);
    const kind = kindOfAnswer(this.#reader.head);
    if (kind === 'foreign') return ended({ outcome: 'not-this-protocol', claims: NO_CLAIMS });
    if (result?.kind === 'breach') return ended(this.#unfinished('malformed'));
    if (result?.kind === 'block') {
      const { block, remainder } = result;
      if (kind === 'old') {
        return { kind: 'accepted', version: '0.4', status: OLD_SERVENT, headers: block.headers, remainder };
      }
      const reply = decodeReply(block);
      return reply === undefined ? ended(MALFORMED) : judge(this.#endpoint, reply, remainder);
    }
    if (this.#firstLineRead || this.#reader.firstLine === undefined || kind === 'old') return undefined;
    this.#firstLineRead = true;
    return this.#replySoFar() === undefined ? ended(MALFORMED) : undefined;
  }

  /** The answer where the peer ended before the verdict. */
  cutOff(ending: Ending): Answer {
    const how = ending === 'quiet' ? 'silent' : ending;
    if (this.#reader.head === '') return { outcome: how, claims: NO_CLAIMS };
    return this.#unfinished(how === 'closed' ? 'malformed' : how);
  }

  #unfinished(outcome: Outcome): Answer {
    const reply = this.#replySoFar();
    if (reply === undefined) return { outcome, claims: NO_CLAIMS };
    const claims = claimsOfRefusal(this.#endpoint, reply.headers);
    return { outcome, status: plainStatus(reply.status), claims };
  }

  #replySoFar(): Reply | undefined {
    const block = this.#reader.soFar();
    return block === undefined ? undefined : decodeReply(block);
  }
}

const MALFORMED: Answer = { outcome: 'malformed', claims: NO_CLAIMS };

/** Only 200 accepts an ordinary connection. */
function judge(endpoint: Address, reply: Reply, remainder: Uint8Array): Verdict {
  const status = plainStatus(reply.status);
  const { headers } = reply;
  if (status.code !== 200) {
    return ended({ outcome: refusalOutcome(status), status, claims: claimsOfRefusal(endpoint, headers) });
  }
  if (isGnutella2(headers)) return ended({ outcome: 'not-this-protocol', status, claims: NO_CLAIMS });
  return { kind: 'accepted', version: '0.6', status, headers, remainder };
}

function ended(answer: Answer): Verdict {
  return { kind: 'ended', answer };
}
