import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { readBytes } from '../../src/formats/bytes.ts';
import { readInput } from '../../src/formats/input.ts';
import { readLines } from '../../src/formats/lines.ts';
import { errorOf, fileOf, namedLinks, readFileInput, sourcesOf, temporaryFolder } from './support.ts';

const TEXT = '# Directed\n1 2\r\n\n2 Ä\n2 日本\n日本 1\n1 1';
const LINKS = ['1-2', '2-Ä', '2-日本', '日本-1'];

/** Links that do not compress to almost nothing. */
function manyLinks(): string {
  const random = createRandom(1);
  return Array.from({ length: 20_000 }, () => `${random.int(1e6)} ${random.int(1e6)}\n`).join('');
}

/** Cuts bytes at the given places, each a share of the length; two cuts at one place make an empty piece. */
function pieces(bytes: Uint8Array, shares: readonly number[]): Uint8Array[] {
  const cuts = shares.map((share) => Math.floor(share * bytes.length)).sort((a, b) => a - b);
  return [0, ...cuts].map((from, i) => bytes.subarray(from, cuts[i] ?? bytes.length));
}

const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

describe('an input', () => {
  it.each([
    ['an edge list', Buffer.from(TEXT)],
    ['a zipped edge list', gzipSync(TEXT)],
    ['a CSV file', Buffer.from('source,target\n1,2\n2,Ä\n2,日本\n日本,1\n1,1\n')],
    ['a zipped CSV file', gzipSync('source,target\n1,2\n2,Ä\n2,日本\n日本,1\n1,1\n')],
  ])('of %s gives the same topology however its bytes are cut (property)', async (_, bytes) => {
    const read = (chunks: Uint8Array[]) => readInput('-', sourcesOf(chunks), { directed: true });
    const oneByOne = Array.from(bytes, (_byte, at) => bytes.subarray(at, at + 1));
    const whole = await read([bytes]);
    expect(namedLinks(whole.topology)).toEqual(LINKS);
    expect(await read(oneByOne)).toEqual(whole);
    await fc.assert(
      fc.asyncProperty(shares, async (cuts) => {
        expect(await read(pieces(bytes, cuts))).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  it('is unzipped by its first bytes, whatever it is called', async () => {
    for (const name of ['links', 'links.txt', 'links.txt.gz'])
      expect(namedLinks((await readFileInput(name, gzipSync(TEXT))).topology)).toEqual(LINKS);
    expect(namedLinks((await readFileInput('plain.txt.gz', TEXT)).topology)).toEqual(LINKS);
  });

  it('may be of several gzip members, as `cat a.gz b.gz` makes', async () => {
    const { topology } = await readFileInput(
      'links.gz',
      Buffer.concat([gzipSync('1 2\n'), gzipSync('2 3\n')]),
    );
    expect(namedLinks(topology)).toEqual(['1-2', '2-3']);
  });

  it('may be a file of any name that exists, with or without an extension', async () => {
    expect((await readFileInput('no-extension', '1 2\n')).topology.linkCount).toBe(1);
  });

  it('from standard input is named so in errors', async () => {
    const error = await errorOf(readInput('-', sourcesOf([Buffer.from('1 2\n3\n')]), {}));
    expect(error.message).toMatch(/^standard input line 2 /);
    const nothing = await errorOf(readInput('-', sourcesOf(), {}));
    expect(nothing.message).toBe('standard input holds no links');
  });

  it('is closed where it turns out to be bad, even if more could come', async () => {
    const stdin = new PassThrough();
    stdin.write('1 2\n3\n');
    await errorOf(readInput('-', { ...sourcesOf(), stdin }, {}));
    expect(stdin.destroyed).toBe(true);
  });
});

describe('an input that cannot be read', () => {
  it('may be missing', async () => {
    const path = join(temporaryFolder(), 'no-such-file.txt');
    const error = await errorOf(readInput(path, sourcesOf(), {}));
    expect(error).toMatchObject({ kind: 'bad-input', message: `${path} does not exist` });
  });

  it('may be a directory without a manifest', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'crawl'));
    const error = await errorOf(readInput(join(folder, 'crawl'), sourcesOf(), {}));
    expect(error.kind).toBe('bad-input');
    expect(error.message).toMatch(/is a directory, and no snapshot: it has no manifest\.json$/);
  });

  it.each([0.01, 0.3, 0.9, 0.9999])('may be gzip data that end after %d of their length', async (share) => {
    const zipped = gzipSync(manyLinks());
    const bytes = zipped.subarray(0, Math.floor(share * zipped.length));
    const error = await errorOf(readFileInput('links.txt.gz', bytes));
    expect(error.kind).toBe('bad-input');
    expect(error.message).toMatch(/links\.txt\.gz is cut off: its gzip data end in the middle$/);
  });

  it('may be damaged gzip data', async () => {
    const bytes = gzipSync(manyLinks());
    // The last eight bytes are checksum and length: the text before is whole, and must not be believed.
    for (const at of [bytes.length >> 1, bytes.length - 8]) {
      const damaged = Uint8Array.from(bytes);
      damaged.fill(0x55, at, at + 6);
      const error = await errorOf(readFileInput('links.txt.gz', damaged));
      expect(error.kind).toBe('bad-input');
      expect(error.message).toMatch(/(is damaged: its gzip data do not unpack|is not a text file|columns?)/);
    }
    const wrongChecksum = Uint8Array.from(bytes);
    wrongChecksum[bytes.length - 8]! ^= 1;
    const error = await errorOf(readFileInput('links.txt.gz', wrongChecksum));
    expect(error.message).toMatch(/links\.txt\.gz is damaged: its gzip data do not unpack$/);
  });

  it('may be nothing but the first two bytes of gzip, or one of them', async () => {
    expect((await errorOf(readFileInput('x.gz', Uint8Array.of(0x1f, 0x8b)))).message).toMatch(/is cut off/);
    expect((await errorOf(readFileInput('x.gz', Uint8Array.of(0x1f)))).kind).toBe('bad-input');
  });

  it('may fail while it is read', async () => {
    const stdin = new Readable({
      read() {
        this.destroy(new Error('the line went dead'));
      },
    });
    const error = await errorOf(readInput('-', { ...sourcesOf(), stdin }, {}));
    expect(error).toMatchObject({
      kind: 'bad-input',
      message: 'standard input cannot be read: the line went dead',
    });
  });
});

describe('the bytes of a file', () => {
  it('are those of the file, however long', async () => {
    const text = manyLinks();
    const chunks: Uint8Array[] = [];
    for await (const chunk of readBytes(fileOf('links.gz', gzipSync(text)), Readable.from([])).chunks)
      chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe(text);
  });

  it('that changes while it is read are refused: nobody knows what was read', async () => {
    const path = fileOf('links.txt', manyLinks());
    const reading = async (): Promise<void> => {
      let read = 0;
      for await (const chunk of readBytes(path, Readable.from([])).chunks) {
        if (read === 0) appendFileSync(path, '1 2\n');
        read += chunk.length;
      }
    };
    await expect(reading()).rejects.toMatchObject({
      kind: 'bad-input',
      message: expect.stringMatching(/links\.txt changed while it was read/) as string,
    });
  });

  it('have the digest that sha256sum prints, zipped as they are', async () => {
    const input = readBytes(fileOf('links.gz', gzipSync('1 2\n')), Readable.from([]));
    const zipped = createHash('sha256').update(gzipSync('1 2\n')).digest('hex');
    for await (const chunk of input.chunks) expect(Buffer.from(chunk).toString()).toBe('1 2\n');
    expect(input.digest()).toBe(zipped);
  });
});

describe('the lines of a text', () => {
  async function linesOf(chunks: Uint8Array[]): Promise<(readonly [number, string])[]> {
    const lines: [number, string][] = [];
    for await (const { number, text } of readLines(Readable.from(chunks), 'x')) lines.push([number, text]);
    return lines;
  }

  it('are numbered from 1, without their ends, as a split would give them (property)', async () => {
    const text = fc
      .array(fc.constantFrom('a', 'é', '日', '😀', ' ', '\n', '\r\n', '#'), { maxLength: 40 })
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, shares, async (content, cuts) => {
        const lines = content.split('\n').map((line) => line.replace(/\r$/, ''));
        if (content === '' || content.endsWith('\n')) lines.pop();
        expect(await linesOf(pieces(Buffer.from(content), cuts))).toEqual(
          lines.map((line, i) => [i + 1, line]),
        );
      }),
      { numRuns: 300 },
    );
  });
});
