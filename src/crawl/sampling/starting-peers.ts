import type { KnownPeers } from './known-peers.ts';

/** Peers that are tried for a beginning: bootstrap lists may be old, and each try is a contact. */
const MOST_TRIED = 256;

/** Peers tried at the same time. */
const AT_ONCE = 16;

/**
 * Superpeers to begin walks at: those of the bootstrap peers that answer; and where one is a leaf, its superpeers. Looks for
 * `wanted` and takes what there is; none where nobody answers.
 */
export async function startingPeers(
  bootstrap: readonly number[],
  wanted: number,
  peers: KnownPeers,
): Promise<number[]> {
  const starts: number[] = [];
  const candidates = [...new Set(bootstrap)];
  for (let next = 0; next < Math.min(candidates.length, MOST_TRIED) && starts.length < wanted;) {
    const batch = candidates.slice(next, Math.min(next + AT_ONCE, MOST_TRIED));
    next += batch.length;
    const answers = await Promise.all(batch.map((peer) => peers.ask(peer)));
    for (const [i, answer] of answers.entries()) {
      const peer = batch[i];
      if (answer.kind !== 'listed' || peer === undefined || answer.neighbours.length === 0) continue;
      if (answer.role !== 'leaf') starts.push(peer);
      else
        for (const superpeer of answer.neighbours)
          if (!candidates.includes(superpeer) && candidates.length < MOST_TRIED) candidates.push(superpeer);
    }
  }
  return starts.slice(0, wanted);
}
