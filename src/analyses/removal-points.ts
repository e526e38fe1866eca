/** A curve is told at about so many of its steps. */
const POINTS = 200;

/** All steps of a short curve; else steps at equal distances, the first and the last among them. */
export function evenPoints(size: number): Uint32Array {
  const count = Math.min(size, POINTS);
  return Uint32Array.from({ length: count + 1 }, (_, i) =>
    count === 0 ? 0 : Math.round((i * size) / count),
  );
}

/**
 * Steps at equal distances along the curve itself, across and down taken together, and both sides of a fall that is
 * larger than that: between two steps that are told nothing much happens, even where all happens within few removals.
 *
 * @param giant not increasing, one entry more than there are peers.
 */
export function pointsAlong(giant: Uint32Array): Uint32Array {
  const size = giant.length - 1;
  if (size <= POINTS) return evenPoints(size);
  const stride = (size + giant[0]!) / POINTS;
  const points = [0];
  let due = stride;
  for (let removed = 1; removed < size; removed++) {
    const way = removed + giant[0]! - giant[removed]!;
    if (way < due) continue;
    if (giant[removed - 1]! - giant[removed]! > stride && points.at(-1) !== removed - 1) {
      points.push(removed - 1);
    }
    points.push(removed);
    due = (Math.floor(way / stride) + 1) * stride;
  }
  points.push(size);
  return Uint32Array.from(points);
}
