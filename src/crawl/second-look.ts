import type { Question, Transport, Visit } from '../core/visit.ts';

export interface SecondLookOptions {
  /** The first looks at those who are asked once more. */
  readonly sample: readonly Visit[];
  /** What they were asked before. */
  readonly question: Question;
  readonly transport: Transport;
  /** Connections that are open at the same time. */
  readonly concurrency: number;
  /** How often somebody of whom there is no sign is asked, all in all [2]: a packet may be lost. */
  readonly attempts?: number;
  /** Aborting it ends it: nobody else is asked. */
  readonly signal: AbortSignal;
}

/** A peer that was asked twice; `second` is undefined where it could not be asked again. */
export interface LookedAgain {
  readonly first: Visit;
  readonly second: Visit | undefined;
}

/**
 * Asks a sample of respondents once more, as many at a time as connections may be open. Where this machine has no means for
 * a connection the peer stays undecided. Never rejects on account of a peer.
 */
export async function lookAgain(options: SecondLookOptions): Promise<LookedAgain[]> {
  const { sample, concurrency, signal } = options;
  const looks: LookedAgain[] = sample.map((first) => ({ first, second: undefined }));
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < sample.length && !signal.aborted) {
      const place = next++;
      const first = sample[place];
      if (first !== undefined) looks[place] = { first, second: await ask(first, options) };
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, sample.length) }, work));
  return looks;
}

async function ask(
  { endpoint }: Visit,
  { question, transport, attempts = 2, signal }: SecondLookOptions,
): Promise<Visit | undefined> {
  let last: Visit | undefined;
  const isStopped = (): boolean => signal.aborted;
  for (let attempt = 0; attempt < attempts && !isStopped(); attempt++) {
    const visit = await transport.converse(endpoint, question.ask(endpoint));
    // What was given up because the user stopped says nothing about the peer.
    if (isStopped() || visit === 'exhausted') return last;
    last = visit;
    if (visit.outcome !== 'connect-timeout' && visit.outcome !== 'silent') return visit;
  }
  return last;
}
