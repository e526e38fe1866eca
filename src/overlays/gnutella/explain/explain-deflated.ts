import { NO_PART_ADDRESSES } from '../../explanation.ts';
import type { InflateFailure } from '../wire/inflate.ts';
import { StreamInflater } from '../wire/stream-inflater.ts';
import { explainDescriptors } from './explain-descriptors.ts';
import { INFLATED_SLICE_BYTES, MAX_INFLATED_CAPTURE_BYTES } from './limits.ts';
import { malformedPart } from './malformed-part.ts';
import type { Part } from './part.ts';

/** A deflated connection: the stream itself, then the descriptors in it. BOUNDED: MAX_INFLATED_CAPTURE_BYTES. */
export function* explainDeflated(bytes: Uint8Array, offset: number): Generator<Part, void, undefined> {
  yield streamPart(bytes, offset);
  const inflated = new InflatedSlices(bytes);
  yield* explainDescriptors(inflated.slices(), { offset: 0, inflated: true });
  if (inflated.failure === undefined) return;
  const place = { offset: inflated.given, inflated: true };
  yield malformedPart(place, new Uint8Array(0), `inflate-${inflated.failure}`, FAILURES[inflated.failure]);
}

const FAILURES: Readonly<Record<InflateFailure, string>> = {
  corrupt: 'the deflated stream is corrupt from here on',
  'cut-off': 'the deflated stream ends too early',
  'too-large': 'the deflated stream inflates to more than any servent sends',
};

class InflatedSlices {
  readonly #bytes: Uint8Array;
  given = 0;
  failure: InflateFailure | undefined;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  *slices(): Generator<Uint8Array, void, undefined> {
    const inflater = new StreamInflater();
    for (let at = 0; at < this.#bytes.length && this.failure === undefined; at += INFLATED_SLICE_BYTES) {
      const part = inflater.push(this.#bytes.subarray(at, at + INFLATED_SLICE_BYTES));
      this.given += part.bytes.length;
      this.failure = this.given > MAX_INFLATED_CAPTURE_BYTES ? 'too-large' : part.failure;
      yield part.bytes;
    }
  }
}

function streamPart(bytes: Uint8Array, offset: number): Part {
  const field = (name: string, from: number, to: number, meaning: string) => ({
    name,
    offset: offset + from,
    bytes: bytes.subarray(from, to),
    value: undefined,
    meaning,
    depth: 0,
  });
  const window = 2 ** (((bytes[0] ?? 0) >> 4) + 8);
  return {
    kind: 'deflated',
    offset,
    bytes,
    inflated: false,
    layout: 'binary',
    summary: `Deflated stream of ${bytes.length} bytes: inflated, it says what follows`,
    fields: [
      field('zlib header', 0, 2, `deflate, looks back ${window} bytes`),
      field('deflated bytes', 2, bytes.length, 'offsets below are of the inflated bytes'),
    ],
    addresses: NO_PART_ADDRESSES,
    problem: undefined,
    content: null,
  };
}
