import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Address } from '../core/address.ts';
import type { Attendance } from '../snapshot/accuracy/attendance.ts';
import type { Fold } from '../snapshot/fold.ts';
import { readJournal } from '../snapshot/journal.ts';
import { LEDGER_FILE, readLedger } from '../snapshot/ledger.ts';
import type { Agenda } from './agenda.ts';
import type { SnapshotManners } from './manners/contact-gate.ts';
import type { OutcomeTimes } from './outcome-times.ts';

/** Whom a crawl that goes on tells what came of it before. */
export interface PastCrawl {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly fold: Fold;
  readonly attendance: Attendance;
  readonly agenda: Agenda;
  readonly outcomes: OutcomeTimes;
  /** Told now and then, with the milliseconds since the start. */
  readonly known: (milliseconds: number) => void;
  readonly manners?: SnapshotManners | undefined;
}

/**
 * Reads what a snapshot's journal holds into a fold and an agenda, and what its ledger holds into the schedule of contacts. A
 * record that is torn or altered counts as not there: its peer is asked again. O(visits).
 * @returns how many records are torn or altered.
 */
export async function rememberPast(snapshotDir: string, past: PastCrawl): Promise<number> {
  const { startedAt, fold, attendance, agenda, outcomes, known, manners } = past;
  const open =
    manners?.isReal === true ? await rememberContacts(snapshotDir, manners) : new Map<Address, number>();
  let visits = 0;
  let damaged = 0;
  for await (const visit of readJournal(snapshotDir, () => (damaged += 1))) {
    fold.add(visit);
    attendance.add(visit);
    agenda.remember(visit);
    visits += 1;
    const contacts = open.get(visit.endpoint);
    if (contacts !== undefined && contacts > 1) open.set(visit.endpoint, contacts - 1);
    else open.delete(visit.endpoint);
    const elapsed = visit.startedAt + visit.duration - startedAt;
    outcomes.add(visit.outcome, elapsed);
    if (visits % VISITS_BETWEEN === 0) known(elapsed);
  }
  agenda.resume(open.keys());
  return damaged;
}

/** Has the schedule keep its distance from all that an earlier crawl contacted; gives how often that was, by address. */
export async function rememberContacts(
  snapshotDir: string,
  { schedule, clock }: SnapshotManners,
): Promise<Map<Address, number>> {
  const counts = new Map<Address, number>();
  const [now, monotonic] = [clock.now(), clock.monotonic()];
  // A crash in the first moment leaves none.
  if (!existsSync(join(snapshotDir, LEDGER_FILE))) return counts;
  let latest = -Infinity;
  for await (const { address, carrier, time } of readLedger(snapshotDir, () => undefined)) {
    counts.set(address, (counts.get(address) ?? 0) + 1);
    // Clocks that were set meanwhile must not let time go back.
    latest = Math.max(latest, Math.min(monotonic, monotonic - (now - time)));
    schedule.remember(address, carrier, latest);
  }
  return counts;
}

const VISITS_BETWEEN = 500;
