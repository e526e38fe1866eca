import type { Address } from '../../core/address.ts';
import { NO_CLAIMS, type Claims } from '../../core/claims.ts';
import type { Outcome } from '../../core/outcome.ts';
import { VERSION } from '../../core/version.ts';
import {
  WAIT,
  type Answer,
  type Conversation,
  type Ending,
  type Question,
  type Status,
  type Step,
} from '../../core/visit.ts';
import { claimsOfRefusal } from './listing.ts';
import { OrdinaryHandshake, type Verdict } from './ordinary-handshake.ts';
import { crawlPing, farewell, messagesSupported } from './ping-messages.ts';
import { PingSession, type SessionEnd } from './ping-session.ts';
import { type GuidOptions, questionGuid } from './question-guid.ts';
import { byeReason } from './wire/bye.ts';
import type { Guid } from './wire/guid.ts';
import { encodeGreeting, encodeReply } from './wire/handshake.ts';
import { type Header, headerValue } from './wire/header-block.ts';
import { decodeFlag, plainName } from './wire/values.ts';

export interface PingCrawlOptions extends GuidOptions {
  /** The name under which the crawler introduces itself: program, version, and in a live crawl whom to write to. */
  readonly agent?: string;
}

/**
 * Asks a Gnutella 0.6 peer for its neighbours among superpeers as any peer can: an ordinary handshake, then a Ping of
 * TTL 2, and the Pongs of one hop are the neighbours (the fallback of the GDF note "Communicating Network Topology
 * Information"); at last a Bye.
 *
 * It comes as a leaf, because a superpeer has most slots for those and sends them the least; without an address of its
 * own, so that nobody lists it; it takes a deflated stream, which gtk-gnutella prefers, and sends a plain one.
 */
export function createPingCrawlQuestion(options: PingCrawlOptions = {}): Question {
  const opening = encodeGreeting([
    { name: 'User-Agent', value: plainName(options.agent ?? `peerscope/${VERSION} (crawl)`) },
    { name: 'X-Ultrapeer', value: 'False' },
    { name: 'X-Query-Routing', value: '0.1' },
    { name: 'GGEP', value: '0.5' },
    { name: 'Vendor-Message', value: '0.1' },
    { name: 'Pong-Caching', value: '0.1' },
    { name: 'Bye-Packet', value: '0.1' },
    { name: 'Accept-Encoding', value: 'deflate' },
  ]);
  return pingQuestion('ping-crawl', opening, options);
}

/** The same of a servent that closes on a 0.6 greeting without a word: it may know 0.4 only. */
export function createOldPingCrawlQuestion(options: GuidOptions = {}): Question {
  return pingQuestion('ping-crawl-0.4', Buffer.from('GNUTELLA CONNECT/0.4\n\n', 'latin1'), options);
}

/** The questions under the default name, with GUIDs of the default seed. */
export const pingCrawl: Question = createPingCrawlQuestion();
export const oldPingCrawl: Question = createOldPingCrawlQuestion();

function pingQuestion(name: string, opening: Uint8Array, options: GuidOptions): Question {
  return {
    name,
    carrier: 'tcp',
    ask: (endpoint) => new PingConversation(name, endpoint, opening, questionGuid(options, name, endpoint)),
  };
}

/** Milliseconds to wait for the first neighbour's Pong: two round trips, and what a busy servent has queued before it. */
const PATIENCE_BEFORE_FIRST_PONG = 4_000;

/** Milliseconds after which no more Pongs are expected: gtk-gnutella sends all of them at once. */
const PATIENCE_BETWEEN_PONGS = 2_000;

class PingConversation implements Conversation {
  readonly question: string;
  readonly carrier = 'tcp';
  readonly opening: Uint8Array;
  readonly #endpoint: Address;
  readonly #guid: Guid;
  readonly #handshake: OrdinaryHandshake;
  #open: Open | undefined;
  #answer: Answer | undefined;
  #peerIsGone = false;

  constructor(question: string, endpoint: Address, opening: Uint8Array, guid: Guid) {
    this.question = question;
    this.opening = opening;
    this.#endpoint = endpoint;
    this.#guid = guid;
    this.#handshake = new OrdinaryHandshake(endpoint);
  }

  /** Only to a peer that said it knows Bye, is still there, and speaks in a way that can be followed. */
  get farewell(): Uint8Array | undefined {
    if (this.#open === undefined || this.#peerIsGone) return undefined;
    const { accepted, session } = this.#open;
    const knowsBye = headerValue(accepted.headers, 'bye-packet') !== undefined;
    return knowsBye && session.end?.kind !== 'breach' ? farewell(this.#guid) : undefined;
  }

  receive(bytes: Uint8Array): Step {
    if (this.#answer !== undefined) return { answer: this.#answer };
    if (this.#open !== undefined) return this.#hear(this.#open, bytes, []);
    const verdict = this.#handshake.push(bytes);
    if (verdict === undefined) return WAIT;
    if (verdict.kind === 'accepted') return this.#begin(verdict);
    this.#answer = verdict.answer;
    return { answer: this.#answer };
  }

  end(how: Ending): Answer {
    this.#peerIsGone ||= how === 'closed' || how === 'reset';
    this.#answer ??=
      this.#open === undefined ? this.#handshake.cutOff(how) : conclude(this.#endpoint, this.#open, how);
    return this.#answer;
  }

  #begin(accepted: Accepted): Step {
    const encoding = headerValue(accepted.headers, 'content-encoding')?.toLowerCase() ?? '';
    const deflated = encoding.includes('deflate');
    const session = new PingSession({ endpoint: this.#endpoint, guid: this.#guid, deflated });
    this.#open = { accepted, session };
    const ping = crawlPing(this.#guid);
    const greeting = accepted.version === '0.6' ? [BLOCK_3, messagesSupported(), ping] : [ping];
    return this.#hear(this.#open, accepted.remainder, greeting);
  }

  #hear(open: Open, bytes: Uint8Array, before: readonly Uint8Array[]): Step {
    const { session } = open;
    const { count } = session.pongs;
    const parts = [...before, ...session.push(bytes)];
    const send = parts.length === 0 ? {} : { send: Buffer.concat(parts) };
    if (session.end === undefined) {
      // The wait begins with the Ping, and anew with each Pong that answers it: what else flows does not prolong it.
      if (before.length === 0 && session.pongs.count === count) return send;
      const quiet = session.pongs.tellsNeighbours ? PATIENCE_BETWEEN_PONGS : PATIENCE_BEFORE_FIRST_PONG;
      return { ...send, quiet };
    }
    this.#peerIsGone ||= session.end.kind === 'bye';
    this.#answer = conclude(this.#endpoint, open, session.end);
    return { ...send, answer: this.#answer };
  }
}

type Accepted = Verdict & { readonly kind: 'accepted' };

/** A connection that stands. */
interface Open {
  readonly accepted: Accepted;
  readonly session: PingSession;
}

type End = SessionEnd | Ending;

/** Block 3: without `Content-Encoding` what we send is plain, whatever the peer does. */
const BLOCK_3 = encodeReply({ status: { code: 200, reason: 'OK' }, headers: [] });

/**
 * The answer of a session. A Pong of a neighbour shows that the Ping was understood, so that the neighbours are those that
 * were told: all of them once nothing came for long enough, perhaps not all where time ran out or the peer ended before
 * that. Without one they are unknown, and no listing; the peer's own Pong says nothing about them. A leaf answers none of
 * these Pings, and then that is all it has to say.
 */
function conclude(endpoint: Address, { accepted, session }: Open, how: End): Answer {
  const { status } = accepted;
  const { pongs } = session;
  const flooded = typeof how === 'object' && how.kind === 'flood';
  const claims = pongs.claims(saidOf(endpoint, accepted), flooded);
  if (pongs.tellsNeighbours) {
    return { outcome: isComplete(session, how) ? 'ok' : 'partial', status, claims, listing: 'connections' };
  }
  if (typeof how === 'object' && how.kind === 'bye') {
    const last: Status = { code: how.bye.code, reason: plainName(byeReason(how.bye)) };
    return { outcome: last.code === 503 ? 'busy' : 'refused', status: last, claims };
  }
  return { outcome: outcomeWithoutNeighbours(how, accepted, session), status, claims };
}

/** As far as one can tell. */
function isComplete(session: PingSession, how: End): boolean {
  return how === 'quiet' && !session.isWithinDescriptor;
}

/** Who took the connection and then closed it has refused to answer. */
function outcomeWithoutNeighbours(how: End, { headers }: Accepted, session: PingSession): Outcome {
  switch (how) {
    case 'quiet':
    case 'silent':
      return isComplete(session, how) && isLeaf(headers) ? 'ok' : 'partial';
    case 'closed':
      return 'refused';
    case 'reset':
      return 'reset';
    default:
      return 'malformed';
  }
}

function isLeaf(headers: readonly Header[]): boolean {
  return decodeFlag(headerValue(headers, 'x-ultrapeer')) === false;
}

/** A servent that only knows 0.4 knows no leaves: its overlay is flat. */
function saidOf(endpoint: Address, { version, headers }: Accepted): Claims {
  if (version === '0.6') return claimsOfRefusal(endpoint, headers);
  return { ...NO_CLAIMS, peers: [{ address: endpoint, role: 'superpeer' }] };
}
