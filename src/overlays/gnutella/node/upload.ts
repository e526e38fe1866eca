import type { Reaction } from '../../overlay.ts';
import { HeaderBlockReader } from '../wire/header-block.ts';
import { encodeText } from '../wire/text.ts';
import { contentOf, type Library, type SharedFile } from './library.ts';
import { HTTP_LIMITS } from './limits.ts';

/** Where a file is found, as the Gnutella 0.6 draft has it (section 3.1). Its name may be any bytes of a stranger. */
export function pathOf({ index, name }: Pick<SharedFile, 'index' | 'name'>): string {
  return `/get/${index}/${percentEncoded(encodeText(name))}`;
}

/** The providing side of a download: one request, one answer, and the end. */
export class Upload {
  readonly #library: Library;
  readonly #reader = new HeaderBlockReader(HTTP_LIMITS);

  constructor(library: Library) {
    this.#library = library;
  }

  receive(bytes: Uint8Array): Reaction {
    const result = this.#reader.push(bytes);
    if (result === undefined) return {};
    const file = result.kind === 'block' ? this.#fileIn(result.block.firstLine) : undefined;
    if (file === undefined) return { send: head('404 Not Found', 0), close: true };
    const content = contentOf(file);
    return { send: Buffer.concat([head('200 OK', content.length), content]), close: true };
  }

  #fileIn(requestLine: string): SharedFile | undefined {
    const [, path, index] = /^GET (\/get\/(\d{1,9})\/\S*) HTTP\/1\.[01]$/.exec(requestLine) ?? [];
    const file = this.#library.files.find((one) => one.index === Number(index));
    return file !== undefined && pathOf(file) === path ? file : undefined;
  }
}

/** What encodeURIComponent leaves as it is (ECMA-262, section 19.2.6); that one throws on text that is not Unicode. */
const PLAIN = /[\w\-.!~*'()]/;

function percentEncoded(bytes: Uint8Array): string {
  const characters = Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    return PLAIN.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return characters.join('');
}

function head(status: string, bytes: number): Uint8Array {
  const lines = [`HTTP/1.1 ${status}`, 'Content-Type: application/binary', `Content-Length: ${bytes}`];
  return Buffer.from(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`, 'latin1');
}
