import { constants, createDeflate, deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_STREAM_RATIO, STREAM_RATIO_SLACK_BYTES } from '../../../../src/overlays/gnutella/wire/limits.ts';
import { StreamInflater } from '../../../../src/overlays/gnutella/wire/stream-inflater.ts';
import { oneByOne, shares, splitAt } from '../support.ts';
import { TRANSCRIPTS_PRESENT } from '../transcripts.ts';
import { hexMessages } from './hex-transcripts.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function inflateAll(chunks: readonly Uint8Array[]) {
  const inflater = new StreamInflater();
  const parts = chunks.map((chunk) => inflater.push(chunk));
  return { hex: hex(Buffer.concat(parts.map(({ bytes }) => bytes))), failure: parts.at(-1)?.failure };
}

/** Data with repetitions near and far, and without. */
const data = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc.nat(255).map((byte) => new Uint8Array(300).fill(byte)),
    ),
    {
      maxLength: 12,
    },
  )
  .chain((parts) =>
    fc.shuffledSubarray([...parts, ...parts]).map((all) => Uint8Array.from(Buffer.concat(all))),
  );
const options = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  windowBits: fc.integer({ min: 9, max: 15 }),
  strategy: fc.constantFrom(constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY),
});

/** What a sender adds by flushing a hundred times. */
const EMPTY_BLOCKS = Array.from({ length: 100 }, () => [0, 0, 0, 0xff, 0xff]).flat();

describe('an inflater of streams', () => {
  it('gives what zlib deflated, however it is split', () => {
    fc.assert(
      fc.property(data, options, shares, (bytes, how, at) => {
        const deflated = deflateSync(bytes, { ...how, finishFlush: constants.Z_SYNC_FLUSH });
        const whole = { hex: hex(bytes), failure: undefined };
        expect(inflateAll([deflated])).toEqual(whole);
        expect(inflateAll(splitAt(deflated, at))).toEqual(whole);
        expect(inflateAll(oneByOne(deflateSync(bytes, how)))).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });

  it('gives all that was flushed at once, and remembers 32 KiB', async () => {
    const deflater = createDeflate({ flush: constants.Z_SYNC_FLUSH });
    const inflater = new StreamInflater();
    const noise = Uint8Array.from({ length: 40_000 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 24);
    for (const chunk of [noise, noise.subarray(0, 500), noise.subarray(20_000), new Uint8Array(5)]) {
      const flushed = await new Promise<Buffer[]>((resolve) => {
        const parts: Buffer[] = [];
        const collect = (part: Buffer) => parts.push(part);
        deflater.on('data', collect);
        deflater.write(chunk);
        deflater.flush(constants.Z_SYNC_FLUSH, () => {
          deflater.off('data', collect);
          resolve(parts);
        });
      });
      const given = flushed.map((part) => inflater.push(part).bytes);
      expect(hex(Buffer.concat(given))).toBe(hex(chunk));
    }
  });

  it('takes for corrupt what zlib takes for corrupt, and gives the same otherwise', () => {
    fc.assert(
      fc.property(data, options, fc.nat(), fc.nat(255), (bytes, how, place, byte) => {
        const flushed = deflateSync(bytes, { ...how, finishFlush: constants.Z_SYNC_FLUSH });
        // Flushed again and again, so that zlib, which sees some faults later, sees all.
        const deflated = Uint8Array.from([...flushed, ...EMPTY_BLOCKS]);
        deflated[place % flushed.length] = byte;
        let expected: string | undefined;
        try {
          expected = hex(inflateSync(deflated, { finishFlush: constants.Z_SYNC_FLUSH }));
        } catch {
          expected = undefined;
        }
        const found = inflateAll([deflated]);
        // Checksums are at the end of streams, which connections do not have: they are not checked.
        const ended = expected === undefined && found.failure === undefined;
        if (!ended) expect(found.failure === undefined ? found.hex : undefined).toBe(expected);
      }),
      { numRuns: 3_000 },
    );
  });

  it('stops at a bomb, however it is split', () => {
    const bomb = deflateSync(new Uint8Array(20_000_000));
    for (const size of [1, 1000, bomb.length]) {
      const inflater = new StreamInflater();
      let given = 0;
      let received = 0;
      let failure: string | undefined;
      for (; received < bomb.length && failure === undefined; received += size) {
        const part = inflater.push(bomb.subarray(received, received + size));
        given += part.bytes.length;
        failure = part.failure;
      }
      expect(failure).toBe('too-large');
      expect(given).toBeLessThanOrEqual(STREAM_RATIO_SLACK_BYTES + MAX_STREAM_RATIO * received);
      expect(inflater.push(bomb)).toMatchObject({ failure: 'too-large' });
    }
  });

  it.skipIf(!TRANSCRIPTS_PRESENT)(
    'reads the stream of gtk-gnutella, which begins with 68 81 (skipped where ../shared is absent)',
    () => {
      const raw = hexMessages('deflate-leaf-to-up.raw');
      const inflated = hex(Buffer.concat(hexMessages('deflate-leaf-to-up.inflated')));
      expect(hex(raw[0] ?? new Uint8Array(0)).slice(0, 4)).toBe('6881');
      expect(inflateAll(raw)).toEqual({ hex: inflated, failure: undefined });
      expect(inflateAll(raw.flatMap(oneByOne))).toEqual({ hex: inflated, failure: undefined });
    },
  );

  it('refuses what is no zlib stream, and one that needs a dictionary', () => {
    expect(inflateAll([Uint8Array.of(0x47, 0x4e)]).failure).toBe('corrupt');
    expect(inflateAll([Uint8Array.of(0x78, 0xbb)]).failure).toBe('corrupt');
    expect(inflateAll([Uint8Array.of(0x78)]).failure).toBeUndefined();
  });
});
