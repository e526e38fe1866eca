import type { Style } from '../charts/style.ts';
import type { Table } from '../core/table.ts';
import type { ExplainedPart } from '../overlays/explanation.ts';
import type { Format } from './format.ts';
import { csvChunks } from './csv.ts';
import { partDocument, partTable } from './part-document.ts';
import { partText } from './part-text.ts';

/** A part, and the line of a hex file that it stands in. */
export interface CapturedPart {
  readonly part: ExplainedPart;
  /** From 1; none where the capture is raw bytes. */
  readonly line?: number;
}

const SCHEMA = 'peerscope/decode/1';

/**
 * Explained bytes in one of the formats, piece by piece: as annotated hex; a JSON document or a line of JSON a part; a CSV
 * with a row a field. Only one part is held at a time, however many there are.
 */
export function* formatDecoded(
  input: string,
  parts: Iterable<CapturedPart>,
  format: Format,
  terminal: { readonly width: number; readonly style: Style },
): Generator<string, void, undefined> {
  switch (format) {
    case 'table':
      for (const { part, line } of parts) {
        const prefix = line === undefined ? '' : `line ${line}: `;
        yield `${partText(part, terminal, prefix).join('\n')}\n\n`;
      }
      return;
    case 'csv':
      yield* decodedCsv(parts);
      return;
    case 'json':
      yield* decodedJson(input, parts);
      return;
    case 'ndjson':
      for (const captured of parts)
        yield `${JSON.stringify({ schema: SCHEMA, input, ...captionOf(captured) })}\n`;
  }
}

function captionOf({ part, line }: CapturedPart): Readonly<Record<string, unknown>> {
  return { ...(line === undefined ? {} : { line }), ...partDocument(part) };
}

/** The same text as JSON.stringify of the whole would give, without the whole. */
function* decodedJson(input: string, parts: Iterable<CapturedPart>): Generator<string, void, undefined> {
  yield `{\n  "schema": ${JSON.stringify(SCHEMA)},\n  "input": ${JSON.stringify(input)},\n  "parts": [`;
  let problems = 0;
  let between = '\n';
  for (const captured of parts) {
    if (captured.part.problem !== undefined) problems += 1;
    yield between + JSON.stringify(captionOf(captured), null, 2).replace(/^/gm, '    ');
    between = ',\n';
  }
  yield `\n  ],\n  "problems": ${problems}\n}\n`;
}

/** Parts are turned into rows so many at a time: each table costs something, and all of them memory. */
const PARTS_A_TIME = 64;

function* decodedCsv(parts: Iterable<CapturedPart>): Generator<string, void, undefined> {
  yield* csvChunks([{ input: '', tables: [partTable([])] }]);
  let waiting: (CapturedPart & { readonly number: number })[] = [];
  let number = 0;
  for (const captured of parts) {
    waiting.push({ ...captured, number: (number += 1) });
    if (waiting.length < PARTS_A_TIME) continue;
    yield* withoutHeader(partTable(waiting));
    waiting = [];
  }
  yield* withoutHeader(partTable(waiting));
}

function* withoutHeader(table: Table): Generator<string, void, undefined> {
  const [, ...chunks] = csvChunks([{ input: '', tables: [table] }]);
  yield* chunks;
}
