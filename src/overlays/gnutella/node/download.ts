import type { Address } from '../../../core/address.ts';
import { HeaderBlockReader, headerValue } from '../wire/header-block.ts';
import { HTTP_LIMITS, MAX_FILE_BYTES } from './limits.ts';
import { pathOf } from './upload.ts';

/** A file to fetch, and from whom. */
export interface Wanted {
  readonly provider: Address;
  readonly index: number;
  readonly name: string;
}

/**
 * The receiving side of a download, out of band: the overlay only found the file. HTTP GET from the provider's port; whole
 * files, one a connection. BOUNDED: MAX_FILE_BYTES, and the content is counted, not kept.
 */
export class Download {
  readonly wanted: Wanted;
  readonly request: Uint8Array;
  readonly #reader = new HeaderBlockReader(HTTP_LIMITS);
  /** Bytes that will come, once the head of the answer is read. */
  #length: number | undefined;
  #received = 0;

  constructor(wanted: Wanted) {
    this.wanted = wanted;
    const { provider, ...file } = wanted;
    this.request = Buffer.from(
      `GET ${pathOf(file)} HTTP/1.1\r\nHost: ${provider}\r\nConnection: close\r\n\r\n`,
      'latin1',
    );
  }

  /** Takes the next bytes: how many the whole file has, once it is there; `failed` where it will not come. */
  push(bytes: Uint8Array): number | 'failed' | undefined {
    const content = this.#length === undefined ? this.#readHead(bytes) : bytes;
    if (content === 'failed') return 'failed';
    this.#received += content?.length ?? 0;
    if (this.#length === undefined || this.#received < this.#length) return undefined;
    return this.#received === this.#length ? this.#length : 'failed';
  }

  #readHead(bytes: Uint8Array): Uint8Array | 'failed' | undefined {
    const result = this.#reader.push(bytes);
    if (result === undefined) return undefined;
    if (result.kind === 'breach' || !/^HTTP\/1\.[01] 200( |$)/.test(result.block.firstLine)) return 'failed';
    const length = headerValue(result.block.headers, 'content-length') ?? '';
    if (!/^\d{1,9}$/.test(length) || Number(length) > MAX_FILE_BYTES) return 'failed';
    this.#length = Number(length);
    return result.remainder;
  }
}
