/** Of the peers on each side, those farthest out do not count: a handful of strays would make all others small. */
const STRAYS = 0.0005;

interface Box {
  readonly x: [number, number];
  readonly y: [number, number];
}

/** What the whole picture shows: nearly all of the peers that are to be in it; nothing where there are none. O(n log n). */
export function frameOf(positions: Float32Array, framed: Uint8Array): Box | null {
  const [xs, ys]: [number[], number[]] = [[], []];
  framed.forEach((flag, peer) => {
    if (flag === 0) return;
    xs.push(positions[2 * peer]!);
    ys.push(positions[2 * peer + 1]!);
  });
  return xs.length === 0 ? null : { x: range(xs), y: range(ys) };
}

function range(values: readonly number[]): [number, number] {
  const sorted = Float64Array.from(values).sort();
  const strays = Math.floor(STRAYS * sorted.length);
  const [low, high] = [sorted[strays]!, sorted[sorted.length - 1 - strays]!];
  // One place alone has no width, and two that are nearly one would be thrown apart.
  return high - low < 1e-6 ? [low - 1, high + 1] : [low, high];
}
