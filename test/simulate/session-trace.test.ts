import { describe, expect, it } from 'vitest';
import { PeerscopeError } from '../../src/core/errors.ts';
import { parseSessionTrace } from '../../src/simulate/session-trace.ts';

describe('a trace of session lengths', () => {
  it.each([
    ['a column minutes among others', 'peer,minutes\na,1.5\nb,30\n', [1.5, 30]],
    ['a column length', 'length,peer\n7,a\n', [7]],
    ['one column of any name', 'session time\n5\n\n1e3\n', [5, 1000]],
    ['one column without a header', '5\n6\n', [5, 6]],
    ['a byte order mark and blanks', '\uFEFFminutes\r\n 5 \r\n', [5]],
  ])('is read from %s', (_, text, expected) => {
    expect(parseSessionTrace(text, 't.csv')).toEqual(expected);
  });

  it.each([
    ['minutes\n5\n-1\n', 't.csv line 3 has the session length "-1"'],
    ['minutes\n0\n', 't.csv line 2 has the session length "0"'],
    ['minutes\nNaN\n', 't.csv line 2 has the session length "NaN"'],
    ['peer,minutes\na,\n', 't.csv line 2 has the session length ""'],
    ['minutes\n5\nInfinity\n', 't.csv line 3 has the session length "Infinity"'],
    ['-5\n6\n', 't.csv line 1 has the session length "-5"'],
    ['', 't.csv holds no session lengths: it is empty'],
    ['minutes\n', 't.csv holds no session lengths: it has no rows below its header'],
    ['peer,hours\na,5\n', 't.csv needs a column "minutes" with session lengths; it has "peer", "hours"'],
    ['peer,minutes\na,5,7\n', 'line 2'],
    ['minutes\n"5\n', 't.csv: '],
  ])('%j is refused with the line and the reason', (text, message) => {
    const parse = () => parseSessionTrace(text, 't.csv');
    expect(parse).toThrow(PeerscopeError);
    expect(parse).toThrow(message);
    expect(parse).toThrow(expect.objectContaining({ kind: 'bad-input' }) as Error);
  });
});
