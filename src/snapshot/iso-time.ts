/**
 * Times as ISO 8601 with milliseconds, in UTC (`2005-02-02T12:00:00.000Z`), for tables of millions of rows: there are few
 * different minutes, whose texts and numbers are remembered.
 */

/** Writes milliseconds since 1970 as ASCII, valid until the next call; what is finer is cut off. */
export function isoTimeWriter(): (milliseconds: number) => Uint8Array {
  const minutes = new Map<number, Uint8Array>();
  return (milliseconds) => {
    const begin = Math.floor(milliseconds / MINUTE) * MINUTE;
    let text = minutes.get(begin);
    if (text === undefined) {
      if (minutes.size >= MAX_MINUTES) minutes.clear();
      minutes.set(begin, (text = Buffer.from(new Date(begin).toISOString())));
    }
    // Below 60,000: whole numbers are faster.
    const rest = (milliseconds - begin) | 0;
    const seconds = (rest / 1000) | 0;
    const thousandths = rest % 1000;
    // From the end, since years beyond 9999 have a longer text: `ss.mmmZ`.
    const end = text.length;
    text[end - 7] = ZERO + ((seconds / 10) | 0);
    text[end - 6] = ZERO + (seconds % 10);
    text[end - 4] = ZERO + ((thousandths / 100) | 0);
    text[end - 3] = ZERO + (((thousandths / 10) | 0) % 10);
    text[end - 2] = ZERO + (thousandths % 10);
    return text;
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
const ZERO = 48;
const MAX_MINUTES = 1_000;
/** `2005-02-02T12:00:`. */
const PREFIX_TEXT = 17;
const QUICK = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
