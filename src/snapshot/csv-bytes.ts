import { isoTimeWriter } from './iso-time.ts';

/**
 * A CSV file piece by piece, its header first. For tables of tens of millions of rows: putting texts together and encoding
 * them takes several times as long as writing bytes.
 * @param write puts a row with its line end; cells that need quotes have them.
 * @returns pieces, each of which stays as it is until the next one has been given and one more is asked for.
 */
export function* csvBytes<Row>(
  columns: readonly string[],
  rows: Iterable<Row>,
  write: (csv: CsvBytes, row: Row) => void,
): Generator<Uint8Array> {
  const csv = new CsvBytes();
  csv.text(`${columns.join(',')}\n`);
  for (const row of rows) {
    write(csv, row);
    if (csv.isFull) yield csv.take();
  }
  yield csv.take();
}

/** Bytes of CSV that gather until they are enough for a write. */
export class CsvBytes {
  readonly #timeOf = isoTimeWriter();
  #bytes = new Uint8Array(CHUNK + MARGIN);
  /** What was taken last. */
  #taken = new Uint8Array(CHUNK + MARGIN);
  #length = 0;

  /** Whether it is time to take what is here. */
  get isFull(): boolean {
    return this.#length >= CHUNK;
  }

  /**
   * What has been put here since the last time; it stays as it is until the next time. Two pieces of memory serve a whole
   * file: fresh memory for each piece costs the kernel more than writing it does.
   */
  take(): Uint8Array {
    const taken = this.#bytes;
    const length = this.#length;
    this.#bytes = this.#taken;
    this.#taken = taken;
    this.#length = 0;
    return taken.subarray(0, length);
  }

  /** An IPv4 address as one number (packed-address.ts). */
  address(packed: number): void {
    this.#reserve(MAX_ADDRESS);
    const ip = Math.floor(packed / PORTS);
    this.#octet(ip >>> 24, DOT);
    this.#octet((ip >>> 16) & 255, DOT);
    this.#octet((ip >>> 8) & 255, DOT);
    this.#octet(ip & 255, COLON);
    this.#number(packed & LOW_16);
  }

  /** Milliseconds since 1970 as ISO 8601; nothing where it is not known. */
  time(milliseconds: number | undefined): void {
    if (milliseconds !== undefined) this.bytes(this.#timeOf(milliseconds));
  }

  text(text: string): void {
    this.#reserve(text.length);
    const begin = this.#length;
    for (let place = 0; place < text.length; place++) {
      const code = text.charCodeAt(place);
      if (code > MAX_ASCII) {
        this.#length = begin;
        this.bytes(Buffer.from(text));
        return;
      }
      this.#bytes[this.#length++] = code;
    }
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    for (let place = 0; place < bytes.length; place++) {
      this.#bytes[this.#length++] = bytes[place] ?? 0;
    }
  }

  #octet(octet: number, after: number): void {
    this.#number(octet);
    this.#bytes[this.#length++] = after;
  }

  /** A whole number below 100,000. */
  #number(value: number): void {
    if (value >= 10_000) this.#digit((value / 10_000) | 0);
    if (value >= 1_000) this.#digit(((value / 1_000) | 0) % 10);
    if (value >= 100) this.#digit(((value / 100) | 0) % 10);
    if (value >= 10) this.#digit(((value / 10) | 0) % 10);
    this.#digit(value % 10);
  }

  #digit(digit: number): void {
    this.#bytes[this.#length++] = ZERO + digit;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * (this.#length + count));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

const CHUNK = 1 << 18;
/** Most rows are shorter. */
const MARGIN = 512;
const MAX_ADDRESS = 21;
const MAX_ASCII = 127;
const PORTS = 65_536;
const LOW_16 = 0xffff;
const ZERO = 48;
const DOT = 46;
const COLON = 58;
