import { deflate, inflate } from './inflate.ts';
import { MAX_QRP_SLOTS, QRP_PATCH_SLACK_BYTES } from './limits.ts';
import { type Qrp, QRP_PLAIN, QRP_ZLIB, type QrpPatch, type QrpReset } from './qrp.ts';

/**
 * Why a table can not be followed any further, until the next reset: `no-table` a patch before any reset · `bad-reset` not a
 * power of two or beyond the bound · `out-of-sequence` a slice is missing, or is unlike those before it · `bad-entries` or
 * `unknown-compressor` not one of those that are known · `too-large` the slices are more than the table · `corrupt` not what
 * a compressor writes · `wrong-size` not one entry for each slot.
 */
export type QrpFailure =
  | 'no-table'
  | 'bad-reset'
  | 'out-of-sequence'
  | 'bad-entries'
  | 'unknown-compressor'
  | 'too-large'
  | 'corrupt'
  | 'wrong-size';

/**
 * The query routing table that a neighbour keeps telling us. BOUNDED: a byte for each slot, up to `maxSlots`, once a whole
 * patch has come; a reset alone takes nothing. As much again, QRP_PATCH_SLACK_BYTES and 255 messages for the slices of an
 * unfinished patch, which are copied, so that they keep nothing else alive. A failure ends it until the next reset.
 */
export class QrpTable {
  readonly #maxSlots: number;
  #slots = 0;
  /** Empty until the first patch. */
  #distances = new Uint8Array(0);
  #infinity = 0;
  #slices: QrpPatch[] = [];
  #sliceBytes = 0;
  #patched = false;

  /** @param maxSlots of a table that is followed; larger ones fail. */
  constructor(maxSlots = MAX_QRP_SLOTS) {
    this.#maxSlots = maxSlots;
  }

  /** Slots; 0 before the first reset. */
  get slots(): number {
    return this.#slots;
  }

  /** Whether a whole patch has come since the last reset. */
  get patched(): boolean {
    return this.#patched;
  }

  /** Whether the words of this slot may be within reach. */
  has(slot: number): boolean {
    return (this.#distances[slot] ?? this.#infinity) < this.#infinity;
  }

  /** Slots that are within reach. O(slots). */
  count(): number {
    return this.#distances.reduce((count, distance) => count + (distance < this.#infinity ? 1 : 0), 0);
  }

  /** Takes the next message; undefined where it fits. O(slots) for the last slice of a patch. */
  apply(message: Qrp): QrpFailure | undefined {
    const failure = message.kind === 'reset' ? this.#reset(message) : this.#addSlice(message);
    if (failure !== undefined) this.clear();
    return failure;
  }

  /** Follows it no further, until the next reset. */
  clear(): void {
    this.#begin(0, 0);
  }

  #reset({ slots, infinity }: QrpReset): QrpFailure | undefined {
    const isPowerOfTwo = slots > 0 && Number.isInteger(Math.log2(slots));
    if (!isPowerOfTwo || slots > this.#maxSlots || slots < 8 || infinity === 0) return 'bad-reset';
    this.#begin(slots, infinity);
    return undefined;
  }

  #begin(slots: number, infinity: number): void {
    this.#slots = slots;
    this.#distances = new Uint8Array(0);
    this.#infinity = infinity;
    this.#patched = false;
    this.#dropSlices();
  }

  #dropSlices(): void {
    this.#slices = [];
    this.#sliceBytes = 0;
  }

  #addSlice(slice: QrpPatch): QrpFailure | undefined {
    if (this.slots === 0) return 'no-table';
    if (slice.compressor !== QRP_PLAIN && slice.compressor !== QRP_ZLIB) return 'unknown-compressor';
    if (slice.entryBits !== 1 && slice.entryBits !== 4 && slice.entryBits !== 8) return 'bad-entries';
    const first = this.#slices[0] ?? slice;
    const isNext = slice.sequence === this.#slices.length + 1 && slice.sequence <= slice.count;
    const isAlike =
      slice.count === first.count &&
      slice.compressor === first.compressor &&
      slice.entryBits === first.entryBits;
    if (!isNext || !isAlike) return 'out-of-sequence';

    this.#sliceBytes += slice.data.length;
    const size = (this.slots * slice.entryBits) / 8;
    if (this.#sliceBytes > size + QRP_PATCH_SLACK_BYTES) return 'too-large';
    this.#slices.push({ ...slice, data: new Uint8Array(slice.data) });
    return slice.sequence < slice.count ? undefined : this.#applySlices(slice, size);
  }

  #applySlices({ compressor, entryBits }: QrpPatch, size: number): QrpFailure | undefined {
    const data = Buffer.concat(this.#slices.map((slice) => slice.data));
    this.#dropSlices();
    const entries = compressor === QRP_ZLIB ? inflate(data, size) : { kind: 'bytes' as const, bytes: data };
    if (entries.kind === 'failed') return entries.why === 'too-large' ? 'wrong-size' : 'corrupt';
    if (entries.bytes.length !== size) return 'wrong-size';
    if (!this.#patched) this.#distances = new Uint8Array(this.slots).fill(this.#infinity);
    for (let slot = 0; slot < this.slots; slot++)
      this.#change(slot, entryAt(entries.bytes, slot, entryBits), entryBits);
    this.#patched = true;
    return undefined;
  }

  /** Deltas are added; a single bit can only say that a slot changes sides. */
  #change(slot: number, entry: number, entryBits: number): void {
    const distance = this.#distances[slot] ?? 0;
    if (entryBits > 1) this.#distances[slot] = Math.min(Math.max(distance + entry, 0), this.#infinity);
    else if (entry === 1)
      this.#distances[slot] = distance < this.#infinity ? this.#infinity : this.#infinity - 1;
  }
}

/**
 * The patches that change a table: one signed delta for each slot, -8 to 7 in 4 bits, deflated, and cut into slices of
 * `sliceBytes`, which must be enough that there are at most 255.
 */
export function qrpPatches(deltas: Int8Array, entryBits: 4 | 8, sliceBytes: number): QrpPatch[] {
  const entries = new Uint8Array((deltas.length * entryBits) / 8);
  deltas.forEach((delta, slot) => {
    if (entryBits === 8) entries[slot] = delta;
    else entries[slot >> 1] = (entries[slot >> 1] ?? 0) | ((delta & 15) << (slot % 2 === 0 ? 4 : 0));
  });
  const data = deflate(entries);
  const count = Math.ceil(data.length / sliceBytes);
  return Array.from({ length: count }, (_, i) => ({
    kind: 'patch',
    sequence: i + 1,
    count,
    compressor: QRP_ZLIB,
    entryBits,
    data: data.subarray(i * sliceBytes, (i + 1) * sliceBytes),
  }));
}

/** Entries are packed highest bits first, and signed but for single bits. */
function entryAt(bytes: Uint8Array, slot: number, bits: number): number {
  if (bits === 8) return ((bytes[slot] ?? 0) << 24) >> 24;
  if (bits === 4) return ((bytes[slot >> 1] ?? 0) << (slot % 2 === 0 ? 24 : 28)) >> 28;
  return ((bytes[slot >> 3] ?? 0) >> (7 - (slot & 7))) & 1;
}
