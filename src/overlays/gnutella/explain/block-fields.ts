import type { Field } from '../../../core/field-trace.ts';
import { MAX_HEADER_LINES } from '../../../core/limits.ts';
import type { Header } from '../wire/header-block.ts';
import { headerMeaning } from './header-meaning.ts';

const LF = 10;

/**
 * The lines of a block, each a field with its line end in its bytes. A folded header is explained in its first line.
 * @param about what the first line means
 */
export function blockFields(
  bytes: Uint8Array,
  offset: number,
  headers: readonly Header[],
  about: string | undefined,
): readonly Field[] {
  const fields: Field[] = [];
  let header = -1;
  let open = false;
  // The first line and the empty one are no headers.
  for (let from = 0; from < bytes.length && fields.length < MAX_HEADER_LINES + 2;) {
    const end = bytes.indexOf(LF, from);
    const line = bytes.subarray(from, end < 0 ? bytes.length : end + 1);
    const text = Buffer.from(line)
      .toString('latin1')
      .replace(/\r?\n$/, '');
    const add = (name: string, value: string | undefined, meaning?: string) =>
      fields.push({ name, offset: offset + from, bytes: line, value, meaning, depth: 0 });
    if (from === 0) add('first line', text, about);
    else if (text === '') add('empty line', undefined, 'end of the block');
    else if (/^[ \t]/.test(text)) add(open ? 'continued' : 'no header', text.trim());
    else {
      open = /^[^:]*[^: \t][^:]*:/.test(text);
      if (open) header += 1;
      const read = open ? headers[header] : undefined;
      if (read === undefined) add('no header', text, 'no colon: skipped');
      else add(read.name, text.slice(text.indexOf(':') + 1).trim(), headerMeaning(read));
    }
    from += line.length;
  }
  return fields;
}
