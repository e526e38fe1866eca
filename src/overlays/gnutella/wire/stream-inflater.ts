import { EMPTY } from '../../../core/byte-reader.ts';
import { ByteWriter } from '../../../core/byte-writer.ts';
import { BitReader } from './bit-reader.ts';
import {
  type BlockCodes,
  END_OF_BLOCK,
  FIXED_CODES,
  readBlockCodes,
  readRepetition,
} from './deflate-codes.ts';
import { readSymbol } from './huffman.ts';
import type { InflateFailure } from './inflate.ts';
import { MAX_STREAM_RATIO, STREAM_RATIO_SLACK_BYTES } from './limits.ts';

/** What some bytes of a stream inflate to. */
export interface InflatedPart {
  /** Valid even where there is a failure: they came before it. */
  readonly bytes: Uint8Array;
  readonly failure: InflateFailure | undefined;
}

/**
 * Inflates a deflated connection: one endless zlib stream (RFC 1950, 1951) that comes split anywhere, flushed by its sender
 * now and then. Each push gives all that can be known so far, so what is given in all depends on the bytes, not on the splits.
 *
 * Written here because Node inflates in pieces only asynchronously, while conversations are functions of their bytes, in
 * virtual time too. BOUNDED: a window of 32 KiB, the input of one unfinished step (some 300 bytes), and as output in all
 * STREAM_RATIO_SLACK_BYTES and MAX_STREAM_RATIO bytes per byte received: more is a bomb. The checksum at the end is not
 * checked, since connections do not end. O(bytes given), and some 300 steps more for each byte that comes alone.
 */
export class StreamInflater {
  readonly #bits = new BitReader();
  readonly #window = new Uint8Array(WINDOW_BYTES);
  #out = new ByteWriter(0);
  #state: State = 'header';
  #failure: InflateFailure | undefined;
  #isLast = false;
  #stored = 0;
  #codes: BlockCodes = FIXED_CODES;
  #received = 0;
  #given = 0;

  /** Takes the next bytes; gives what they inflate to, and the failure that ends the stream, then and ever after. */
  push(bytes: Uint8Array): InflatedPart {
    if (this.#failure !== undefined) return { bytes: EMPTY, failure: this.#failure };
    this.#received += bytes.length;
    this.#bits.feed(bytes);
    this.#out = new ByteWriter(4 * bytes.length);
    let goesOn = true;
    while (goesOn) goesOn = this.#advance();
    return { bytes: this.#out.finish(), failure: this.#failure };
  }

  /** One step, or none where its bits have not all come: it begins again with the next bytes. */
  #advance(): boolean {
    this.#bits.beginStep();
    const fits = this.#step();
    if (this.#bits.starved()) {
      this.#bits.undoStep();
      return false;
    }
    if (!fits) this.#failure ??= 'corrupt';
    return this.#failure === undefined;
  }

  /** Whether the bits can be what they must be here; where they starve, it changes nothing and its result is of no use. */
  #step(): boolean {
    switch (this.#state) {
      case 'header':
        return this.#readHeader();
      case 'block':
        return this.#readBlockHeader();
      case 'stored':
        return this.#readStored();
      case 'codes':
        return this.#readCode();
      case 'checksum':
        this.#bits.align();
        this.#bits.bits(16);
        this.#bits.bits(16);
        return this.#go('ended');
      case 'ended':
        this.#bits.bits(8);
        return false;
    }
  }

  #go(state: State): boolean {
    if (!this.#bits.starved()) this.#state = state;
    return true;
  }

  #readHeader(): boolean {
    const method = this.#bits.bits(8);
    const flags = this.#bits.bits(8);
    const isZlib = (method & 15) === 8 && method >> 4 <= 7 && (method * 256 + flags) % 31 === 0;
    return isZlib && (flags & PRESET_DICTIONARY) === 0 && this.#go('block');
  }

  #readBlockHeader(): boolean {
    this.#isLast = this.#bits.bits(1) === 1;
    const kind = this.#bits.bits(2);
    if (kind === STORED) {
      this.#bits.align();
      this.#stored = this.#bits.bits(16);
      return this.#stored === (~this.#bits.bits(16) & 0xffff) && this.#go('stored');
    }
    const codes = kind === FIXED ? FIXED_CODES : kind === DYNAMIC ? readBlockCodes(this.#bits) : undefined;
    if (codes === undefined) return false;
    this.#codes = codes;
    return this.#go('codes');
  }

  #readStored(): boolean {
    if (this.#stored === 0) return this.#endBlock();
    const byte = this.#bits.bits(8);
    if (this.#bits.starved()) return true;
    this.#stored -= 1;
    this.#give(byte);
    return true;
  }

  /** One literal, one repetition, or the end of the block. */
  #readCode(): boolean {
    const symbol = readSymbol(this.#bits, this.#codes.literals);
    if (this.#bits.starved() || symbol < 0) return false;
    if (symbol === END_OF_BLOCK) return this.#endBlock();
    if (symbol < END_OF_BLOCK) {
      this.#give(symbol);
      return true;
    }
    const found = readRepetition(this.#bits, symbol, this.#codes.distances);
    if (this.#bits.starved() || found === undefined || found.distance > this.#given) return false;
    for (let i = 0; i < found.length; i++)
      this.#give(this.#window[(this.#given - found.distance) & WINDOW_MASK] ?? 0);
    return true;
  }

  #endBlock(): boolean {
    return this.#go(this.#isLast ? 'checksum' : 'block');
  }

  #give(byte: number): void {
    if (this.#given >= STREAM_RATIO_SLACK_BYTES + MAX_STREAM_RATIO * this.#received) {
      this.#failure = 'too-large';
      return;
    }
    this.#window[this.#given & WINDOW_MASK] = byte;
    this.#given += 1;
    this.#out.u8(byte);
  }
}

/** `ended`: the sender finished its stream, which no connection does; any byte after that is corrupt. */
type State = 'header' | 'block' | 'stored' | 'codes' | 'checksum' | 'ended';

const WINDOW_BYTES = 32_768;
const WINDOW_MASK = WINDOW_BYTES - 1;
const PRESET_DICTIONARY = 0x20;

/** Kinds of blocks (RFC 1951, section 3.2.3). */
const STORED = 0;
const FIXED = 1;
const DYNAMIC = 2;
