import { MAX_NAME_CHARACTERS } from '../../../core/limits.ts';

/**
 * A name that a stranger gave itself, fit to be stored, printed and sent: control characters and whatever is outside
 * Latin-1 become `?`. BOUNDED: MAX_NAME_CHARACTERS.
 */
export function plainName(text: string): string {
  return text.slice(0, MAX_NAME_CHARACTERS).replace(/[^\x20-\x7e\xa0-\xff]/g, '?');
}

/** `True` and `False` in any case; anything else is undefined. */
export function decodeFlag(value: string | undefined): boolean | undefined {
  const word = value?.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const RFC_822 =
  /^(?:[A-Z][a-z]{2}, ?)?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) (?:([+-])(\d{2})(\d{2})|GMT|UTC?|Z)$/;

/**
 * An RFC 822 date with a year of four digits (RFC 1123 5.2.14), as milliseconds since 1970; undefined for all else.
 * `Date.parse` would take almost anything for a date.
 */
export function decodeDate(value: string): number | undefined {
  const match = RFC_822.exec(value);
  if (match === null) return undefined;
  const [, day, monthName, year, hour, minute, second, sign, zoneHours, zoneMinutes] = match;
  const month = MONTHS.indexOf(monthName ?? '');
  if (month < 0 || month % 3 !== 0) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60 || Number(zoneMinutes ?? 0) > 59)
    return undefined;
  const midnight = Date.UTC(Number(year), month / 3, Number(day));
  if (new Date(midnight).getUTCDate() !== Number(day)) return undefined;
  const local = midnight + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
  const east = (Number(zoneHours ?? 0) * 60 + Number(zoneMinutes ?? 0)) * 60_000 * (sign === '-' ? -1 : 1);
  const time = local - east;
  return time >= 0 ? time : undefined;
}

/** `Wed, 01 Jan 2025 11:38:34 +0000`, the spelling of gtk-gnutella; milliseconds are dropped. */
export function encodeDate(time: number): string {
  return new Date(time).toUTCString().replace('GMT', '+0000');
}
