import type { Address } from '../core/address.ts';
import type { Again, Asked, Question } from '../core/visit.ts';

/** One question to put to one endpoint, and what it was asked before. */
export interface Task {
  readonly endpoint: Address;
  readonly question: Question;
  readonly asked: readonly Asked[];
  /** Why it is asked this again. */
  readonly again?: Again;
  /** What it was asked in haste before, and is to be asked once more unless it answers something else. */
  readonly owed?: Question;
}
