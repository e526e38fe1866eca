/** Sorts `values[begin .. end - 1]` ascending, in place. Most rows of a graph are short, and calling the engine's own sort costs more than sorting those. */
export function sortRange(values: Uint32Array | Float64Array, begin: number, end: number): void {
  if (end - begin > LONG) {
    values.subarray(begin, end).sort();
    return;
  }
  for (let k = begin + 1; k < end; k++) {
    const value = values[k]!;
    let place = k;
    while (place > begin && values[place - 1]! > value) {
      values[place] = values[place - 1]!;
      place -= 1;
    }
    values[place] = value;
  }
}

const LONG = 64;
