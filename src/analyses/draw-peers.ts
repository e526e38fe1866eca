import type { Random } from '../core/random.ts';

/** Some of the peers, each as likely as any other, in random order. All of them where more are wanted than there are. */
export function drawPeers(peers: Uint32Array, wanted: number, random: Random): Uint32Array {
  const drawn = peers.slice();
  const count = Math.min(wanted, drawn.length);
  for (let i = 0; i < count; i++) {
    const j = i + random.int(drawn.length - i);
    const kept = drawn[i]!;
    drawn[i] = drawn[j]!;
    drawn[j] = kept;
  }
  return drawn.slice(0, count);
}
