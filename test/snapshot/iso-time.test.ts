import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoTimeReader, isoTimeWriter } from '../../src/snapshot/iso-time.ts';

function textWriter(): (milliseconds: number) => string {
  const write = isoTimeWriter();
  return (milliseconds) => Buffer.from(write(milliseconds)).toString('latin1');
}

describe('times in tables', () => {
  it('are written as Date writes them, whatever came before, and read back', () => {
    const time = fc.integer({ min: -1e11, max: 3e14 });
    fc.assert(
      fc.property(fc.array(fc.tuple(time, fc.integer({ min: 0, max: 60_000 }))), (pairs) => {
        const [write, read] = [textWriter(), isoTimeReader()];
        for (const milliseconds of pairs.flatMap(([a, b]) => [a, a + b])) {
          expect(write(milliseconds)).toBe(new Date(milliseconds).toISOString());
          expect(read(write(milliseconds))).toBe(milliseconds);
        }
      }),
    );
  });

  it('cut off what is finer than a millisecond', () => {
    expect(textWriter()(1_000.9)).toBe('1970-01-01T00:00:01.000Z');
  });

  it.each(['', '5', '2005-02-02', '2005-02-02T12:00:61.000Z', '2005-02-31T12:00:00.000Z', 'x'])(
    'are not %o',
    (text) => {
      expect(isoTimeReader()(text)).toBeNaN();
    },
  );
});
