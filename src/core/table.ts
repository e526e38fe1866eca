/** One value of a table; null is an empty cell (not known, or not defined). */
export type Cell = string | number | boolean | null;

/** A column: its name is the CSV header, in snake_case, with the unit in it where there is one (`duration_ms`). */
export interface Column {
  readonly name: string;
  /** Digits after the point when shown to a person; CSV and JSON always carry full precision. */
  readonly digits?: number;
  /** Too much for a person's overview: only in CSV, and where its analysis alone was asked for. */
  readonly detail?: boolean;
}

/** Numbers on their way to a person, a spreadsheet or a script. */
export interface Table {
  /** Short name in kebab-case, also the name of its CSV file. */
  readonly name: string;
  /** What a person reads above it. */
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** What has to be known to read the numbers right, one sentence each. */
  readonly notes?: readonly string[];
  /** As for a column: the whole table is too much for an overview. */
  readonly detail?: boolean;
}
