import type { Fold } from '../snapshot/fold.ts';
import { readJournal } from '../snapshot/journal.ts';
import type { Agenda } from './agenda.ts';

/** Whom a crawl that goes on tells what came of it before. */
export interface PastCrawl {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly fold: Fold;
  readonly agenda: Agenda;
  /** Told now and then, with the milliseconds since the start. */
  readonly known: (milliseconds: number) => void;
}

/**
 * Reads what a snapshot's journal holds into a fold and an agenda. A record that is torn or altered counts as not there: its
 * peer is asked again. O(visits).
 */
export async function rememberPast(snapshotDir: string, past: PastCrawl): Promise<void> {
  const { startedAt, fold, agenda, known } = past;
  let visits = 0;
  for await (const visit of readJournal(snapshotDir, () => undefined)) {
    fold.add(visit);
    agenda.remember(visit);
    visits += 1;
    if (visits % VISITS_BETWEEN === 0) known(visit.startedAt + visit.duration - startedAt);
  }
  agenda.resume([]);
}

const VISITS_BETWEEN = 500;
