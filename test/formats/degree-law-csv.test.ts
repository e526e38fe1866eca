import { describe, expect, it } from 'vitest';
import { PeerscopeError } from '../../src/core/errors.ts';
import { parseDegreeLawCsv } from '../../src/formats/degree-law-csv.ts';

const parse = (text: string) => parseDegreeLawCsv(text, 'law.csv');

describe('a degree law in CSV', () => {
  it('may state probabilities, in any order and among other columns', () => {
    expect(parse('note,degree,probability\nx,3,0.25\ny,1,0.75\n')).toEqual({
      name: 'law.csv',
      degrees: [1, 3],
      probabilities: [0.75, 0.25],
    });
  });

  it('may state counts, which become shares, and win over rounded probabilities', () => {
    expect(parse('degree,count,probability\n1,30,0.7\n2,10,0.2\n')).toMatchObject({
      probabilities: [0.75, 0.25],
    });
  });

  it('may have a byte order mark, CRLF, blanks and empty lines, as spreadsheets write them', () => {
    expect(parse('\uFEFFdegree, count\r\n1, 3\r\n\r\n2, 1\r\n')).toMatchObject({ degrees: [1, 2] });
  });

  it('may be rounded: thirds to seven digits, whose sum is made 1', () => {
    const { probabilities } = parse('degree,probability\n1,0.3333333\n2,0.3333333\n3,0.3333333\n');
    expect(probabilities.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 15);
  });

  it('leaves degrees of probability 0 out', () => {
    expect(parse('degree,probability\n1,1\n50,0\n').degrees).toEqual([1]);
  });
});

describe('a file that is no degree law', () => {
  it.each([
    ['', /^law\.csv holds no degree law: it has no rows below its header$/],
    ['degree,probability\n', /no rows below its header$/],
    ['a,b\n1,2\n', /needs the columns degree and probability, or degree and count; it has "a", "b"$/],
    ['degree\n1\n', /needs the columns .* it has "degree"$/],
    ['degree,probability\n1,0.5\n2,0.4\n', /^the probabilities of law\.csv add up to 0\.9, not to 1$/],
    ['degree,probability\n1,0.999998\n', /add up to 0\.999998, not to 1$/],
    [
      'degree,probability\n1,1.5\n2,-0.5\n',
      /^law\.csv line 2 has the probability "1\.5", which is not a number from 0/,
    ],
    ['degree,probability\n1,-0.5\n2,1\n', /^law\.csv line 2 has the probability "-0\.5", which is not/],
    ['degree,probability\n1,\n', /line 2 has the probability "", which is not a number/],
    ['degree,probability\n1.5,1\n', /^law\.csv line 2 has the degree "1\.5", which is no whole number/],
    ['degree,probability\n-1,1\n', /line 2 has the degree "-1"/],
    [
      'degree,probability\n99999999999,1\n',
      /has the degree "99999999999", which is no whole number from 0 to/,
    ],
    ['degree,probability\n1,0.5\n1,0.5\n', /^law\.csv line 3 has the degree 1 a second time$/],
    ['degree,count\n1,2.5\n', /line 2 has the count "2\.5", which is not a whole number of 0 or more$/],
    ['degree,count\n1,-2\n', /line 2 has the count "-2"/],
    ['degree,count\n1,0\n2,0\n', /^law\.csv holds no degree law: every count is 0$/],
    ['degree,count\n1,2,3\n', /^law\.csv: Invalid Record Length/],
  ])('is bad input, told in one sentence: %j', (text, message) => {
    let thrown: unknown;
    try {
      parse(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(PeerscopeError);
    expect(thrown).toMatchObject({ kind: 'bad-input' });
    expect((thrown as PeerscopeError).message).toMatch(message);
  });
});
