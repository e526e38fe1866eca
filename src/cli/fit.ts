import * as z from 'zod';
import type { Work } from '../analyses/analysis.ts';
import { fitColumn } from '../analyses/column-fit.ts';
import { columnFitCost } from '../analyses/column-fit-cost.ts';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { unknownName } from '../core/nearest.ts';
import { createRandom } from '../core/random.ts';
import { readIntegerColumn } from '../formats/integer-column.ts';
import { FORMATS } from '../reports/format.ts';
import { formatFit } from '../reports/fit-report.ts';
import { FAMILIES, familyNamed } from '../statistics/families.ts';
import type { Family } from '../statistics/family.ts';
import type { Law } from '../statistics/law.ts';
import { LAW_NAMES, parseLaw } from '../statistics/laws.ts';
import { commaList, flag, oneOf, parseArguments, text, wholeNumber, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { refuseWhatIsTooMuch } from './analysis-cost.ts';
import { print } from './print.ts';
import { statusLine } from './progress.ts';
import { hireCrew } from './worker-crew.ts';

const LARGEST = Number.MAX_SAFE_INTEGER;

const schema = z.object({
  file: text,
  column: text.optional(),
  weights: text.optional(),
  where: z.array(text).default([]),
  laws: commaList().optional(),
  xmin: z
    .string()
    .regex(/^(\d{1,15}|scan)$/, 'must be a whole number of 0 or more, or scan')
    .transform((word): number | 'scan' => (word === 'scan' ? word : Number(word)))
    .default(1),
  xmax: wholeNumber(1, LARGEST).optional(),
  bootstrap: wholeNumber(0, 1_000_000).default(499),
  seed: wholeNumber(0, 2 ** 31 - 1).default(1),
  workers: wholeNumber(1, 1024).optional(),
  force: flag.default(false),
  format: oneOf(FORMATS, 'format').optional(),
});

const FASTER = 'Fewer laws (--laws), a smaller --bootstrap, or a larger --xmin make it faster. ';

/** Which law describes a column of whole numbers. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  if (args.xmin !== 'scan' && args.xmax !== undefined && args.xmax <= args.xmin) {
    throw new PeerscopeError('usage', `--xmax ${args.xmax} is not above --xmin ${args.xmin}`);
  }
  const { families, claims } = lawsOf(args.laws);
  const { counted, name, notes, digests } = await readIntegerColumn(args.file, context.stdin, {
    ...(args.column === undefined ? {} : { column: args.column }),
    ...(args.weights === undefined ? {} : { weights: args.weights }),
    where: args.where.map(conditionOf),
  });
  const options = {
    families,
    claims,
    xmin: args.xmin,
    xmax: args.xmax,
    replicates: args.bootstrap,
    seed: args.seed,
    random: createRandom(args.seed).fork('fit'),
  };
  const crew = hireCrew(args.workers ?? context.processors);
  const status = statusLine(context.stderr, context.monotonic);
  const work: Work = {
    crew,
    progress: (share) => {
      status.show(`fitting: ${Math.floor(100 * share)} %`);
    },
  };
  if (!args.force) {
    const available = context.memory();
    const cost = columnFitCost(counted, options);
    refuseWhatIsTooMuch('fitting this', cost, { available, processors: crew.size }, FASTER);
  }
  const result = await fitColumn(counted, options, work).finally(async () => {
    status.clear();
    await crew.dismiss();
  });
  const input = args.file === '-' ? 'standard input' : args.file;
  const report = { input, column: name, digests, notes, counted, result };
  await print(context, args.format, (...how) => formatFit(report, ...how));
  return EXIT_CODES.ok;
}

/** Families and laws with a support of their own, by name; all families where none is named. */
function lawsOf(names: readonly string[] | undefined): {
  families: readonly Family[];
  claims: readonly Law[];
} {
  if (names === undefined) return { families: FAMILIES, claims: [] };
  const families: Family[] = [];
  const claims: Law[] = [];
  for (const name of new Set(names)) {
    const family = familyNamed(name);
    if (family !== undefined) families.push(family);
    else if (/^(pure|hybrid(-[abc])?|power-law:.*)$/.test(name)) claims.push(parseLaw(name));
    else
      throw new PeerscopeError(
        'usage',
        unknownName(name, [...FAMILIES.map((each) => each.name), ...LAW_NAMES], 'law'),
      );
  }
  return { families, claims };
}

function conditionOf(condition: string): { column: string; text: string } {
  const at = condition.indexOf('=');
  if (at < 1) throw new PeerscopeError('usage', `--where must be COLUMN=TEXT (it is "${condition}")`);
  return { column: condition.slice(0, at), text: condition.slice(at + 1) };
}
