import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdTable } from '../../src/formats/id-table.ts';
import { readInput } from '../../src/formats/input.ts';
import { errorOf, namedLinks, readFileInput, sourcesOf } from './support.ts';

describe('the ids of an edge list', () => {
  it('that are whole numbers are numbered in their order, gaps left out', async () => {
    const { topology } = await readFileInput('links.txt', '# Directed\n9 2\n2 5\n5 9\n');
    expect(topology.ids).toEqual(['2', '5', '9']);
    expect(namedLinks(topology)).toEqual(['2-5', '5-9', '9-2']);
  });

  it('may be a billion, and take no more memory for that', async () => {
    const { topology } = await readFileInput('links.txt', '1000000000 1\n1 4294967294\n');
    expect(topology.ids).toEqual(['1', '1000000000', '4294967294']);
    expect(topology.linkCount).toBe(2);
  });

  it.each([
    ['of 64 bits', '18446744073709551615 1\n1 18446744073709551614\n'],
    ['too large for the table of numbers', '4294967295 1\n1 4294967296\n'],
    ['with leading zeros, which are other ids', '007 7\n7 0\n'],
    ['negative', '-1 1\n1 -2\n'],
    ['fractions', '1.0 1\n1 2.50\n'],
    ['NaN, as a text like any other', 'NaN 1\n1 nan\n'],
  ])('%s are kept as they are written', async (_, text) => {
    const { topology } = await readFileInput('links.txt', text);
    const [first = '', second = ''] = text.trimEnd().split('\n');
    expect(topology.ids).toEqual([...first.split(' '), second.split(' ')[1]]);
    expect(topology.linkCount).toBe(2);
  });

  it('may turn out to be texts after many numbers', async () => {
    const numbers = Array.from({ length: 3000 }, (_, k) => `${k} ${k + 1}\n`).join('');
    const { topology } = await readFileInput('links.txt', `${numbers}0 end\n`);
    expect(topology.size).toBe(3002);
    expect(topology.ids.slice(0, 3)).toEqual(['0', '1', '2']);
    expect(topology.ids.at(-1)).toBe('end');
    expect(topology.linkCount).toBe(3001);
  });

  it('of digits and of texts give the same topology, however lines are ordered and written (property)', async () => {
    const links = fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { minLength: 1, maxLength: 60 });
    const blank = fc.constantFrom(' ', '\t', '  ', ' \t ');
    const end = fc.constantFrom('\n', '\r\n', ' \n', '\n\n', '\n# a comment\n');
    await fc.assert(
      fc.asyncProperty(links, blank, end, fc.constantFrom(1, 1e6, 1e9), async (list, gap, newline, times) => {
        const textOf = (name: (id: number) => string): Buffer =>
          Buffer.from(list.map(([a, b]) => `${name(a)}${gap}${name(b)}${newline}`).join(''));
        const read = async (name: (id: number) => string) => {
          const { topology } = await readInput('-', sourcesOf([textOf(name)]), { directed: true });
          const plain = (id: string): string => id.replaceAll(/\D/g, '');
          return {
            links: namedLinks(topology)
              .map((link) => link.split('-').map(plain).join('-'))
              .sort(),
            loops: topology.selfLoops,
            repeats: topology.duplicates,
          };
        };
        const distinct = new Set(
          list.filter(([a, b]) => a !== b).map(([a, b]) => `${a * times}-${b * times}`),
        );
        const loops = list.filter(([a, b]) => a === b).length;
        const expected = { links: [...distinct].sort(), loops, repeats: list.length - loops - distinct.size };
        expect(await read((id) => String(id * times))).toEqual(expected);
        expect(await read((id) => `p${id * times}`)).toEqual(expected);
      }),
    );
  });

  it('of one text are one peer, also among thousands whose hashes meet', () => {
    const table = new IdTable();
    const numberOf = (id: string): number => {
      const bytes = Buffer.from(`<${id}>`);
      return table.number(bytes, 1, bytes.length - 1);
    };
    const ids = Array.from({ length: 20_000 }, (_, k) => `127.${k % 7}.${k}:6346`);
    expect(ids.map(numberOf)).toEqual(ids.map((_, k) => k));
    expect([...ids].reverse().map(numberOf)).toEqual(ids.map((_, k) => ids.length - 1 - k));
    expect(ids.map((_, k) => table.nameOf(k))).toEqual(ids);
    expect(numberOf('')).toBe(20_000);
    expect(numberOf('')).toBe(20_000);
  });
});

describe('an edge list in which a late line is wrong', () => {
  it.each([
    ['one column', '3', 'line 1003 has one column'],
    ['three columns', '1 2 3', 'line 1003 has 3 columns, the lines before it 2'],
    ['zero bytes', '1 \0', 'is not a text file'],
  ])('%s: names it', async (_, line, message) => {
    const before = `# two\n% comments\n${'1 2\n'.repeat(1000)}`;
    const error = await errorOf(readFileInput('links.txt', `${before}${line}\n3 4\n`));
    expect(error).toMatchObject({ kind: 'bad-input' });
    expect(error.message).toContain(message);
  });
});
