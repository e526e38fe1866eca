import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { RELATIONS } from '../../src/core/claims.ts';
import { errorOf, namedLinks, readFileInput } from './support.ts';

describe('links in a CSV file', () => {
  it('stand in the columns source and target, wherever they are, and have no direction', async () => {
    const text = 'weight,target,source,note\n1,b,a,x\n2,c,b,\n2,b,c,\n';
    const { topology, notes } = await readFileInput('links.csv', text);
    expect(topology).toMatchObject({ directed: false, linkCount: 2, duplicates: 1 });
    expect(namedLinks(topology)).toEqual(['a-b', 'b-c']);
    expect(notes).toEqual([
      'Links are the columns "source" and "target".',
      'The file does not say whether its links are directed: read as undirected (--directed changes that).',
      '1 repeated links were counted and left out.',
    ]);
  });

  it('have their blanks trimmed, and may be divided by semicolons or tabs', async () => {
    for (const text of ['source,target\n a,b \na,b\n', 'source;target\na;b\n', 'source\ttarget\na\tb\n']) {
      expect(namedLinks((await readFileInput('links.csv', text)).topology)).toEqual(['a-b']);
    }
  });

  it('cannot be of one column only', async () => {
    const error = await errorOf(readFileInput('links.csv', 'a,b\n1,2\n', { source: 'a', target: 'a' }));
    expect(error.message).toContain('both name the column "a"');
  });

  it.each([
    ['from,to', {}],
    ['src,dst', {}],
    ['von,nach', { source: 'von', target: 'nach' }],
    ['source,peer', { target: 'peer' }],
    ['"source","target"', {}],
    ['\uFEFFsource,target', {}],
    ['# a comment\n\n# another\nsource,target', {}],
  ])('may be named by the header %j and the options %o', async (header, options) => {
    const { topology } = await readFileInput('links.csv', `${header}\na,b\n`, options);
    expect(namedLinks(topology)).toEqual(['a-b']);
  });

  it('are directed where the user says so', async () => {
    const { topology } = await readFileInput('links.csv', 'source,target\na,b\nb,a\n', { directed: true });
    expect(topology).toMatchObject({ directed: true, linkCount: 2 });
  });

  it('keep what they mean, where the column relation says so of all', async () => {
    const text = 'source,target,relation\nb,a,transfer\na,c,registration\na,b,connection\n';
    const { topology } = await readFileInput('links.csv', text);
    // Of the repeated link the first row counts.
    expect(namedLinks(topology)).toEqual(['b-a', 'a-c']);
    expect([...topology.relations!].map((relation) => RELATIONS[relation])).toEqual([
      'transfer',
      'registration',
    ]);
    const foreign = await readFileInput('links.csv', 'source,target,relation\na,b,pointer\nb,c,friend\n');
    expect(foreign.topology.relations).toBeUndefined();
    expect(foreign.notes[1]).toMatch(/^The column "relation" stays text: "friend" is none of connection, /);
    expect((await readFileInput('links.csv', 'source,target\na,b\n')).topology.relations).toBeUndefined();
  });

  it('may be quoted, with commas, quotes and newlines inside; CRLF or LF', async () => {
    const text = 'source,target\r\n"a, the first","b ""two"""\r\n\r\n"line\nbreak",#c';
    const { topology } = await readFileInput('links.csv', text);
    expect(topology.ids).toEqual(['a, the first', 'b "two"', 'line\nbreak', '#c']);
  });

  it('are known by a comma in the first line, if not by the name of the file', async () => {
    for (const name of ['links.txt', 'links', 'links.CSV.gz'])
      expect((await readFileInput(name, 'source,target\na,b\n')).topology.linkCount).toBe(1);
    const gz = await readFileInput('links.csv.gz', gzipSync('source,target\na,b\n'));
    expect(gz.topology.linkCount).toBe(1);
  });
});

describe('a CSV file without links', () => {
  it.each([
    [
      'von,nach,"wie, oft"\na,b,1\n',
      {},
      'has no columns "source" and "target"; it has "von", "nach", "wie, oft"',
    ],
    ['source,nach\na,b\n', { target: 'ziel' }, 'has no column "ziel"; it has "source", "nach"'],
    ['source,target\na,b\n', { source: 'Source' }, 'has no column "Source"; it has "source", "target"'],
  ])('in the columns that are wanted says which it has: %j, %o', async (text, options, message) => {
    const error = await errorOf(readFileInput('links.csv', text, options));
    expect(error).toMatchObject({
      kind: 'bad-input',
      hint: 'Name the two columns with --source and --target.',
    });
    expect(error.message).toMatch(/links\.csv /);
    expect(error.message.endsWith(message)).toBe(true);
  });

  it.each([
    ['source,target\na,b\na,\n', 'line 3 has an empty "target"'],
    ['source,target\n\na,b\n,b\n', 'line 4 has an empty "source"'],
    ['# comment\nsource,target\n,b\n', 'line 3 has an empty "source"'],
    ['source,target\n"a\nb",c\n,b\n', 'line 4 has an empty "source"'],
  ])('in an empty cell names its line: %j', async (text, message) => {
    const error = await errorOf(readFileInput('links.csv', text));
    expect(error.kind).toBe('bad-input');
    expect(error.message.endsWith(message)).toBe(true);
  });

  it.each([
    ['source,target\na,b\na,b,c\n', /line 3/],
    ['source,target\na\n', /line 2/],
    ['source,target\na,"b\n', /links\.csv: Quote Not Closed/],
    ['source,target\na,b"c"\n', /line 2/],
    ['source,target\n', /holds no links$/],
    ['', /holds no links$/],
  ])('that can be read names its line: %j', async (text, message) => {
    const error = await errorOf(readFileInput('links.csv', text));
    expect(error.kind).toBe('bad-input');
    expect(error.message).toMatch(message);
  });

  it.each([
    ['text', Uint8Array.of(...Buffer.from('source,target\na,b\n'), 0xff), /is not a text file in UTF-8$/],
    ['whole gzip data', gzipSync(`source,target\n${'a,b\n'.repeat(50_000)}`).subarray(0, 60), /is cut off/],
  ])('that is %s is bad input, as for any file', async (_, bytes, message) => {
    const error = await errorOf(readFileInput('links.csv', bytes));
    expect(error.kind).toBe('bad-input');
    expect(error.message).toMatch(message);
  });
});
