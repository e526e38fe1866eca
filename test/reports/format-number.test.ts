import { describe, expect, it } from 'vitest';
import { formatCell } from '../../src/reports/format-number.ts';

describe('a cell for a person', () => {
  it.each([
    [12_345, '12,345'],
    [true, 'yes'],
    [false, 'no'],
    [null, '–'],
    ['a\x1bb', 'a␛b'],
  ])('shows %j as %s', (cell, text) => {
    expect(formatCell(cell)).toBe(text);
  });

  it('shows as many digits as the column has', () => {
    expect(formatCell(1.4, 3)).toBe('1.400');
  });
});
