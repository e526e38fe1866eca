import type { FieldTrace } from './field-trace.ts';

/**
 * A bounded cursor over bytes of a stranger. Reading past the end does not throw: it gives 0 or no bytes, and `ok` is
 * false from then on, so a decoder reads straight through and looks once at the end.
 *
 * Every read names its field. With a `trace` the reader records what it read where, so that the same decoder also gives
 * the annotated bytes; without one the names cost nothing.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #trace: FieldTrace | undefined;
  #at = 0;
  #ok = true;
  #toldMissing = false;

  constructor(bytes: Uint8Array, trace?: FieldTrace) {
    this.#bytes = bytes;
    this.#trace = trace;
  }

  /** Whether all reads so far lay within the bytes. */
  get ok(): boolean {
    return this.#ok;
  }

  /** Bytes read so far. */
  get at(): number {
    return this.#at;
  }

  /** Bytes that are left. */
  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  /** Where the fields go, for whoever reads a part of these bytes in a way of its own; usually undefined. */
  get trace(): FieldTrace | undefined {
    return this.#trace;
  }

  u8(name: string): number {
    const from = this.#take(1);
    const value = from < 0 ? 0 : (this.#bytes[from] ?? 0);
    if (this.#trace !== undefined) this.#record(name, from, 1, value);
    return value;
  }

  /** Little-endian. */
  u16(name: string): number {
    const from = this.#take(2);
    const bytes = this.#bytes;
    const value = from < 0 ? 0 : (bytes[from] ?? 0) | ((bytes[from + 1] ?? 0) << 8);
    if (this.#trace !== undefined) this.#record(name, from, 2, value);
    return value;
  }

  /** Big-endian. */
  u16be(name: string): number {
    const from = this.#take(2);
    const bytes = this.#bytes;
    const value = from < 0 ? 0 : ((bytes[from] ?? 0) << 8) | (bytes[from + 1] ?? 0);
    if (this.#trace !== undefined) this.#record(name, from, 2, value);
    return value;
  }

  /** Little-endian. */
  u32(name: string): number {
    const from = this.#take(4);
    const bytes = this.#bytes;
    const value =
      from < 0
        ? 0
        : ((bytes[from] ?? 0) |
            ((bytes[from + 1] ?? 0) << 8) |
            ((bytes[from + 2] ?? 0) << 16) |
            ((bytes[from + 3] ?? 0) << 24)) >>>
          0;
    if (this.#trace !== undefined) this.#record(name, from, 4, value);
    return value;
  }

  /** Big-endian, as IPv4 addresses are. */
  u32be(name: string): number {
    const from = this.#take(4);
    const bytes = this.#bytes;
    const value =
      from < 0
        ? 0
        : (((bytes[from] ?? 0) << 24) |
            ((bytes[from + 1] ?? 0) << 16) |
            ((bytes[from + 2] ?? 0) << 8) |
            (bytes[from + 3] ?? 0)) >>>
          0;
    if (this.#trace !== undefined) this.#record(name, from, 4, value);
    return value;
  }

  /** The next `count` bytes: a view, not a copy. */
  bytes(name: string, count: number): Uint8Array {
    const from = this.#take(count);
    if (this.#trace !== undefined) this.#record(name, from, count, undefined);
    return from < 0 ? EMPTY : this.#bytes.subarray(from, from + count);
  }

  /** The next `count` bytes as letters, one each (Latin-1): names of fixed length. */
  latin1(name: string, count: number): string {
    const from = this.#take(count);
    const text = from < 0 ? '' : latin1Text(this.#bytes, from, count);
    if (this.#trace !== undefined) this.#record(name, from, count, text);
    return text;
  }

  /** All that is left, perhaps nothing; a view. */
  rest(name: string): Uint8Array {
    return this.remaining === 0 ? EMPTY : this.bytes(name, this.remaining);
  }

  /** The bytes before the next one that is `terminator`, and past it; all that is left where there is none. A view. */
  until(name: string, terminator: number): Uint8Array {
    const end = this.#bytes.indexOf(terminator, this.#at);
    if (end < 0) return this.rest(name);
    const value = this.#bytes.subarray(this.#at, end);
    if (this.#trace !== undefined) this.#record(name, this.#at, end + 1 - this.#at, undefined);
    this.#at = end + 1;
    return value;
  }

  /** The bytes before the next one that is `a` or `b`, which is left; all that is left where there is none. A view. */
  before(name: string, a: number, b: number): Uint8Array {
    let end = this.#at;
    while (end < this.#bytes.length && this.#bytes[end] !== a && this.#bytes[end] !== b) end += 1;
    return this.bytes(name, end - this.#at);
  }

  /** The next byte without reading it, or undefined at the end. */
  peek(): number | undefined {
    return this.#bytes[this.#at];
  }

  /** Says in words what the field read last means; ask for `trace` first where the words cost something. */
  explain(meaning: string | undefined): void {
    if (this.#ok) this.#trace?.explain(meaning);
  }

  /** Makes the reader fail: what was read is not what must stand there. */
  fail(): void {
    this.#ok = false;
  }

  /** Opens a group: the fields until `close` are its parts. */
  open(name: string): void {
    this.#trace?.open(name, this.#at, this.#bytes);
  }

  /** Closes the group opened last. */
  close(meaning?: string): void {
    this.#trace?.close(this.#at, this.#bytes, this.#ok ? meaning : undefined);
  }

  /** Back to `at`, as if nothing had been read since: for a part that turned out not to be what it seemed. */
  rewind(mark: ReaderMark): void {
    this.#at = mark.at;
    this.#ok = mark.ok;
    this.#toldMissing = !mark.ok;
    this.#trace?.rewind(mark.fields);
  }

  /** A place to come back to. */
  mark(): ReaderMark {
    return { at: this.#at, ok: this.#ok, fields: this.#trace?.mark() };
  }

  #take(count: number): number {
    const from = this.#at;
    if (!this.#ok || count > this.#bytes.length - from) {
      this.#ok = false;
      return -1;
    }
    this.#at = from + count;
    return from;
  }

  /** Of the reads past the end only the first is a field: what is there instead, and what is missing. */
  #record(name: string, from: number, count: number, value: number | string | undefined): void {
    if (from >= 0) {
      this.#trace?.add({ name, offset: from, bytes: this.#bytes.subarray(from, from + count), value });
    } else if (!this.#toldMissing) {
      this.#toldMissing = true;
      const meaning = `missing: ${count} bytes expected`;
      this.#trace?.add({ name, offset: this.#at, bytes: this.#bytes.subarray(this.#at), meaning });
    }
  }
}

/** A place in the bytes, from `mark`. */
export interface ReaderMark {
  readonly at: number;
  readonly ok: boolean;
  readonly fields: readonly [count: number, depth: number] | undefined;
}

/** Up to four letters by hand: a Buffer for each would cost more than all the rest of reading a GGEP block. */
function latin1Text(bytes: Uint8Array, from: number, count: number): string {
  const a = bytes[from] ?? 0;
  const b = bytes[from + 1] ?? 0;
  const c = bytes[from + 2] ?? 0;
  switch (count) {
    case 0:
      return '';
    case 1:
      return String.fromCharCode(a);
    case 2:
      return String.fromCharCode(a, b);
    case 3:
      return String.fromCharCode(a, b, c);
    case 4:
      return String.fromCharCode(a, b, c, bytes[from + 3] ?? 0);
    default:
      return Buffer.from(bytes.buffer, bytes.byteOffset + from, count).toString('latin1');
  }
}

export const EMPTY = new Uint8Array(0);
