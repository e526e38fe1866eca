import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded source of randomness: the same seed gives the same numbers on every machine. */
export interface Random {
  /** A whole number in 0..below-1, all alike. */
  int(below: number): number;
  /** A number in [0, 1). */
  uniform(): number;
  /** An independent stream for a named purpose, so that one consumer's draws do not shift another's. */
  fork(purpose: string): Random;
}

/** @param seed any whole number; only its lowest 32 bits count. */
export function createRandom(seed: number): Random {
  const generator = xoroshiro128plusFromState(spread(seed | 0));
  return {
    int: (below) => uniformInt(generator, 0, below - 1),
    uniform: () => uniformFloat64(generator),
    fork: (purpose) => createRandom((spread(seed | 0)[0] ?? 0) ^ hash(purpose)),
  };
}

/**
 * The generator's state from a seed, by splitmix32: neighbouring seeds must not give alike streams, and a state with
 * few bits set, which the generator would make of a small seed, gives structured numbers at first.
 */
function spread(seed: number): number[] {
  let state = seed;
  return Array.from({ length: 4 }, () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) | 0;
  });
}

/** Shuffles in place (Fisher and Yates): every order is equally likely. O(n). */
export function shuffle(values: Uint32Array, random: Random): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    const kept = values[i] ?? 0;
    values[i] = values[j] ?? 0;
    values[j] = kept;
  }
}

/** FNV-1a, 32 bits: only has to spread the purposes apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value | 0;
}
