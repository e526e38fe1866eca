/** A field of a message: a word between single spaces, or a text in double quotes, which nothing escapes. */
export interface Field {
  /** Text in quotes may hold spaces. */
  readonly text: string;
  readonly isQuoted: boolean;
}

/** BOUNDED: no message has more fields than a search, which has a few dozen at most. */
const MAX_FIELDS = 64;

/** Cuts the data of a message into its fields. A quote that is not closed ends with the data. O(characters). */
export function splitFields(data: string): readonly Field[] {
  const fields: Field[] = [];
  for (let at = 0; at < data.length && fields.length < MAX_FIELDS;) {
    if (data[at] === ' ') {
      at += 1;
      continue;
    }
    const isQuoted = data[at] === '"';
    const from = isQuoted ? at + 1 : at;
    const end = data.indexOf(isQuoted ? '"' : ' ', from);
    const to = end < 0 ? data.length : end;
    fields.push({ text: data.slice(from, to), isQuoted });
    at = to + 1;
  }
  return fields;
}

/** A text in quotes; a quote in it, which the protocol can not say, becomes an apostrophe. */
export function quoted(text: string): string {
  return `"${text.replaceAll('"', "'")}"`;
}

/** A whole number of at most `most`; undefined for anything else. */
export function wholeField(field: Field | undefined, most = 0xffff_ffff): number | undefined {
  if (field === undefined || field.isQuoted || !/^\d{1,10}$/.test(field.text)) return undefined;
  const number = Number(field.text);
  return number <= most ? number : undefined;
}

/** A word that is not in quotes: a nick, a password, a hash. */
export function wordField(field: Field | undefined): string | undefined {
  return field === undefined || field.isQuoted ? undefined : field.text;
}

/** A text in quotes. */
export function textField(field: Field | undefined): string | undefined {
  return field?.isQuoted === true ? field.text : undefined;
}
