/** Endings of column names that are units, and how they are written; longer endings first. */
const UNITS: readonly (readonly [string, string])[] = [
  ['_bytes_per_s', 'bytes/s'],
  ['_per_s', '1/s'],
  ['_ms', 'ms'],
  ['_s', 's'],
  ['_bytes', 'bytes'],
  ['_mb', 'MB'],
  ['_percent', '%'],
];

/** A column name for a person: `support_violations` is support violations, `duration_ms` is duration (ms). */
export function headerText(name: string): string {
  const unit = UNITS.find(([ending]) => name.endsWith(ending) && name.length > ending.length);
  if (unit === undefined) return name.replaceAll('_', ' ');
  const [ending, text] = unit;
  return `${name.slice(0, -ending.length).replaceAll('_', ' ')} (${text})`;
}
