import type { Crew, Kernel } from './crew.ts';

/** Pieces that wait at each worker, so that none is idle while an answer is on its way. */
const WAITING = 2;

/**
 * Has a kernel run on each of several inputs, as many at a time as the crew takes.
 *
 * @param inputs how many there are, and the one at a place; made when its turn comes, so that they need not all exist.
 * @param take gets each output, in the order of the inputs: what is summed up does not depend on who was first.
 * @param progress gets the share of inputs that are done.
 */
export async function runPieces<Input, Output>(
  crew: Crew,
  kernel: Kernel<Input, Output>,
  inputs: { readonly count: number; readonly at: (index: number) => Input },
  take: (output: Output, index: number) => void,
  progress: (share: number) => void,
): Promise<void> {
  const early = new Map<number, Output>();
  let begun = 0;
  let taken = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    while (begun < inputs.count) {
      const index = begun++;
      early.set(index, await crew.run(kernel, inputs.at(index)));
      progress(++done / inputs.count);
      for (let output = early.get(taken); output !== undefined; output = early.get(taken)) {
        early.delete(taken);
        take(output, taken++);
      }
    }
  };
  const lanes = crew.size === 1 ? 1 : WAITING * crew.size;
  await Promise.all(Array.from({ length: Math.min(lanes, inputs.count) }, work));
}

/** Where piece `index` of `pieces` begins among `count` things; the pieces differ by one thing at most. */
export function pieceBegin(count: number, pieces: number, index: number): number {
  return Math.floor((count * index) / pieces);
}

/** The same numbers where every worker of the crew can read them without a copy; as they are where there is none. */
export function shareWith<Numbers extends Uint32Array | Float64Array>(crew: Crew, values: Numbers): Numbers;
export function shareWith(crew: Crew, values: Uint32Array | Float64Array): Uint32Array | Float64Array {
  if (crew.size === 1) return values;
  const memory = new SharedArrayBuffer(values.byteLength);
  const shared = values instanceof Uint32Array ? new Uint32Array(memory) : new Float64Array(memory);
  shared.set(values);
  return shared;
}
