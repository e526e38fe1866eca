/** The forms in which results are printed: for a person, a spreadsheet, a script, and a script that reads line by line. */
export const FORMATS = ['table', 'csv', 'json', 'ndjson'] as const;
export type Format = (typeof FORMATS)[number];
