import { describe, expect, it } from 'vitest';
import { parseIp } from '../../../src/core/ip-number.ts';
import {
  MAX_EXCLUSION_LINES,
  MAX_EXCLUSION_LINE_CHARACTERS,
  readExclusions,
} from '../../../src/crawl/manners/exclusion-list.ts';

const read = (...texts: string[]) =>
  readExclusions(texts.map((text, number) => ({ name: `list-${number + 1}.txt`, text })));
const covers = (exclusions: ReturnType<typeof read>, text: string) =>
  exclusions.prefixes.covers(parseIp(text) ?? 0);

describe('a list of exclusions', () => {
  it('has an address or a prefix a line, with comments and empty lines between', () => {
    const list = read(
      '# asked by mail, 2 March\n192.0.2.0/24 # and the whole net\n\n  198.51.100.7\t\r\n2001:db8::/32',
    );
    expect(list.count).toBe(3);
    expect(['192.0.2.255', '198.51.100.7', '2001:db8::5'].map((ip) => covers(list, ip))).toEqual([
      true,
      true,
      true,
    ]);
    expect(['192.0.3.0', '198.51.100.8', '2001:db9::'].map((ip) => covers(list, ip))).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('is put together from several files, in which the same prefix counts once', () => {
    const list = read('192.0.2.0/24', '192.0.2.0/24\n203.0.113.9');
    expect(list.count).toBe(2);
    expect(covers(list, '203.0.113.9')).toBe(true);
  });

  it('may be empty, and may begin with a byte order mark', () => {
    expect(read('').count).toBe(0);
    expect(read('# nothing\n\n').count).toBe(0);
    expect(read('\uFEFF192.0.2.1\n').count).toBe(1);
  });

  it.each([
    ['192.0.2.1\n192.0.2.300\n', 'list-1.txt line 2: "192.0.2.300" is not an IP address'],
    [
      '\n\n192.0.2.1/24',
      'list-1.txt line 3: "192.0.2.1/24" has an address with bits beyond the first 24: did you mean 192.0.2.0/24?',
    ],
    ['192.0.2.1 198.51.100.1', 'list-1.txt line 1: "192.0.2.1 198.51.100.1" is not an IP address'],
    ['example.org', 'list-1.txt line 1: "example.org" is not an IP address'],
    ['a\rb', 'list-1.txt line 1: "a" is not an IP address'],
    ['\u001b[2J\u0000', 'list-1.txt line 1: "\uFFFD[2J\uFFFD" is not an IP address'],
  ])('stops at a line that cannot be read: %j', (text, message) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ kind: 'bad-input', message }));
  });

  it('names the file of several that is wrong', () => {
    expect(() => read('192.0.2.1', 'x')).toThrow('list-2.txt line 1: "x" is not an IP address');
  });

  it('shows the beginning only of what is long', () => {
    expect(() => read('x'.repeat(500))).toThrow(`"${'x'.repeat(60)}…" is not an IP address`);
  });

  it('is bounded', () => {
    expect(() => read('#'.repeat(MAX_EXCLUSION_LINE_CHARACTERS + 1))).toThrow(
      'list-1.txt line 1 has more than 1000 characters',
    );
    expect(() => read('\n'.repeat(MAX_EXCLUSION_LINES))).toThrow('list-1.txt has more than 2000000 lines');
  });
});
