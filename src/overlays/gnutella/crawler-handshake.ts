import type { Address } from '../../core/address.ts';
import { NO_CLAIMS } from '../../core/claims.ts';
import { VERSION } from '../../core/version.ts';
import type { Outcome } from '../../core/outcome.ts';
import {
  WAIT,
  type Answer,
  type Conversation,
  type Ending,
  type Question,
  type Step,
} from '../../core/visit.ts';
import { BLOCK_TWO_LIMITS, isGnutella2, OLD_SERVENT, plainStatus } from './block-two.ts';
import { claimsOfListing, claimsOfRefusal, listsNeighbours } from './listing.ts';
import { acceptsCrawler, refusalOutcome } from './status.ts';
import { decodeReply, encodeGreeting, kindOfAnswer, type Reply } from './wire/handshake.ts';
import { HeaderBlockReader } from './wire/header-block.ts';
import { plainName } from './wire/values.ts';

export interface CrawlerOptions {
  /** The name under which the crawler introduces itself: program, version, and in a live crawl whom to write to. */
  readonly agent?: string;
}

/**
 * Asks a Gnutella 0.6 peer for its neighbours: block 1 with `Crawler: 0.1`, then block 2 is the answer (the GDF note
 * "Communicating Network Topology Information"). Nothing is sent after block 1; the peer needs no block 3.
 */
export function createCrawlerQuestion(options: CrawlerOptions = {}): Question {
  const opening = encodeGreeting([
    { name: 'User-Agent', value: plainName(options.agent ?? `peerscope/${VERSION} (crawl)`) },
    { name: 'X-Ultrapeer', value: 'False' },
    { name: 'Query-Routing', value: '0.1' },
    { name: 'Crawler', value: '0.1' },
  ]);
  return { name: NAME, carrier: 'tcp', ask: (endpoint) => new CrawlerConversation(endpoint, opening) };
}

const NAME = 'crawler-handshake';

/** The question under the default name. */
export const crawlerHandshake: Question = createCrawlerQuestion();

/** The headers that are lists of addresses. */
const LISTS: ReadonlySet<string> = new Set(['peers', 'leaves', 'x-try', 'x-try-ultrapeers']);

class CrawlerConversation implements Conversation {
  readonly question = NAME;
  readonly carrier = 'tcp';
  readonly opening: Uint8Array;
  readonly #endpoint: Address;
  readonly #reader = new HeaderBlockReader(BLOCK_TWO_LIMITS);
  #firstLineRead = false;
  #answer: Answer | undefined;

  constructor(endpoint: Address, opening: Uint8Array) {
    this.#endpoint = endpoint;
    this.opening = opening;
  }

  receive(bytes: Uint8Array): Step {
    this.#answer ??= this.#read(bytes);
    return this.#answer === undefined ? WAIT : { answer: this.#answer };
  }

  end(how: Ending): Answer {
    this.#answer ??= this.#cutOff(how);
    return this.#answer;
  }

  /** The first line is judged before the bounds, so that the verdict does not depend on how the bytes were split. */
  #read(bytes: Uint8Array): Answer | undefined {
    const result = this.#reader.push(bytes);
    const kind = kindOfAnswer(this.#reader.head);
    if (kind === 'old') return { outcome: 'not-this-protocol', status: OLD_SERVENT, claims: NO_CLAIMS };
    if (kind === 'foreign') return { outcome: 'not-this-protocol', claims: NO_CLAIMS };

    if (result?.kind === 'block') {
      const reply = decodeReply(result.block);
      return reply === undefined ? MALFORMED : judge(this.#endpoint, reply);
    }
    if (result !== undefined) return this.#unfinished('malformed', this.#replySoFar());
    if (this.#firstLineRead || this.#reader.firstLine === undefined) return undefined;
    this.#firstLineRead = true;
    return this.#replySoFar() === undefined ? MALFORMED : undefined;
  }

  /** The peer ended before its block did. One that cuts off is taken at its complete lines only. */
  #cutOff(ending: Ending): Answer {
    const how = ending === 'quiet' ? 'silent' : ending;
    if (this.#reader.head === '') return { outcome: how, claims: NO_CLAIMS };
    const block = how === 'reset' ? this.#reader.soFar() : this.#reader.soFarWithCutList(LISTS);
    return this.#unfinished(how === 'closed' ? 'malformed' : how, block && decodeReply(block));
  }

  /** Complete entries of a listing count, though the block has no end; of a refusal only what it said before. */
  #unfinished(outcome: Outcome, reply: Reply | undefined): Answer {
    if (reply === undefined) return { outcome, claims: NO_CLAIMS };
    const status = plainStatus(reply.status);
    if (acceptsCrawler(reply.status) && !isGnutella2(reply.headers) && listsNeighbours(reply.headers)) {
      const claims = claimsOfListing(this.#endpoint, reply.headers, false);
      return { outcome: 'partial', status, claims, listing: 'full' };
    }
    return { outcome, status, claims: claimsOfRefusal(this.#endpoint, reply.headers) };
  }

  #replySoFar(): Reply | undefined {
    const block = this.#reader.soFar();
    return block === undefined ? undefined : decodeReply(block);
  }
}

const MALFORMED: Answer = { outcome: 'malformed', claims: NO_CLAIMS };

function judge(endpoint: Address, reply: Reply): Answer {
  const status = plainStatus(reply.status);
  if (acceptsCrawler(status)) {
    if (isGnutella2(reply.headers)) return { outcome: 'not-this-protocol', status, claims: NO_CLAIMS };
    if (listsNeighbours(reply.headers)) {
      const claims = claimsOfListing(endpoint, reply.headers, true);
      return { outcome: 'ok', status, claims, listing: 'full' };
    }
  }
  return { outcome: refusalOutcome(status), status, claims: claimsOfRefusal(endpoint, reply.headers) };
}
