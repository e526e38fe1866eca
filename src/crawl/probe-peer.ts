import { setTimeout as sleep } from 'node:timers/promises';
import { ipOf, isLoopbackIp, type Address } from '../core/address.ts';
import { PeerscopeError } from '../core/errors.ts';
import { wasContacted } from '../core/outcome.ts';
import type { Carrier, Question, Transport, Visit } from '../core/visit.ts';
import { OverheardConversation, type Saying } from './overheard.ts';

export interface ProbeOptions<Q extends Question> {
  readonly endpoint: Address;
  readonly questions: readonly Q[];
  readonly transport: Transport;
  /** Aborted when nothing more shall be asked. */
  readonly signal: AbortSignal;
  readonly monotonic: () => number;
  /** Told before each question. */
  readonly onQuestion?: (question: Q) => void;
}

/** One question that was put, all that was said, and what came of it. */
export interface Probed<Q extends Question = Question> {
  readonly question: Q;
  readonly said: readonly Saying[];
  readonly visit: Visit;
}

/**
 * Puts every question to one peer, one after the other and each once, whatever came of those before.
 * @throws {PeerscopeError} (failure) where this machine has no means for a connection.
 */
export async function* probePeer<Q extends Question>(
  options: ProbeOptions<Q>,
): AsyncGenerator<Probed<Q>, void, undefined> {
  const { endpoint, transport, signal, monotonic } = options;
  const contacts: Carrier[] = [];
  const isStopped = (): boolean => signal.aborted;
  for (const question of options.questions) {
    await rest(pauseBefore(endpoint, question.carrier, contacts), signal);
    if (isStopped()) return;
    options.onQuestion?.(question);
    const conversation = new OverheardConversation(question.ask(endpoint), monotonic);
    const visit = await transport.converse(endpoint, conversation);
    // What was given up says nothing about the peer.
    if (isStopped()) return;
    if (visit === 'exhausted') {
      throw new PeerscopeError('failure', 'this machine has no means for another connection', {
        hint: 'Close programs that hold many files or connections open, and try again.',
      });
    }
    if (wasContacted(visit.outcome)) contacts.push(question.carrier);
    yield { question, said: conversation.said, visit };
  }
}

/**
 * Milliseconds between two connections to a peer that is not on this machine: gtk-gnutella bans who connects three times
 * within a minute and forgets one connection every 30 s, so that whoever comes less often than that is never banned.
 */
export const PAUSE_BETWEEN_CONNECTIONS = 35_000;

/**
 * How long to wait before the next question. Our own servents bear any number of connections, unless they are told not
 * to, and then that is what one wants to see; datagrams are counted apart, and of them there is one.
 */
export function pauseBefore(endpoint: Address, carrier: Carrier, contacts: readonly Carrier[]): number {
  const isAgain = carrier === 'tcp' && contacts.includes('tcp');
  return isAgain && !isLoopbackIp(ipOf(endpoint)) ? PAUSE_BETWEEN_CONNECTIONS : 0;
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds === 0 || signal.aborted) return;
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    // The signal ended it: whoever waits looks at it next.
  }
}
