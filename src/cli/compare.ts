import { z } from 'zod';
import { EXIT_CODES } from '../core/errors.ts';
import { FORMATS } from '../reports/analysis-report.ts';
import { compareReport } from '../reports/compare-report.ts';
import { formatTables } from '../reports/format-tables.ts';
import { compareSnapshots } from '../snapshot/compare.ts';
import { readSnapshot } from '../snapshot/read.ts';
import { oneOf, parseArguments, text, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { print } from './print.ts';

const schema = z.object({ snapshot: text, reference: text, format: oneOf(FORMATS, 'format').optional() });

/** Says how one snapshot differs from another, usually from the truth. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  const snapshot = await readSnapshot(args.snapshot);
  const reference = await readSnapshot(args.reference);
  const report = compareReport(compareSnapshots(snapshot, reference), args);
  await print(context, args.format, (...how) => formatTables(report, ...how));
  return EXIT_CODES.ok;
}
