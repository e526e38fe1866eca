import type { Reaction } from '../../overlay.ts';
import { HeaderBlockReader } from '../wire/header-block.ts';
import { contentOf, type Library, type SharedFile } from './library.ts';
import { HTTP_LIMITS } from './limits.ts';

/** Where a file is found, as the Gnutella 0.6 draft has it (section 3.1). */
export function pathOf({ index, name }: Pick<SharedFile, 'index' | 'name'>): string {
  return `/get/${index}/${encodeURIComponent(name)}`;
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
    const path = /^GET (\/get\/\S+) HTTP\/1\.[01]$/.exec(requestLine)?.[1];
    return this.#library.files.find((file) => pathOf(file) === path);
  }
}

function head(status: string, bytes: number): Uint8Array {
  const lines = [`HTTP/1.1 ${status}`, 'Content-Type: application/binary', `Content-Length: ${bytes}`];
  return Buffer.from(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`, 'latin1');
}
