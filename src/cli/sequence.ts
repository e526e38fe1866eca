import * as z from 'zod';
import { EXIT_CODES, PeerscopeError, systemCode } from '../core/errors.ts';
import { FORMATS } from '../reports/format.ts';
import { formatTables } from '../reports/format-tables.ts';
import {
  DRAWINGS,
  type Drawing,
  sequenceFile,
  sequenceReportLines,
  sequenceTables,
} from '../reports/sequences/sequence-report.ts';
import { playSequence, SEQUENCE_NAMES } from '../reports/sequences/sequences.ts';
import { replaceFile } from '../snapshot/replace-file.ts';
import { oneOf, parseArguments, text, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { openOutput } from './output.ts';
import { print } from './print.ts';

const schema = z.object({
  name: oneOf(SEQUENCE_NAMES, 'kind of overlay'),
  as: oneOf(DRAWINGS, 'form').optional(),
  out: text.optional(),
  format: oneOf(FORMATS, 'format').optional(),
});

/** What the end of a file's name says of its form. */
const ENDINGS: readonly (readonly [ending: string, drawing: Drawing])[] = [
  ['.svg', 'svg'],
  ['.mmd', 'mermaid'],
  ['.mermaid', 'mermaid'],
  ['.txt', 'text'],
];

/** Plays how one kind of overlay finds and fetches a file, and draws who said what to whom. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const { name, as, out, format } = parseArguments(schema, raw);
  if (as !== undefined && format !== undefined) {
    throw new PeerscopeError(
      'usage',
      '--as is the chart alone, --format the messages and counts: use one of them',
    );
  }
  const drawing = as ?? (out === undefined ? undefined : drawingOf(out));
  const played = playSequence(name);
  if (out !== undefined) writeChart(out, sequenceFile(played, drawing ?? 'text'));
  else if (drawing !== undefined) await openOutput(context.stdout).write(sequenceFile(played, drawing));
  if (drawing !== undefined && format === undefined) return EXIT_CODES.ok;
  await print(context, format, function* (how, terminal) {
    if (how !== 'table') {
      const report = sequenceTables(played);
      yield* formatTables(
        how === 'csv' ? { ...report, tables: report.tables.slice(0, 1) } : report,
        how,
        terminal,
      );
      return;
    }
    for (const line of sequenceReportLines(played, terminal)) yield `${line}\n`;
  });
  return EXIT_CODES.ok;
}

function drawingOf(file: string): Drawing {
  const found = ENDINGS.find(([ending]) => file.toLowerCase().endsWith(ending));
  if (found !== undefined) return found[1];
  throw new PeerscopeError('usage', `the name "${file}" does not say what to draw`, {
    hint: 'End it in .svg, .mmd or .txt, or say --as svg, mermaid or text.',
  });
}

function writeChart(file: string, content: string): void {
  try {
    replaceFile(file, content);
  } catch (cause) {
    const why = systemCode(cause) ?? String(cause);
    throw new PeerscopeError('failure', `the file ${file} can not be written (${why})`, {
      hint: 'Name another one with --out FILE.',
      cause,
    });
  }
}
