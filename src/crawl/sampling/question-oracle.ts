import type { Address } from '../../core/address.ts';
import type { AddressBook } from '../../core/address-book.ts';
import { PeerscopeError } from '../../core/errors.ts';
import { MAX_KNOWN_ADDRESSES } from '../../core/limits.ts';
import { isRespondent } from '../../core/outcome.ts';
import type { Asked, Question, Transport, Visit } from '../../core/visit.ts';
import type { ListedPeer, PeerAnswer, PeerOracle } from './oracle.ts';

export interface QuestionOracleOptions {
  /** What a peer is asked, and what next where that brought nothing; by default nothing. */
  readonly question: Question;
  readonly followUp?: (asked: readonly Asked[]) => Question | undefined;
  readonly transport: Transport;
  /** Where addresses get their numbers: the peers that walks know are these. */
  readonly book: AddressBook;
  /** The sample stops when more addresses than this are known [MAX_KNOWN_ADDRESSES]. */
  readonly maxKnown?: number;
  readonly signal: AbortSignal;
  /** Told of every visit when it has ended, for the journal. */
  readonly onVisit?: (visit: Visit) => void;
}

/**
 * Asks peers over their protocol. Whoever listed no neighbours, for whatever reason, has not answered. Where the machine has no
 * means for a connection it waits until another one has ended.
 * @throws {PeerscopeError} (failure) from `ask`, where it has none for a single one.
 */
export function questionOracle(options: QuestionOracleOptions): PeerOracle {
  const { transport, book, signal, maxKnown = MAX_KNOWN_ADDRESSES } = options;
  let underWay = 0;
  let waiting: (() => void)[] = [];
  const converse = async (endpoint: Address, question: Question): Promise<Visit> => {
    for (;;) {
      underWay += 1;
      const visit = await transport.converse(endpoint, question.ask(endpoint));
      underWay -= 1;
      if (visit !== 'exhausted') {
        for (const wake of waiting) wake();
        waiting = [];
        return visit;
      }
      if (underWay === 0) {
        throw new PeerscopeError('failure', 'this machine has no means for a single connection', {
          hint: 'Raise the limit of open files (ulimit -n), or end what else uses them.',
        });
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  return {
    ask: async (peer) => {
      if (signal.aborted || book.size > maxKnown) return { kind: 'stopped' };
      const endpoint = book.at(peer);
      const asked: Asked[] = [];
      let next: Question | undefined = options.question;
      while (next !== undefined) {
        const visit = await converse(endpoint, next);
        // What was given up because the user stopped says nothing about the peer.
        if (isAborted(signal)) return { kind: 'stopped' };
        options.onVisit?.(visit);
        const answer = answerOf(visit, peer, book);
        if (answer.kind === 'listed') return answer;
        asked.push(askedIn(visit));
        next = options.followUp?.(asked);
      }
      return { kind: 'unanswered' };
    },
  };
}

/** What a visit says of a peer's neighbours and leaves. */
export function answerOf(visit: Visit, peer: number, book: AddressBook): PeerAnswer {
  const { endpoint, outcome, claims, listing } = visit;
  if (!isRespondent(outcome)) return { kind: 'unanswered' };
  const neighbours: number[] = [];
  const leaves: number[] = [];
  for (const { relation, sources, targets } of claims.links) {
    const [from, to] = [book.addAll(sources), book.addAll(targets)];
    const others = relation === 'registration' && to.includes(peer) ? leaves : neighbours;
    for (const other of from) others.push(other);
    if (others !== leaves) for (const other of to) others.push(other);
  }
  const self = claims.peers.find(({ address }) => address === endpoint);
  const listed: ListedPeer = {
    kind: 'listed',
    neighbours: distinct(neighbours, peer),
    leaves: distinct(leaves, peer),
    tellsLeaves: listing !== 'connections',
    truncated: self?.truncated === true || outcome === 'partial',
    role: self?.role,
    agent: self?.agent,
  };
  return listed;
}

function distinct(numbers: readonly number[], self: number): Uint32Array {
  return Uint32Array.from(new Set(numbers.filter((number) => number !== self))).sort();
}

function askedIn({ question, outcome, status }: Visit): Asked {
  return status === undefined ? { question, outcome } : { question, outcome, status };
}

/** The signal may change while somebody is waited for, which narrowing of types does not know. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
