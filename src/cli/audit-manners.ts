import * as z from 'zod';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { FORMATS } from '../reports/format.ts';
import { formatTables } from '../reports/format-tables.ts';
import { brokenRules, mannersReport } from '../reports/manners-report.ts';
import { auditManners } from '../snapshot/audit-manners.ts';
import { readLedger } from '../snapshot/ledger.ts';
import { readManifest, type Manifest } from '../snapshot/manifest.ts';
import { readPrivateFacts } from '../snapshot/private-facts.ts';
import { readManners } from '../snapshot/recorded-manners.ts';
import { oneOf, parseArguments, text, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { print } from './print.ts';

const schema = z.object({ snapshot: text, format: oneOf(FORMATS, 'format').optional() });

/** Says whether a crawl was polite: its ledger of contacts against the manners in its manifest. A broken rule is a failure. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  const manifest = readManifest(args.snapshot);
  const manners = readManners(
    { ...(manifest.options['manners'] as object | undefined), ...readPrivateFacts(args.snapshot) },
    args.snapshot,
  );
  let damagedLines = 0;
  const ledger = readLedger(args.snapshot, () => (damagedLines += 1));
  const audit = await auditManners(ledger, manners, contactingVisits(manifest));
  const report = mannersReport({ directory: args.snapshot, audit, manners, damagedLines });
  await print(context, args.format, (...how) => formatTables(report, ...how));
  const broken = brokenRules(audit);
  if (broken.length === 0) return EXIT_CODES.ok;
  throw new PeerscopeError('failure', `the crawl broke its manners: ${broken.join(', ')}`, {
    hint: 'The table says how often, and which contact was the worst.',
  });
}

/** Visits that sent a packet; not known before a crawl has ended. */
function contactingVisits({ counts }: Manifest): number | undefined {
  if (counts === null) return undefined;
  return counts.visits - (counts.byOutcome.excluded ?? 0) - (counts.byOutcome.skipped ?? 0);
}
