/**
 * The statuses with which gtk-gnutella refuses, each with one of its reasons: those of 204, 403, 409, 413 and 429 were
 * observed, those of 406, 503 and 550 (its 429 before 2020) read in its source. `N` stands for a number of slots.
 *
 * Where a code has several reasons, this is one that means a refusal as such: 403 can also say that a crawler comes too
 * often, and 503 that all slots are taken, which are manners of their own.
 */
export const REFUSAL_CODES: ReadonlyMap<number, string> = new Map([
  [204, 'Shielded leaf node (N peers max)'],
  [403, 'Compressed connection preferred'],
  [406, 'Protocol not acceptable'],
  [409, 'Already connected'],
  [413, 'Header line too long'],
  [429, 'Banned for 5m 0s'],
  [503, 'Servent Shutdown'],
  [550, 'Banned for 5m 0s'],
]);

/** The reason that goes with codes that other servents may use, and of which no words are known. */
const NEUTRAL_REASON = 'Refused';

/** Whether a servent can refuse with this code: the known ones, and 400 to 599 but for 593, which greets a crawler. */
export function isRefusalCode(code: number): boolean {
  const other = Number.isInteger(code) && code >= 400 && code <= 599 && code !== 593;
  return REFUSAL_CODES.has(code) || other;
}

/** The words that go with a code; `slots` takes the place of `N`. */
export function refusalReason(code: number, slots: number): string {
  return (REFUSAL_CODES.get(code) ?? NEUTRAL_REASON).replace('(N ', `(${slots} `);
}
