import type { FileMetaData } from 'hyparquet';

/**
 * Checks what the pages of a Parquet file say of themselves against the file: a page is inside of its column, and has no more values
 * than its rows. Whoever decodes them takes their word for it, and would go on for hours. Only columns that are flat. O(pages).
 * @throws {Error} that says which column is not as it should be.
 */
export async function checkPages(bytes: Uint8Array, metadata: FileMetaData): Promise<void> {
  const { parquetHeader } = await import('hyparquet/src/column.js');
  for (const { columns, num_rows: rows } of metadata.row_groups) {
    for (const { meta_data: column } of columns) {
      if (column === undefined) continue;
      const name = column.path_in_schema.join('.');
      const begin = Number(column.dictionary_page_offset ?? column.data_page_offset);
      const end = begin + Number(column.total_compressed_size);
      if (!(begin >= 4 && begin <= end && end <= bytes.length)) {
        throw new Error(`the column ${name} is not inside of the file`);
      }
      const reader = { view: new DataView(bytes.buffer, bytes.byteOffset + begin, end - begin), offset: 0 };
      while (reader.offset < reader.view.byteLength - 1) {
        const page = parquetHeader(reader);
        const values =
          page.data_page_header?.num_values ??
          page.data_page_header_v2?.num_values ??
          page.dictionary_page_header?.num_values ??
          0;
        const size = page.compressed_page_size;
        const isFlat = column.path_in_schema.length === 1;
        if (!(size >= 0 && reader.offset + size <= reader.view.byteLength)) {
          throw new Error(`a page of the column ${name} is not inside of the column`);
        }
        if (isFlat && !(values >= 0 && values <= Number(rows))) {
          throw new Error(
            `a page of the column ${name} has ${values} values, and there are ${Number(rows)} rows`,
          );
        }
        if (!(page.uncompressed_page_size >= 0 && page.uncompressed_page_size <= MOST_PAGE_BYTES)) {
          throw new Error(`a page of the column ${name} has ${page.uncompressed_page_size} bytes`);
        }
        reader.offset += size;
      }
    }
  }
}

/** Bytes of a page, unpacked: they are made with about one megabyte. */
const MOST_PAGE_BYTES = 1 << 30;
