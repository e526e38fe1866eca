import { z } from 'zod';
import { EXIT_CODES } from '../core/errors.ts';
import { FORMATS } from '../reports/analysis-report.ts';
import { compareReport, type Comparison } from '../reports/compare-report.ts';
import { formatTables } from '../reports/format-tables.ts';
import { causesOf } from '../snapshot/causes.ts';
import { compareSnapshots } from '../snapshot/compare.ts';
import { compareOverInterval } from '../snapshot/interval.ts';
import { readSnapshot, type StoredSnapshot } from '../snapshot/read.ts';
import { readSessions } from '../snapshot/sessions-csv.ts';
import { oneOf, parseArguments, text, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { print } from './print.ts';

const schema = z.object({ snapshot: text, reference: text, format: oneOf(FORMATS, 'format').optional() });

/** Says how one snapshot differs from another, usually from the truth. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  const snapshot = await readSnapshot(args.snapshot);
  const reference = await readSnapshot(args.reference);
  const report = compareReport(comparison(snapshot, reference, args.reference), args);
  await print(context, args.format, (...how) => formatTables(report, ...how));
  return EXIT_CODES.ok;
}

/** With a truth also over the interval of the crawl, and by cause. */
function comparison(snapshot: StoredSnapshot, reference: StoredSnapshot, directory: string): Comparison {
  const difference = compareSnapshots(snapshot, reference);
  if (reference.manifest.origin !== 'truth') return { difference };
  const sessions = readSessions(directory, reference.manifest);
  const since = Date.parse(snapshot.manifest.startedAt);
  const at = Date.parse(reference.manifest.endedAt ?? reference.manifest.startedAt);
  const until = snapshot.manifest.endedAt === null ? at : Date.parse(snapshot.manifest.endedAt);
  return {
    difference,
    // A clock that was set back during the crawl leaves no interval.
    interval:
      sessions === undefined || until < since
        ? undefined
        : compareOverInterval(snapshot, sessions, { since, until }),
    causes: causesOf(difference, { startedAt: since, peers: snapshot.peers }, { at, sessions }),
  };
}
