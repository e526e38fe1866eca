import { EMPTY } from '../../core/byte-reader.ts';
import { MAX_FILE_BYTES, MAX_REQUEST_BYTES } from './limits.ts';
import { contentOf } from './shared-file.ts';
import { quoted } from './wire/fields.ts';
import type { FileLine } from './wire/message.ts';

/** What the side that was dialled says first. */
export const WELCOME = Buffer.from('1', 'latin1');

/** What a downloader asks for, and for which user name it does. */
export interface TransferRequest {
  readonly nick: string;
  readonly name: string;
  /** Bytes of the file that are left out. */
  readonly offset: number;
}

/** A request, in the two pieces in which it is sent. */
export function encodeRequest({ nick, name, offset }: TransferRequest): readonly Uint8Array[] {
  return [Buffer.from('GET', 'latin1'), Buffer.from(`${nick} ${quoted(name)} ${offset}`, 'latin1')];
}

/**
 * Reads a request. That nothing ends it is a weakness of the protocol: it is taken for whole where a piece of the stream ends
 * in a digit, as its sender sends the whole of it at once. Undefined while it is not.
 */
export function decodeRequest(bytes: Uint8Array): TransferRequest | undefined {
  const text = Buffer.from(bytes).toString('latin1');
  const [, nick, name, offset] = /^GET([^ "]+) "([^"]*)" (\d{1,10})$/.exec(text) ?? [];
  if (nick === undefined || name === undefined || offset === undefined) return undefined;
  return { nick, name, offset: Number(offset) };
}

/** The side that has the file: it welcomes, hears one request, and answers. BOUNDED: MAX_REQUEST_BYTES. */
export class Upload {
  readonly #files: readonly FileLine[];
  #heard: Uint8Array = EMPTY;

  constructor(files: readonly FileLine[]) {
    this.#files = files;
  }

  /** What is to be said, and whether that is the file; undefined while the request is not whole. */
  push(bytes: Uint8Array): { readonly send: Uint8Array; readonly isFile: boolean } | undefined {
    this.#heard = Buffer.concat([this.#heard, bytes.subarray(0, MAX_REQUEST_BYTES + 1)]);
    if (this.#heard.length > MAX_REQUEST_BYTES) return refusal('INVALID REQUEST');
    const request = decodeRequest(this.#heard);
    if (request === undefined) return undefined;
    const file = this.#files.find(({ name }) => name === request.name);
    if (file === undefined || request.offset > file.size) return refusal('FILE NOT SHARED');
    const content = contentOf(file).subarray(request.offset);
    return { send: Buffer.concat([Buffer.from(String(file.size), 'latin1'), content]), isFile: true };
  }
}

function refusal(text: string): { readonly send: Uint8Array; readonly isFile: boolean } {
  return { send: Buffer.from(text, 'latin1'), isFile: false };
}

/**
 * The side that fetches a file whose size it knows from its search: that is how it tells the size before the content from a
 * content that begins with digits. It counts the bytes of the content and keeps none. BOUNDED: MAX_FILE_BYTES.
 */
export class Download {
  readonly #size: string;
  #head = '';
  #received = 0;
  #isWelcome = false;
  #phase: 'welcome' | 'size' | 'content' | 'over' = 'welcome';

  constructor(size: number) {
    this.#size = String(size);
    if (size > MAX_FILE_BYTES) this.#phase = 'over';
  }

  /** Whether the other side has let it in. */
  get hasBegun(): boolean {
    return this.#isWelcome;
  }

  /** What the next bytes bring about; undefined where nothing yet. */
  push(bytes: Uint8Array): 'welcomed' | 'whole' | 'failed' | undefined {
    let rest = Buffer.from(bytes);
    if (this.#phase === 'welcome') {
      if (rest.length === 0) return undefined;
      if (rest[0] !== WELCOME[0] || rest.length > 1) return this.#fail();
      this.#phase = 'size';
      this.#isWelcome = true;
      return 'welcomed';
    }
    if (this.#phase === 'size') {
      const missing = this.#size.length - this.#head.length;
      this.#head += rest.toString('latin1', 0, missing);
      rest = rest.subarray(missing);
      if (!this.#size.startsWith(this.#head)) return this.#fail();
      if (this.#head.length < this.#size.length) return undefined;
      this.#phase = 'content';
    }
    if (this.#phase === 'over') return 'failed';
    this.#received += rest.length;
    if (this.#received < Number(this.#size)) return undefined;
    return this.#received === Number(this.#size) ? this.#end() : this.#fail();
  }

  #end(): 'whole' {
    this.#phase = 'over';
    return 'whole';
  }

  #fail(): 'failed' {
    this.#phase = 'over';
    return 'failed';
  }
}
