/** A rectangle of a drawing, in its units; y grows downwards. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Sizes laid into rows, each with its box, in the order given; and how high the rows are together. */
export interface Packing {
  readonly boxes: readonly Box[];
  readonly height: number;
}

/**
 * Rows from left to right and from top to bottom, in the order given (the largest first looks tidy); in a row, all stand
 * on its middle line. What is wider than a row gets one of its own. O(sizes).
 */
export function packRows(sizes: readonly Size[], width: number, gap: number): Packing {
  const boxes: Box[] = [];
  let top = 0;
  for (const row of rowsOf(sizes, width, gap)) {
    const height = row.reduce((most, size) => Math.max(most, size.height), 0);
    let left = 0;
    for (const size of row) {
      boxes.push({ x: left, y: top + (height - size.height) / 2, ...size });
      left += size.width + gap;
    }
    top += height + gap;
  }
  return { boxes, height: Math.max(0, top - gap) };
}

function rowsOf(sizes: readonly Size[], width: number, gap: number): Size[][] {
  const rows: Size[][] = [];
  let left = Infinity;
  for (const { width: wide, height } of sizes) {
    if (left + wide > width) {
      rows.push([]);
      left = 0;
    }
    rows.at(-1)?.push({ width: wide, height });
    left += wide + gap;
  }
  return rows;
}
