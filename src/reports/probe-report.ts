import type { Style } from '../charts/style.ts';
import type { Address } from '../core/address.ts';
import type { Probed } from '../crawl/probe-peer.ts';
import type { Overlay, TaughtQuestion } from '../overlays/overlay.ts';
import type { Format } from './format.ts';
import { csvChunks } from './csv.ts';
import { dialogueOf, type Message } from './dialogue.ts';
import { learnedFrom, type Learned } from './learned.ts';
import { answerDocument } from './probe-document.ts';
import { answersTable, fieldsTable } from './probe-tables.ts';
import { probeLines } from './probe-text.ts';

/** One peer, and all that it was asked. */
export interface ProbeReport {
  readonly endpoint: Address;
  /** The overlay's name and title. */
  readonly network: Pick<Overlay, 'name' | 'title'>;
  readonly answers: readonly ProbeAnswer[];
  /** Whether every byte is shown with its meaning. */
  readonly bytes: boolean;
}

/** One question, what was said on both sides, and what was learned. */
export interface ProbeAnswer {
  readonly question: TaughtQuestion;
  readonly visit: Probed['visit'];
  readonly dialogue: readonly Message[];
  readonly learned: Learned;
}

/** An answer as it is reported. */
export function readAnswer(
  { question, said, visit }: Probed<TaughtQuestion>,
  explain: Overlay['explain'],
): ProbeAnswer {
  return {
    question,
    visit,
    dialogue: dialogueOf(question.carrier, said, explain),
    learned: learnedFrom(visit),
  };
}

const SCHEMA = 'peerscope/probe/1';

/**
 * The report in one of the formats, piece by piece: the conversations and what was learned, for a person; a JSON document,
 * or a line of JSON a question; a CSV with a row a question, or, with bytes, a row a field of what was said.
 */
export function* formatProbe(
  report: ProbeReport,
  format: Format,
  terminal: { readonly width: number; readonly style: Style },
): Generator<string, void, undefined> {
  const { endpoint, answers, bytes } = report;
  const network = report.network.name;
  switch (format) {
    case 'table':
      for (const line of probeLines(report, terminal)) yield `${line}\n`;
      return;
    case 'csv':
      yield* csvChunks([{ input: endpoint, tables: [bytes ? fieldsTable(report) : answersTable(report)] }]);
      return;
    case 'json': {
      const questions = answers.map((answer) => answerDocument(answer, bytes));
      yield `${JSON.stringify({ schema: SCHEMA, network, endpoint, questions }, null, 2)}\n`;
      return;
    }
    case 'ndjson':
      for (const answer of answers)
        yield `${JSON.stringify({ schema: SCHEMA, network, endpoint, ...answerDocument(answer, bytes) })}\n`;
  }
}
