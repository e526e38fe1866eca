import { describe, expect, it } from 'vitest';
import { MAX_LINE_CHARACTERS } from '../../src/core/limits.ts';
import { errorOf, namedLinks, readFileInput } from './support.ts';

const NO_DIRECTION =
  'The file does not say whether its links are directed: read as undirected (--directed changes that).';

const SNAP = [
  '# Directed graph (each unordered pair of nodes is saved once): p2p-Gnutella08.txt',
  '# Nodes: 4 Edges: 3',
  '# FromNodeId\tToNodeId',
  '0\t1',
  '0\t7',
  '9\t1',
  '',
].join('\n');

describe('an edge list', () => {
  it('may begin with a header, which is no link, and says that it does', async () => {
    const { topology, notes } = await readFileInput('links.txt', 'Source\tTarget\n1\t2\n');
    expect(namedLinks(topology)).toEqual(['1-2']);
    expect(notes).toEqual(['The first line is a header: "Source" and "Target".', NO_DIRECTION]);
  });

  it('has no columns to name', async () => {
    const error = await errorOf(readFileInput('links.txt', '1 2\n', { source: 'a' }));
    expect(error).toMatchObject({ kind: 'usage' });
  });

  it('as SNAP publishes them is directed, and only ids that occur are peers', async () => {
    const { topology, notes } = await readFileInput('snap.txt', SNAP);
    expect(topology).toMatchObject({ directed: true, ids: ['0', '1', '7', '9'], linkCount: 3 });
    expect(namedLinks(topology)).toEqual(['0-1', '0-7', '9-1']);
    expect(notes).toEqual([]);
  });

  it.each([
    ['with CRLF', SNAP.replaceAll('\n', '\r\n')],
    ['without a newline at its end', SNAP.trimEnd()],
    ['with a byte order mark', `\uFEFF${SNAP}`],
    ['with blanks around the ids, and empty lines', SNAP.replaceAll(/^(\d+)\t(\d+)$/gm, '\n  $1 \t $2  ')],
    ['with comments between', SNAP.replace('0\t7', '# a comment\n% another\n0\t7')],
  ])('%s is the same', async (_, text) => {
    const { topology, notes } = await readFileInput('links.txt', text);
    expect(topology.directed).toBe(true);
    expect(namedLinks(topology)).toEqual(['0-1', '0-7', '9-1']);
    expect(notes).toEqual([]);
  });

  it('that does not tell its direction has none, and a note says so', async () => {
    const { topology, notes } = await readFileInput('links.txt', 'b a\nb c\na b\n');
    expect(topology).toMatchObject({ directed: false, linkCount: 2, duplicates: 1 });
    expect(notes).toEqual([NO_DIRECTION, '1 repeated links were counted and left out.']);
  });

  it.each([
    ['# Undirected graph: x', {}, false],
    ['# an undirected, not a directed graph', {}, false],
    ['% Directed', {}, true],
    ['# Undirected graph: x', { directed: true }, true],
    ['# Directed graph: x', { directed: false }, false],
  ])('with the comment "%s" and the options %o is directed: %s', async (comment, options, directed) => {
    const { topology, notes } = await readFileInput('links.txt', `${comment}\na b\n`, options);
    expect(topology.directed).toBe(directed);
    expect(notes).toEqual([]);
  });

  it('heeds no word on its direction that comes after the first link, and says so', async () => {
    const { topology, notes } = await readFileInput('links.txt', 'a b\n# Directed graph\nb a\n');
    expect(topology).toMatchObject({ directed: false, linkCount: 1 });
    expect(notes[0]).toBe(NO_DIRECTION);
  });

  it('counts and leaves out self-loops and repetitions; a peer with nothing but a self-loop stays', async () => {
    const { topology, notes } = await readFileInput('links.txt', '# Directed\n1 1\n1 2\n1 2\n2 1\n3 3\n');
    expect(topology).toMatchObject({ size: 3, linkCount: 2, selfLoops: 2, duplicates: 1 });
    expect(notes).toEqual([
      '2 self-loops were counted and left out.',
      '1 repeated links were counted and left out.',
    ]);
  });

  it('may have more columns, of which a note tells', async () => {
    const { topology, notes } = await readFileInput('links.txt', '# Directed\n1 2 0.5 x\n2 3 0.25 y\n');
    expect(namedLinks(topology)).toEqual(['1-2', '2-3']);
    expect(notes).toEqual(['Only the first two of 4 columns were read.']);
  });

  it('takes any text without blanks for an id', async () => {
    const { topology } = await readFileInput(
      'links.txt',
      '192.0.2.1:6346 [2001:db8::1]:6346\nÄ 日本\n__proto__ 007\n007 7\n',
    );
    expect(topology.ids).toEqual([
      '192.0.2.1:6346',
      '[2001:db8::1]:6346',
      'Ä',
      '日本',
      '__proto__',
      '007',
      '7',
    ]);
  });
});

describe('a file that is no edge list', () => {
  it.each([
    ['one column', '# c\n\n1 2\n3\n', 'line 4 has one column, and a link needs two ids: "3"'],
    ['lines of unlike length', '1 2\n2 3\n3 4 5\n', 'line 3 has 3 columns, the lines before it 2'],
    ['nothing', '', 'holds no links'],
    ['nothing but comments', '# Directed graph\n\n', 'holds no links'],
  ])('with %s is bad input, named with its line', async (_, text, message) => {
    const error = await errorOf(readFileInput('links.txt', text));
    expect(error.kind).toBe('bad-input');
    expect(error.message).toMatch(/links\.txt /);
    expect(error.message.endsWith(message)).toBe(true);
  });

  it('quotes no more than the begin of a long line', async () => {
    const error = await errorOf(readFileInput('links.txt', 'x'.repeat(5_000)));
    expect(error.message).toContain(`"${'x'.repeat(40)}…"`);
  });

  it.each([
    ['zero bytes', Uint8Array.of(0x31, 0x20, 0, 0x32, 0x0a)],
    ['UTF-16', Buffer.from('1 2\n', 'utf16le')],
    ['bytes that are no UTF-8', Uint8Array.of(0x31, 0x20, 0xff, 0xfe, 0x0a)],
    ['half a character at its end', Uint8Array.of(0x31, 0x20, 0xe6, 0x97)],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ])('with %s is not a text file', async (_, bytes) => {
    const error = await errorOf(readFileInput('links.txt', bytes));
    expect(error).toMatchObject({
      kind: 'bad-input',
      hint: expect.stringContaining('one link a line') as string,
    });
    expect(error.message).toMatch(/is not a text file$/);
  });

  it.each([MAX_LINE_CHARACTERS + 1, 20 * MAX_LINE_CHARACTERS])(
    'with a line of %i characters is refused',
    async (length) => {
      for (const end of ['', '\n', '\n1 2\n']) {
        const error = await errorOf(readFileInput('links.txt', `1 2\n${'x'.repeat(length)}${end}`));
        expect(error.kind).toBe('bad-input');
        expect(error.message).toMatch(/line 2 is longer than 65536 characters$/);
      }
    },
  );
});
