import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonFault } from '../../../src/cli/settings/json-fault.ts';

it.each([
  ['{"a": 1,}', 1, 9],
  ['{\n  a: 1\n}', 2, 3],
  ['{"a": 01}', 1, 8],
  ['{"a": "b\nc"}', 1, 7],
  ['{"a" 1}', 1, 6],
  ['[1 2]', 1, 4],
  ['{"a": tru}', 1, 7],
  ['{"a": 1', 1, 8],
  ['{} x', 1, 4],
  ['', 1, 1],
  ["{'a': 1}", 1, 2],
])('of %j is in line %d, column %d', (text, line, column) => {
  expect(jsonFault(text)).toEqual({ line, column });
});

it('is at the end of what is JSON, and of its beginning at the end or at its last word', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (text, cut) => {
      expect(jsonFault(text)).toEqual({ line: 1, column: text.length + 1 });
      const beginning = text.slice(0, cut % (text.length + 1));
      expect(beginning.slice(jsonFault(beginning).column - 1)).toMatch(/^(|"[^]*|-?[\d.eE+-]*|[a-z]+)$/);
    }),
  );
});
