import { describe, expect, it } from 'vitest';
import { groupThousands, numberText, percentText } from '../../src/charts/number-text.ts';

describe('numbers for people', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [7, '7'],
    [999, '999'],
    [1000, '1,000'],
    [-1234567, '-1,234,567'],
    [12345.678, '12,346'],
    [999.96, '1,000'],
    [6.5947, '6.595'],
    [0.25, '0.25'],
    [0.00104675, '0.001047'],
    [0.000065, '6.5e-5'],
    [1e15, '1e15'],
    [-1.23456e300, '-1.235e300'],
    [NaN, 'NaN'],
    [Infinity, '∞'],
    [-Infinity, '-∞'],
  ])('writes %d as %s', (value, text) => {
    expect(numberText(value)).toBe(text);
  });

  it.each([
    [1.4, 3, '1.400'],
    [1490.2084, 1, '1,490.2'],
    [2, 0, '2'],
    [0, 2, '0.00'],
    [-0.5, 2, '-0.50'],
  ])('writes %d with %d digits as %s', (value, digits, text) => {
    expect(numberText(value, digits)).toBe(text);
  });

  it('never shows a number that is not zero as zero', () => {
    expect(numberText(0.0001, 3)).toBe('<0.001');
    expect(numberText(-0.0001, 3)).toBe('>-0.001');
    expect(numberText(0.2, 0)).toBe('<1');
    expect(percentText(2 / 12345)).toBe('<0.1 %');
  });

  it('puts no comma behind the point', () => {
    expect(groupThousands('1234.567891')).toBe('1,234.567891');
  });
});
