/** Writes numbers and bytes one after the other, into a buffer that grows; numbers are cut to their width. */
export class ByteWriter {
  #bytes: Uint8Array;
  #at = 0;

  /** @param expected bytes there will be, roughly. */
  constructor(expected = 64) {
    this.#bytes = new Uint8Array(expected);
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#at;
  }

  u8(value: number): this {
    const at = this.#room(1);
    this.#bytes[at] = value;
    return this;
  }

  /** Little-endian. */
  u16(value: number): this {
    const at = this.#room(2);
    this.#bytes[at] = value;
    this.#bytes[at + 1] = value >>> 8;
    return this;
  }

  /** Big-endian. */
  u16be(value: number): this {
    return this.u8(value >>> 8).u8(value);
  }

  /** Little-endian. */
  u32(value: number): this {
    return this.u16(value).u16(value >>> 16);
  }

  /** Big-endian, as IPv4 addresses are. */
  u32be(value: number): this {
    return this.u16be(value >>> 16).u16be(value);
  }

  bytes(bytes: Uint8Array): this {
    const at = this.#room(bytes.length);
    this.#bytes.set(bytes, at);
    return this;
  }

  /** The bytes written: a view, which the writer does not change later unless it goes on writing. */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  #room(count: number): number {
    const at = this.#at;
    if (at + count > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, at + count));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#at = at + count;
    return at;
  }
}
