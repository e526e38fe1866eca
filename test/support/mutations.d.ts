export function fastRandom(seed: number): () => number;
export function mutate(corpus: readonly Uint8Array[], random: () => number): Uint8Array;
