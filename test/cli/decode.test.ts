import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MAX_CAPTURE_BYTES } from '../../src/cli/capture.ts';
import { PING, PONG } from '../overlays/gnutella/explain/support.ts';
import { peerscope, type Run } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFile, temporaryFolder } from '../support/temporary.ts';

const BLOCK = 'GNUTELLA/0.6 200 OK\r\nPeers: 192.0.2.1:1\r\nLeaves: 192.0.2.2:2\r\n\r\n';
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const file = (content: string | Uint8Array) => temporaryFile(temporaryFolder(), 'capture', content);
const decode = (content: string | Uint8Array, ...options: string[]) =>
  peerscope(['decode', file(content), '--format', 'ndjson', ...options]);
const parts = ({ stdout }: Run) =>
  stdout
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { kind: string; line?: number; offset: number });

describe('decode FILE', () => {
  it('tells raw bytes, and ends with 0 and nothing on stderr', async () => {
    const run = await decode(Buffer.concat([Buffer.from(BLOCK), PING, deflateSync(PONG)].slice(0, 2)));
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(parts(run).map(({ kind }) => kind)).toEqual(['reply', 'ping']);
  });

  it('reads standard input for -', async () => {
    const run = await peerscope(['decode', '-', '--format', 'json'], { stdin: BLOCK });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('"192.0.2.2:2"');
  });

  it('is CSV in a pipe, and annotated hex where a table is asked for', async () => {
    expect((await peerscope(['decode', file(PONG)])).stdout).toMatch(/^line,part,kind,/);
    const { stdout } = await peerscope(['decode', file(PONG), '--format', 'table']);
    expect(stdout).toMatch(/^Pong: 192\.0\.2\.1:6346 shares 1 file; superpeer\n/);
    expect(stdout).toContain('c0 00 02 01');
  });

  it('prints what it can read before it ends with 3 and says where and why', async () => {
    const run = await decode(Buffer.concat([PONG, PING, Buffer.alloc(50, 0xff)]));
    expect(parts(run).map(({ kind }) => kind)).toEqual(['pong', 'ping', 'malformed']);
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(
      /^peerscope: \S+capture does not decode at offset 60: the header claims 65535 bytes of payload[^\n]*\n$/,
    );
  });

  it('says of hex digits that they are, where --hex was forgotten', async () => {
    expect((await decode(`${hex(PING)}\n`)).stderr).toMatch(/\nIt looks like hex digits: try --hex\.\n$/);
    expect((await decode(`# ping\n${hex(PING)}\n`)).stderr).toMatch(/is it one for --hex\?\n$/);
  });
});

describe('decode --hex FILE', () => {
  it('takes one message a line; comments, empty lines, blanks and capitals are fine', async () => {
    const spaced = hex(PONG)
      .toUpperCase()
      .replace(/..(?=.)/g, '$& ');
    const run = await decode(`# two messages\r\n\r\n${hex(PING)}\r\n  ${spaced}`, '--hex');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(parts(run)).toMatchObject([
      { kind: 'ping', line: 3 },
      { kind: 'pong', line: 4 },
    ]);
  });

  it('decodes each line on its own, counts those that do not, and names the first', async () => {
    const run = await decode(`${hex(PING)}\nabc\n${hex(PONG)}\nffff\n`, '--hex');
    expect(parts(run).map(({ kind }) => kind)).toEqual(['ping', 'malformed', 'pong', 'malformed']);
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(
      /^peerscope: line 2 of \S+capture does not decode at offset 0 \(in all 2 of 4 lines\): it has 3 hex digits, an odd number\n/,
    );
  });

  it('says which character is no digit, and what --hex means', async () => {
    const run = await decode('0g\n', '--hex');
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(
      /line 1 of \S+ does not decode at offset 0: it holds "g", which is no hex digit\nWith --hex each line/,
    );
  });

  it('gives the offset within the line', async () => {
    const run = await decode(`${hex(PING)}${hex(PONG.subarray(0, 25))}\n`, '--hex');
    expect(run.stderr).toMatch(/line 1 of \S+ does not decode at offset 23: a Pong is cut off/);
  });
});

describe('an input that can not be decoded at all is one clear sentence', () => {
  it.each<[string, () => string, string[], RegExp]>([
    ['missing', () => '/nonexistent/x.bin', [], /x\.bin does not exist/],
    ['a directory', temporaryFolder, [], /is a directory; decode takes a file/],
    ['empty', () => file(''), [], /capture is empty/],
    ['only comments', () => file('# a\n\n'), ['--hex', '--format', 'table'], /capture holds no messages/],
    [
      'too large',
      () => file(Buffer.alloc(MAX_CAPTURE_BYTES + 1)),
      [],
      /has more than 16 MiB\nDecode it in pieces/,
    ],
  ])('%s', async (_, path, options, message) => {
    expectFailure(await peerscope(['decode', path(), ...options]), 3, message);
  });

  it('and a missing name is a usage error', async () => {
    expectFailure(await peerscope(['decode']), 2, /FILE is missing\nIt goes: peerscope decode <file>/);
  });
});
