import { ByteReader } from '../../../core/byte-reader.ts';
import { type DescriptorHeader, HEADER_BYTES, measureDescriptor, readHeader } from './descriptor-header.ts';

/** Why a stream of descriptors can not be read on: this header says that more comes than its type may have. */
export interface StreamBreach {
  readonly why: 'too-large';
  readonly header: DescriptorHeader;
}

/**
 * Cuts a connection's bytes, split anywhere, into whole descriptors, header and payload, for `decodeMessage`. What comes out
 * depends on the bytes, not on the splits; descriptors that lie within a chunk are views of it. Garbage looks like a header
 * too, and ends the stream as soon as it claims too much; there is no way to find the next one.
 *
 * BOUNDED: one unfinished descriptor, at most 23 + 65,536 bytes, and only once its header has come. O(bytes) in all.
 */
export class DescriptorStream {
  /** The descriptor that has begun: room for all of it, once its header is there. */
  #unfinished = new Uint8Array(HEADER_BYTES);
  #have = 0;
  #need = HEADER_BYTES;
  #breach: StreamBreach | undefined;

  /** What ended the stream, if anything did. */
  get breach(): StreamBreach | undefined {
    return this.#breach;
  }

  /** Bytes of a descriptor that has begun and is not complete. */
  get pending(): number {
    return this.#have;
  }

  /** Takes the next bytes, and gives the descriptors that they complete; none after a breach. */
  push(bytes: Uint8Array): readonly Uint8Array[] {
    const complete: Uint8Array[] = [];
    for (let at = 0; at < bytes.length && this.#breach === undefined;) {
      const whole = this.#wholeAt(bytes, at);
      if (whole === undefined) at += this.#take(bytes, at, complete);
      else {
        complete.push(whole);
        at += whole.length;
      }
    }
    return complete;
  }

  /** The descriptor at `at`, where all of it lies in these bytes; one that claims too much is left to `#take`. */
  #wholeAt(bytes: Uint8Array, at: number): Uint8Array | undefined {
    if (this.#have > 0 || bytes.length - at < HEADER_BYTES) return undefined;
    const { size, tooLarge } = measureDescriptor(bytes, at);
    return tooLarge || at + size > bytes.length ? undefined : bytes.subarray(at, at + size);
  }

  /** Adds bytes to the unfinished descriptor, up to the end of its header or of itself; gives how many. */
  #take(bytes: Uint8Array, at: number, complete: Uint8Array[]): number {
    const count = Math.min(this.#need - this.#have, bytes.length - at);
    this.#unfinished.set(bytes.subarray(at, at + count), this.#have);
    this.#have += count;
    if (this.#have === HEADER_BYTES && this.#need === HEADER_BYTES) this.#makeRoom();
    if (this.#have === this.#need) {
      complete.push(this.#unfinished);
      this.#begin(HEADER_BYTES);
    }
    return count;
  }

  /** Now that the header is there: room for the payload, unless it claims too much. */
  #makeRoom(): void {
    const start = this.#unfinished;
    const { size, tooLarge } = measureDescriptor(start, 0);
    if (tooLarge) this.#breach = { why: 'too-large', header: readHeader(new ByteReader(start)) };
    // After a breach one byte is missing for ever: what has begun is never complete.
    this.#begin(tooLarge ? HEADER_BYTES + 1 : size);
    this.#unfinished.set(start);
    this.#have = HEADER_BYTES;
  }

  #begin(size: number): void {
    this.#unfinished = new Uint8Array(size);
    this.#have = 0;
    this.#need = size;
  }
}
