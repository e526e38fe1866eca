import { PeerscopeError } from '../core/errors.ts';
import type { Place } from './places.ts';

/**
 * A place from the cells `latitude` and `longitude` (degrees), and `country` and `asn`, which may be empty or missing.
 * @param where the file and line, for messages.
 * @throws {PeerscopeError} (bad-input) for what is no place on the Earth.
 */
export function placeOfCells(record: Readonly<Record<string, string>>, where: string): Place {
  return {
    latitude: degrees(record, 'latitude', 90, where),
    longitude: degrees(record, 'longitude', 180, where),
    country: countryOf(record['country'] ?? '', where),
    asn: asnOf(record['asn'] ?? '', where),
  };
}

function degrees(
  record: Readonly<Record<string, string>>,
  name: 'latitude' | 'longitude',
  most: number,
  where: string,
): number {
  const cell = record[name] ?? '';
  const value = cell === '' ? NaN : Number(cell);
  if (Math.abs(value) <= most) return value;
  throw bad(`${where} has the ${name} "${cell}", which is not a number of degrees from -${most} to ${most}`);
}

function countryOf(cell: string, where: string): string {
  const code = cell.toUpperCase();
  if (code === '' || /^[A-Z]{2}$/.test(code)) return code;
  throw bad(`${where} has the country "${cell}", which is not a code of two letters`);
}

function asnOf(cell: string, where: string): number {
  if (cell === '') return 0;
  const digits = /^(?:AS)?(\d{1,10})$/i.exec(cell)?.[1];
  const asn = Number(digits ?? NaN);
  if (asn < 2 ** 32) return asn;
  throw bad(`${where} has the asn "${cell}", which is not a number from 0 to ${2 ** 32 - 1}`);
}

function bad(message: string): PeerscopeError {
  return new PeerscopeError('bad-input', message);
}
