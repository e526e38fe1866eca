/**
 * Escapes a value for a query, as the specification of GWebCache wants it: all but letters, digits, `-`, `_` and `.`.
 * Characters outside Latin-1 become `?`.
 */
export function percentEncode(value: string): string {
  return value.replace(/[^A-Za-z0-9._-]/g, (character) => {
    const code = character.charCodeAt(0);
    return `%${(code <= 255 ? code : QUESTION_MARK).toString(16).toUpperCase().padStart(2, '0')}`;
  });
}

/** The reverse; a `%` that begins no escape stays as it is. Never fails, unlike decodeURIComponent. */
export function percentDecode(value: string): string {
  if (!value.includes('%')) return value;
  return value.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

const QUESTION_MARK = 63;
