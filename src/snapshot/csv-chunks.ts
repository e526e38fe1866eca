/** So little that what it is made of is forgotten before it grows old. */
const CHUNK_CHARACTERS = 1 << 16;

/**
 * A CSV file piece by piece, its header first.
 * @param line a row with its line end; its cells are quoted where they need it.
 */
export function* csvChunks<Row>(
  columns: readonly string[],
  rows: Iterable<Row>,
  line: (row: Row) => string,
): Generator<string> {
  let chunk = `${columns.join(',')}\n`;
  for (const row of rows) {
    chunk += line(row);
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
