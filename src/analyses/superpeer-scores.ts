import type { Role } from '../core/claims.ts';

/** How well a rule finds the declared superpeers among some peers; null where a ratio has no denominator. */
export interface Score {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

/** Scores the flags against declared roles, among those peers that belong. O(n). */
export function score(
  flags: Uint8Array,
  roles: readonly (Role | undefined)[],
  belongs: (peer: number) => boolean,
): Score {
  let truePositives = 0;
  let falsePositives = 0;
  let falseNegatives = 0;
  roles.forEach((role, peer) => {
    if (role === undefined || !belongs(peer)) return;
    if (flags[peer] === 1) {
      if (role === 'superpeer') truePositives += 1;
      else falsePositives += 1;
    } else if (role === 'superpeer') falseNegatives += 1;
  });
  const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
  return {
    truePositives,
    falsePositives,
    falseNegatives,
    precision: ratio(truePositives, truePositives + falsePositives),
    recall: ratio(truePositives, truePositives + falseNegatives),
    f1: ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives),
  };
}

/** How many are flagged. */
export function countFlags(flags: Uint8Array): number {
  return flags.reduce((sum, flag) => sum + flag, 0);
}

/** Jaccard index of the two sets of flagged peers; 1 where both are empty. O(n). */
export function jaccard(a: Uint8Array, b: Uint8Array): number {
  let both = 0;
  let either = 0;
  for (let peer = 0; peer < a.length; peer++) {
    both += a[peer]! & b[peer]!;
    either += a[peer]! | b[peer]!;
  }
  return either === 0 ? 1 : both / either;
}
