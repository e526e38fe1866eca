import { basename, join } from 'node:path';
import * as z from 'zod';
import { onDark } from '../charts/dark-theme.ts';
import { pngOf } from '../charts/png.ts';
import { EXIT_CODES } from '../core/errors.ts';
import type { Table } from '../core/table.ts';
import { FORMATS, type Format } from '../reports/format.ts';
import { FIGURES } from '../reports/figures/index.ts';
import type { Figure, FigureOptions } from '../reports/figures/figure.ts';
import { formatTables } from '../reports/format-tables.ts';
import { replaceFile } from '../snapshot/replace-file.ts';
import { readArgumentFile } from './argument-file.ts';
import { flag, oneOf, parseArguments, text, wholeNumber, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { crawlForFigure } from './figure-crawl.ts';
import { print } from './print.ts';
import { statusLine } from './progress.ts';
import { topologyInputs } from './topology-input.ts';
import { hireCrew } from './worker-crew.ts';
import { makeFolder } from './write-report.ts';

const IDS = FIGURES.map(({ id }) => id);

const schema = z.object({
  id: z.array(oneOf(IDS, 'figure')).default([]),
  out: text.default('figures'),
  list: flag.default(false),
  theme: oneOf(['light', 'dark'], 'theme').default('light'),
  input: text.optional(),
  abilene: text.optional(),
  seed: wholeNumber(0, 2 ** 31 - 1).default(1),
  format: oneOf(FORMATS, 'format').optional(),
});

/** Draws the lecture's figures into a folder, or lists them. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const { id, out, list, theme, input, abilene, seed, format } = parseArguments(schema, raw);
  const chosen = FIGURES.filter((figure) => id.length === 0 || id.includes(figure.id));
  if (list) return await printTable(listTable(chosen), format, context);
  const crew = hireCrew(context.processors);
  const status = statusLine(context.stderr, context.monotonic);
  try {
    const options: FigureOptions = {
      seed,
      crawl: () => crawled(input, raw, seed, context),
      layout: {
        crew,
        progress: (share) => {
          status.show(`laying out · ${Math.round(100 * share)} %`);
        },
      },
      ...(abilene === undefined
        ? {}
        : { abilene: { name: basename(abilene), text: readArgumentFile('abilene', abilene) } }),
    };
    const table = await writeFigures(chosen, options, {
      out,
      isDark: theme === 'dark',
      fonts: fontFiles(context),
    });
    status.clear();
    return await printTable(table, format, context);
  } finally {
    status.clear();
    await crew.dismiss();
  }
}

/** A crawl of our own, or what somebody else has. */
async function crawled(input: string | undefined, raw: RawArguments, seed: number, context: CliContext) {
  if (input === undefined) return { name: 'a simulated overlay', ...(await crawlForFigure(seed)) };
  const [named] = await topologyInputs([input], raw, context);
  if (named === undefined) throw new RangeError(input);
  const { topology, notes } = await named.read();
  return { name: input, topology, notes };
}

async function printTable(table: Table, format: Format | undefined, context: CliContext): Promise<number> {
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

/** Each figure is written as soon as it is drawn; each picture as pixels too. */
async function writeFigures(
  figures: readonly Figure[],
  options: FigureOptions,
  how: { readonly out: string; readonly isDark: boolean; readonly fonts: readonly string[] },
): Promise<Table> {
  const { out, isDark, fonts } = how;
  makeFolder(out);
  const rows: (string | number)[][] = [];
  const write = (figure: Figure, name: string, content: string | Uint8Array): void => {
    replaceFile(join(out, name), [content]);
    rows.push([figure.id, figure.grade, join(out, name), Buffer.byteLength(content)]);
  };
  for (const figure of figures) {
    for (const [name, content] of Object.entries(await figure.draw(options))) {
      const drawn = isDark && /\.(svg|vl\.json)$/.test(name) ? onDark(content) : content;
      write(figure, name, drawn);
      if (name.endsWith('.svg')) write(figure, name.replace(/svg$/, 'png'), await pngOf(drawn, fonts));
    }
  }
  return {
    name: 'files',
    title: `Figures in ${out}`,
    columns: ['figure', 'grade', 'file', 'bytes'].map((name) => ({ name })),
    rows,
  };
}

/** The fonts that come with the program. */
function fontFiles({ packageDir }: CliContext): string[] {
  return ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) => join(packageDir, 'assets', 'fonts', name));
}

function records({ columns, rows }: Table): Record<string, unknown>[] {
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i]])));
}
