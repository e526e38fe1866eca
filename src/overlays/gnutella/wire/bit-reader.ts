import { EMPTY } from '../../../core/byte-reader.ts';

/**
 * Bits of bytes that come in pieces, lowest first (RFC 1951, section 3.1.1). Reading more than there is gives 0, and the
 * reader has starved; whoever reads then goes back to where the last step began, and reads it again once there is more.
 */
export class BitReader {
  #bytes: Uint8Array = EMPTY;
  #at = 0;
  #hold = 0;
  #held = 0;
  #stepAt = 0;
  #stepHold = 0;
  #stepHeld = 0;
  #starved = false;

  /** Whether the step asked for more than there is. */
  starved(): boolean {
    return this.#starved;
  }

  /** Adds a copy of these bytes to those that are left. */
  feed(bytes: Uint8Array): void {
    const left = this.#bytes.subarray(this.#at);
    this.#at = 0;
    this.#bytes = new Uint8Array(left.length + bytes.length);
    this.#bytes.set(left);
    this.#bytes.set(bytes, left.length);
  }

  /** Here begins a step. */
  beginStep(): void {
    this.#stepAt = this.#at;
    this.#stepHold = this.#hold;
    this.#stepHeld = this.#held;
  }

  /** Back to where the step began. */
  undoStep(): void {
    this.#at = this.#stepAt;
    this.#hold = this.#stepHold;
    this.#held = this.#stepHeld;
    this.#starved = false;
  }

  /** The next `count` bits, up to 16, as a number. */
  bits(count: number): number {
    while (this.#held < count) {
      if (this.#at >= this.#bytes.length) {
        this.#starved = true;
        return 0;
      }
      this.#hold |= (this.#bytes[this.#at] ?? 0) << this.#held;
      this.#at += 1;
      this.#held += 8;
    }
    const value = this.#hold & ((1 << count) - 1);
    this.#hold >>>= count;
    this.#held -= count;
    return value;
  }

  /** Drops bits up to the next whole byte. */
  align(): void {
    this.#hold >>>= this.#held & 7;
    this.#held -= this.#held & 7;
  }
}
