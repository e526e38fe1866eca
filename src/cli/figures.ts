import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { EXIT_CODES, PeerscopeError, systemCode } from '../core/errors.ts';
import type { Table } from '../core/table.ts';
import { FORMATS } from '../reports/format.ts';
import { FIGURES } from '../reports/figures/index.ts';
import type { Figure } from '../reports/figures/figure.ts';
import { formatTables } from '../reports/format-tables.ts';
import { replaceFile } from '../snapshot/replace-file.ts';
import { flag, oneOf, parseArguments, text, wholeNumber, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { print } from './print.ts';

const IDS = FIGURES.map(({ id }) => id);

const schema = z.object({
  id: z.array(oneOf(IDS, 'figure')).default([]),
  out: text.default('figures'),
  list: flag.default(false),
  seed: wholeNumber(0, 2 ** 31 - 1).default(1),
  format: oneOf(FORMATS, 'format').optional(),
});

/** Draws the lecture's figures into a folder, or lists them. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const { id, out, list, seed, format } = parseArguments(schema, raw);
  const chosen = FIGURES.filter((figure) => id.length === 0 || id.includes(figure.id));
  const table = list ? listTable(chosen) : await writeFigures(chosen, out, seed);
  const document = { schema: 'peerscope/figures/1', [table.name]: records(table) };
  await print(context, format, (...how) => formatTables({ tables: [table], document }, ...how));
  return EXIT_CODES.ok;
}

function listTable(figures: readonly Figure[]): Table {
  return {
    name: 'figures',
    title: 'Figures of the lecture',
    columns: ['id', 'title', 'grade'].map((name) => ({ name })),
    rows: figures.map(({ id, title, grade }) => [id, title, grade]),
  };
}

/** Each figure is written as soon as it is drawn. */
async function writeFigures(figures: readonly Figure[], folder: string, seed: number): Promise<Table> {
  makeFolder(folder);
  const rows: (string | number)[][] = [];
  for (const figure of figures) {
    for (const [name, content] of Object.entries(await figure.draw({ seed }))) {
      replaceFile(join(folder, name), content);
      rows.push([figure.id, figure.grade, join(folder, name), Buffer.byteLength(content)]);
    }
  }
  return {
    name: 'files',
    title: `Figures in ${folder}`,
    columns: ['figure', 'grade', 'file', 'bytes'].map((name) => ({ name })),
    rows,
  };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new PeerscopeError(
      'failure',
      `the folder ${folder} can not be made (${systemCode(cause) ?? String(cause)})`,
      {
        hint: 'Name another one with --out DIR.',
        cause,
      },
    );
  }
}

function records({ columns, rows }: Table): Record<string, unknown>[] {
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i]])));
}
