/**
 * Times as ISO 8601 with milliseconds, in UTC (`2005-02-02T12:00:00.000Z`), for tables of millions of rows: neighbouring
 * rows mostly share the minute, whose text and number are remembered.
 */

/** Writes milliseconds since 1970; what is finer is cut off; undefined gives an empty text. */
export function isoTimeWriter(): (milliseconds: number | undefined) => string {
  let minute = NaN;
  let prefix = '';
  return (milliseconds) => {
    if (milliseconds === undefined) return '';
    const begin = Math.floor(milliseconds / MINUTE) * MINUTE;
    if (begin !== minute) {
      prefix = new Date(begin).toISOString().slice(0, -SECONDS_TEXT);
      minute = begin;
    }
    const rest = Math.floor(milliseconds - begin);
    const seconds = Math.floor(rest / 1000);
    return `${prefix}${String(seconds).padStart(2, '0')}.${String(rest % 1000).padStart(3, '0')}Z`;
  };
}

/** Reads what the writer wrote; NaN for anything else. */
export function isoTimeReader(): (text: string) => number {
  let prefix = '';
  let minute = NaN;
  return (text) => {
    const rest = QUICK.test(text) ? Number(text.slice(PREFIX_TEXT, -1)) : NaN;
    if (!(rest < 60)) return strictly(text);
    if (!text.startsWith(prefix) || prefix === '') {
      prefix = text.slice(0, PREFIX_TEXT);
      minute = strictly(`${prefix}00.000Z`);
    }
    return minute + Math.round(rest * 1000);
  };
}

/** Years beyond 9999 have a longer text. */
function strictly(text: string): number {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString() === text ? time : NaN;
}

const MINUTE = 60_000;
/** `2005-02-02T12:00:` and `00.000Z`. */
const PREFIX_TEXT = 17;
const SECONDS_TEXT = 7;
const QUICK = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
