import type { Cell, Table } from '../core/table.ts';
import type { ExplainedPart } from '../overlays/explanation.ts';
import { hexText } from './part-text.ts';

/** A part for a script: camelCase keys, bytes as hexadecimal digits, addresses as texts. */
export function partDocument(part: ExplainedPart): Readonly<Record<string, unknown>> {
  const { kind, offset, bytes, inflated, summary, problem, addresses, content, fields } = part;
  return {
    kind,
    offset,
    length: bytes.length,
    inflated,
    summary,
    problem: problem ?? null,
    addresses,
    content: withHex(content),
    fields: fields.map((field) => ({
      offset: field.offset,
      depth: field.depth,
      name: field.name,
      bytes: hexText(field.bytes),
      value: field.value ?? null,
      meaning: field.meaning ?? null,
    })),
  };
}

/** Bytes inside of values, however deep, as hexadecimal digits; what is undefined is null. */
function withHex(value: unknown): unknown {
  if (value === undefined) return null;
  if (value instanceof Uint8Array) return hexText(value);
  if (Array.isArray(value)) return value.map(withHex);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withHex(inner)]));
}

/** Its fields as rows of a table, one each; a part without fields is one row. */
export function partTable(
  parts: readonly { readonly part: ExplainedPart; readonly number: number; readonly line?: number }[],
): Table {
  return {
    name: 'decode',
    title: 'Fields',
    columns: COLUMNS.map((name) => ({ name })),
    rows: parts.flatMap(({ part, number, line }): Cell[][] => {
      const place = [line ?? null, number, part.kind, part.inflated];
      if (part.fields.length === 0) return [[...place, part.offset, 0, null, null, null, part.summary]];
      return part.fields.map((field) => [
        ...place,
        field.offset,
        field.depth,
        field.name,
        hexText(field.bytes),
        field.value ?? null,
        field.meaning ?? null,
      ]);
    }),
  };
}

const COLUMNS = ['line', 'part', 'kind', 'inflated', 'offset', 'depth', 'name', 'bytes', 'value', 'meaning'];
