import type { Work } from './analysis.ts';

/**
 * Does work that is cut into pieces, no more of them at a time than keep the crew busy, and tells how far it is. The
 * results stand in the order of the pieces, whoever was ready first.
 *
 * @param share what part of the analysis all pieces together are.
 */
export async function inPieces<Result>(
  { crew, progress }: Work,
  count: number,
  piece: (index: number) => Promise<Result>,
  share = 1,
): Promise<Result[]> {
  const results: Result[] = [];
  let begun = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    while (begun < count) {
      const index = begun++;
      results[index] = await piece(index);
      progress((share * ++done) / count);
    }
  };
  await Promise.all(Array.from({ length: crew.size }, lane));
  return results;
}
