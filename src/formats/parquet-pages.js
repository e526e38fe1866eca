// @ts-check
// Plain JavaScript, since parquet-decoder.js runs from source as well as built.
import { parquetHeader } from 'hyparquet/src/column.js';

/** @import { ParquetBounds } from './parquet-answers.ts' */

/**
 * Checks what the pages of a Parquet file say of themselves against the file: a page is inside of its column, and a column's pages
 * have no more values than its rows. Whoever decodes them takes their word for it, and would take memory for it. Columns
 * that are not flat have a value for each entry of a list, and are bounded by what a row group may have. O(pages).
 * @param {Uint8Array} bytes
 * @param {import('hyparquet').FileMetaData} metadata
 * @param {ParquetBounds} bounds
 * @throws {DamagedParquet} that says which column is not as it should be.
 */
export function checkPages(bytes, metadata, bounds) {
  for (const { columns, num_rows: rows } of metadata.row_groups) {
    // Whatever the types say, it is what the file has.
    if (typeof rows !== 'bigint') throw new DamagedParquet('a row group does not say how many rows it has');
    if (!(rows >= 0n && rows <= bounds.rows)) throw new DamagedParquet(`a row group has ${rows} rows`);
    for (const { meta_data: column } of columns) {
      if (column === undefined) continue;
      const name = column.path_in_schema.join('.');
      // As the decoder does it, for which 0 is no place.
      const begin = Number(column.dictionary_page_offset || column.data_page_offset);
      const end = begin + Number(column.total_compressed_size);
      if (!(begin >= 4 && begin <= end && end <= bytes.length)) {
        throw new DamagedParquet(`the column ${name} is not inside of the file`);
      }
      const most = column.path_in_schema.length === 1 ? Number(rows) : bounds.rows;
      const reader = { view: new DataView(bytes.buffer, bytes.byteOffset + begin, end - begin), offset: 0 };
      let sum = 0;
      while (reader.offset < reader.view.byteLength - 1) {
        const page = parquetHeader(reader);
        const { compressed_page_size: size, uncompressed_page_size: unpacked } = page;
        if (!(size >= 0 && reader.offset + size <= reader.view.byteLength)) {
          throw new DamagedParquet(`a page of the column ${name} is not inside of the column`);
        }
        if (!(unpacked >= 0 && unpacked <= bounds.pageBytes)) {
          throw new DamagedParquet(`a page of the column ${name} has ${unpacked} bytes`);
        }
        const { data_page_header: data, data_page_header_v2: data2 } = page;
        const words = page.dictionary_page_header?.num_values ?? 0;
        const values = data?.num_values ?? data2?.num_values ?? 0;
        const nulls = data2?.num_nulls ?? 0;
        sum += values;
        if (!(values >= 0 && sum <= most && words >= 0 && words <= most && nulls >= 0 && nulls <= values)) {
          throw new DamagedParquet(`the pages of the column ${name} have more values than there are rows`);
        }
        reader.offset += size;
      }
    }
  }
}

/** What is wrong with a file, in words for a person. */
export class DamagedParquet extends Error {}
