/** How much ends of a kind are linked with their own kind, and how sure that is. */
export interface CategoryAssortativity {
  /** 1: only with their own; 0: as chance has it; null where there is one kind only, or no link. */
  readonly r: number | null;
  /** By the jackknife over links; null where leaving out some link leaves nothing to tell. */
  readonly standardError: number | null;
}

/**
 * Newman's assortativity coefficient for kinds, (trace e - sum of a²) / (1 - sum of a²), where e is the share of ends of
 * links by the kinds of the end and of its other end, and a the share of ends of a kind (Mixing patterns in networks,
 * 2003, section II); its standard error by the jackknife (section III).
 *
 * @param links links[i][j], for i <= j: how many links join kinds i and j. O(kinds⁴).
 */
export function categoryAssortativity(links: readonly (readonly number[])[]): CategoryAssortativity {
  const r = coefficient(links);
  if (r === null) return { r, standardError: null };
  const changes = links.flatMap((row, i) =>
    row.flatMap((count, j) => {
      if (count === 0 || j < i) return [];
      const without = coefficient(
        links.map((each, k) => each.map((n, l) => (k === i && l === j ? n - 1 : n))),
      );
      return [{ count, change: without === null ? null : r - without }];
    }),
  );
  let variance = 0;
  for (const { count, change } of changes) {
    if (change === null) return { r, standardError: null };
    variance += count * change ** 2;
  }
  return { r, standardError: Math.sqrt(variance) };
}

function coefficient(links: readonly (readonly number[])[]): number | null {
  const ends = links.map(() => 0);
  let total = 0;
  let alike = 0;
  links.forEach((row, i) => {
    row.forEach((count, j) => {
      if (j < i) return;
      ends[i]! += count;
      ends[j]! += count;
      total += count;
      if (i === j) alike += count;
    });
  });
  if (total === 0) return null;
  const byChance = ends.reduce((sum, count) => sum + (count / (2 * total)) ** 2, 0);
  return ends.some((count) => count === 2 * total) ? null : (alike / total - byChance) / (1 - byChance);
}
