/** The candidate that is spelled most like the word, if any is near enough to be meant. O(candidates x length²). */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  // One letter is as near to any other: no guess.
  const allowed = word.length < 2 ? 0 : Math.max(1, Math.floor(word.length / 3));
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance <= allowed && distance < (best?.distance ?? Infinity)) best = { candidate, distance };
  }
  return best?.candidate;
}

/** Insertions, deletions, substitutions and exchanges of neighbours (optimal string alignment distance). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      const exchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (exchanged) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** Says that there is none of that name, and which one may have been meant. */
export function unknownName(name: string, choices: readonly string[], what: string): string {
  const near = nearest(name, choices);
  const hint = near === undefined ? `; there are ${choices.join(', ')}` : `: did you mean ${near}?`;
  return `unknown ${what} "${name}"${hint}`;
}
