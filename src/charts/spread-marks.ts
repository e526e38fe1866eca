/** A mark of a drawing: its middle, and how far it reaches. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Rounds of pushing apart; a few are enough unless the marks fill the whole place. */
const ROUNDS = 200;

/**
 * The same marks, moved as little as it takes that no two of them overlap, by pushing overlapping pairs apart again and
 * again. Where there is no room for all, the rest of the overlap stays. O(rounds n²).
 *
 * @param gap how far the rims of two marks stay apart.
 */
export function spreadMarks(marks: readonly Mark[], gap: number): Mark[] {
  const moved = marks.map((mark) => ({ ...mark }));
  for (let round = 0; round < ROUNDS; round++) {
    let overlaps = 0;
    moved.forEach((a, i) => {
      for (const b of moved.slice(i + 1)) {
        const wanted = a.radius + b.radius + gap;
        const dx = b.x - a.x;
        const dy = b.y - a.y;
        const distance = Math.sqrt(dx * dx + dy * dy);
        if (distance >= wanted) continue;
        overlaps += 1;
        // Two at the same place part sideways, whatever direction that is.
        const [ux, uy] = distance > 0 ? [dx / distance, dy / distance] : [1, 0];
        const push = (wanted - distance) / 2 + 0.01;
        a.x -= ux * push;
        a.y -= uy * push;
        b.x += ux * push;
        b.y += uy * push;
      }
    });
    if (overlaps === 0) break;
  }
  return moved;
}
