/** What is said between parquet-process.ts and the program that it runs, parquet-decoder.js. */

/** What may be in a file. */
export interface ParquetBounds {
  /** Bytes of a page, unpacked. */
  readonly pageBytes: number;
  /** Rows of a row group. */
  readonly rows: number;
}

/** The first answer: what stands in the file. */
export interface ParquetContents {
  readonly columns: readonly string[];
  readonly metadata: readonly (readonly [key: string, value: string | undefined])[];
  /** Rows of each row group. */
  readonly groups: readonly number[];
}

/** A column of a row group, which is what is asked for. */
export interface ParquetQuestion {
  readonly group: number;
  readonly column: string;
}

/** A text for each row; null for no value, undefined for what is no single value. */
export type ParquetTexts = readonly (string | null | undefined)[];

/** Instead of an answer. */
export interface ParquetFailure {
  readonly failed: string;
  /** Whether that is in words for a person. */
  readonly isClear: boolean;
}
