import * as z from 'zod';
import type { Address } from '../core/address.ts';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { isRespondent } from '../core/outcome.ts';
import { probePeer } from '../crawl/probe-peer.ts';
import { createSocketTransport } from '../crawl/socket-transport.ts';
import type { Overlay, TaughtQuestion } from '../overlays/overlay.ts';
import { FORMATS } from '../reports/format.ts';
import { formatProbe, readAnswer, type ProbeAnswer } from '../reports/probe-report.ts';
import { flag, listOf, oneOf, parseArguments, text, wholeNumber, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { overlayArgument } from './overlay-argument.ts';
import { peerArgument } from './peer-argument.ts';
import { print } from './print.ts';
import { statusLine } from './progress.ts';
import { DEFAULT_CRAWL_SETTINGS } from './run-crawl.ts';

const schema = z.object({
  peer: text,
  question: text.optional(),
  bytes: flag.default(false),
  network: text.default('gnutella'),
  connectTimeout: wholeNumber(1, 600_000).default(DEFAULT_CRAWL_SETTINGS.connectTimeout),
  answerTimeout: wholeNumber(1, 600_000).default(DEFAULT_CRAWL_SETTINGS.answerTimeout),
  tls: flag.default(DEFAULT_CRAWL_SETTINGS.tls),
  format: oneOf(FORMATS, 'format').optional(),
});

/**
 * Puts every question to one peer and shows what was said. All is printed, then it is an error if nothing was answered.
 */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  const overlay = overlayArgument(args.network);
  const questions = chosenQuestions(overlay, args.question);
  const endpoint = peerArgument(args.peer, overlay);
  const { signal, release } = context.catchInterrupts();
  const settings = { ...args, endpoint, overlay, questions, signal };
  const answers = await askAll(settings, context).finally(release);
  const report = { endpoint, network: overlay, answers, bytes: args.bytes };
  if (answers.length > 0) await print(context, args.format, (...how) => formatProbe(report, ...how));
  if (signal.aborted) return EXIT_CODES.interrupted;
  if (answers.some(({ visit }) => isRespondent(visit.outcome))) return EXIT_CODES.ok;
  const told = answers.map(({ question, visit }) => `${question.name} ${visit.outcome}`).join(', ');
  throw new PeerscopeError('network-refused', `${endpoint} answered no question: ${told}`);
}

/** Those that are named, in the order in which a crawl puts them; all where none is. */
function chosenQuestions({ questions }: Overlay, names: string | undefined): readonly TaughtQuestion[] {
  if (names === undefined) return questions;
  const known = questions.map(({ name }) => name);
  const { question } = parseArguments(z.object({ question: listOf(known, 'question') }), { question: names });
  return questions.filter(({ name }) => question.includes(name));
}

interface Asking {
  readonly endpoint: Address;
  readonly overlay: Overlay;
  readonly questions: readonly TaughtQuestion[];
  readonly connectTimeout: number;
  readonly answerTimeout: number;
  readonly tls: boolean;
  readonly signal: AbortSignal;
}

/** Asks one after the other; what was asked when the user stops it is told too. */
async function askAll(asking: Asking, { now, monotonic, stderr }: CliContext): Promise<ProbeAnswer[]> {
  const { signal, overlay } = asking;
  let status = statusLine(stderr, monotonic);
  const transport = createSocketTransport({ ...asking, now, monotonic });
  const giveUp = (): void => {
    transport.close();
  };
  signal.addEventListener('abort', giveUp);
  const onQuestion = ({ name }: TaughtQuestion): void => {
    status.clear();
    // A line of its own each: the next one may come too soon for a redraw, and then stand for long.
    status = statusLine(stderr, monotonic);
    status.show(`asking ${name} …`);
  };
  const answers: ProbeAnswer[] = [];
  try {
    for await (const probed of probePeer({ ...asking, transport, monotonic, onQuestion }))
      answers.push(readAnswer(probed, overlay.explain));
    return answers;
  } finally {
    status.clear();
    signal.removeEventListener('abort', giveUp);
    transport.close();
  }
}
