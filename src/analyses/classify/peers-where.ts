/** The numbers below `size` for which something holds, ascending. O(size). */
export function peersWhere(size: number, holds: (peer: number) => boolean): Uint32Array {
  const found = new Uint32Array(size);
  let count = 0;
  for (let peer = 0; peer < size; peer++) if (holds(peer)) found[count++] = peer;
  return found.slice(0, count);
}
