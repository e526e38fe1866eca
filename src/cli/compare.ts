import * as z from 'zod';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { FORMATS, type Format } from '../reports/format.ts';
import { compareReport, type Comparison } from '../reports/compare-report.ts';
import { formatTables } from '../reports/format-tables.ts';
import { causesOf } from '../snapshot/causes.ts';
import { compareSnapshots } from '../snapshot/compare.ts';
import { compareOverInterval } from '../snapshot/interval.ts';
import { readSnapshot, type StoredSnapshot } from '../snapshot/read.ts';
import { readSessions } from '../snapshot/sessions-csv.ts';
import { formatSeries } from '../reports/series-report.ts';
import { isSeries } from '../snapshot/series.ts';
import { seriesComparisonReport } from './compare-series.ts';
import { oneOf, parseArguments, text, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { print } from './print.ts';

const schema = z.object({
  snapshot: text,
  reference: text.optional(),
  format: oneOf(FORMATS, 'format').optional(),
});

/** Says how one snapshot differs from another, usually from the truth. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const { reference: other, ...args } = parseArguments(schema, raw);
  if (other === undefined) return compareOneSeries(args.snapshot, args.format, context);
  const snapshot = await readSnapshot(args.snapshot);
  const reference = await readSnapshot(other);
  const names = { snapshot: args.snapshot, reference: other };
  const report = compareReport(comparison(snapshot, reference, other), names);
  await print(context, args.format, (...how) => formatTables(report, ...how));
  return EXIT_CODES.ok;
}

async function compareOneSeries(
  directory: string,
  format: Format | undefined,
  context: CliContext,
): Promise<number> {
  if (!isSeries(directory)) {
    throw new PeerscopeError('usage', 'a snapshot is compared with another one, or with its truth', {
      hint: 'Name both; only the directory of a series (crawl --repeat) stands alone.',
    });
  }
  const report = await seriesComparisonReport(directory);
  await print(context, format, (...how) => formatSeries(report, ...how));
  return EXIT_CODES.ok;
}

/** Milliseconds: times are written without fractions. */
const CLOCK_TICK = 2;

/** With a truth also over the interval of the crawl, and by cause. */
export function comparison(
  snapshot: StoredSnapshot,
  reference: StoredSnapshot,
  directory: string,
): Comparison {
  const difference = compareSnapshots(snapshot, reference);
  if (reference.manifest.origin !== 'truth') return { difference };
  const sessions = readSessions(directory, reference.manifest);
  const since = Date.parse(snapshot.manifest.startedAt);
  const { durationSeconds } = snapshot.manifest;
  const at = Date.parse(reference.manifest.endedAt ?? reference.manifest.startedAt);
  // The wall clock may have been set during the crawl.
  const until = durationSeconds === null ? at : since + 1000 * durationSeconds;
  if (sessions !== undefined && at < until - CLOCK_TICK) {
    const late = ((until - at) / 1000).toFixed(1);
    return {
      difference,
      notes: [
        `The truth is of an instant ${late} s before the crawl ended: what came up since then counts as extra, and causes cannot be told. Compare with a later truth.`,
      ],
    };
  }
  const age = ((at - until) / 1000).toFixed(1);
  return {
    difference,
    notes:
      sessions?.linkSessions === undefined || at - until < 1000
        ? []
        : [`The truth is of an instant ${age} s after the crawl ended: what changed since then counts too.`],
    interval: sessions === undefined ? undefined : compareOverInterval(snapshot, sessions, { since, until }),
    causes: causesOf(
      difference,
      { startedAt: since, peers: snapshot.peers },
      { at, peers: reference.peers, sessions },
    ),
  };
}
