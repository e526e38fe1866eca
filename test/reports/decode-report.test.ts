import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { PLAIN, type Style } from '../../src/charts/style.ts';
import { explain } from '../../src/overlays/gnutella/explain/explain.ts';
import { formatDecoded } from '../../src/reports/decode-report.ts';
import type { Format } from '../../src/reports/format.ts';
import { PING, PONG } from '../overlays/gnutella/explain/support.ts';

function report(bytes: Uint8Array, format: Format, width = 120, style: Style = PLAIN): string {
  const parts = [...explain(bytes)].map((part) => ({ part, line: 7 }));
  return [...formatDecoded('capture', parts, format, { width, style })].join('');
}

const BLOCK = Buffer.from('GNUTELLA/0.6 200 OK\r\nPeers: 192.0.2.1:1\r\n\r\n');
const rows = (bytes: Uint8Array, width?: number) => report(bytes, 'table', width).split('\n');

describe('annotated hex', () => {
  it('has offset, bytes, name and meaning in columns, parts of a group indented', () => {
    expect(rows(PONG)).toEqual([
      'line 7: Pong: 192.0.2.1:6346 shares 1 file; superpeer',
      '                                                         header',
      '     0  ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab    GUID',
      '    16  01                                                 type                     Pong',
      '    17  01                                                 TTL                      1',
      '    18  00                                                 hops                     0',
      '    19  0e 00 00 00                                        payload length           14',
      '    23  ca 18                                            port                       6346',
      '    25  c0 00 02 01                                      IPv4 address               peer 192.0.2.1:6346',
      '    29  01 00 00 00                                      shared files               1',
      '    33  08 00 00 00                                      shared KiB                 8, a power of two: a superpeer',
      '',
      '',
    ]);
  });

  it.each([40, 80, 100, 120, 300])('at %i columns is no wider than that, from 60 to 120', (width) => {
    const long = Buffer.from(
      `GNUTELLA/0.6 200 OK\r\nPeers: ${'192.0.2.1:1, '.repeat(99)}\r\nX: ${'y'.repeat(500)}\r\n\r\n`,
    );
    for (const bytes of [PONG, long, Buffer.alloc(3000, 0xff)])
      for (const line of rows(bytes, width))
        expect(line.length).toBeLessThanOrEqual(Math.max(60, Math.min(width, 120)));
  });

  it('shows text as text, with its meaning beside it', () => {
    const lines = rows(BLOCK);
    expect(lines[1]).toMatch(/^ {5}0 {2}GNUTELLA\/0\.6 200 OK +accepted$/);
    expect(lines[2]).toMatch(/^ {4}21 {2}Peers: 192\.0\.2\.1:1 +is connected to 1 superpeer$/);
    expect(lines[3]).toMatch(/^ {4}41 {2}\(empty line\) +end of the block$/);
  });

  it('cuts a field that nobody reads to the end, and says how much more there is', () => {
    expect(report(Buffer.alloc(3000, 0xff), 'table')).toContain('… 2721 more bytes');
  });

  it('holds nothing of a stranger that could drive a terminal', () => {
    const evil = Buffer.from('GNUTELLA/0.6 503 \x1b[2J\x07\r\nX\x1b: \x9b31m\r\n\r\n', 'latin1');
    expect(report(evil, 'table').replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('leaves colours to the style, and pads nothing at the end of a line', () => {
    const marked = report(PONG, 'table', 120, (text, part) => `<${part}>${text}</>`);
    expect(marked).toContain('<title>line 7: Pong');
    for (const line of rows(PONG)) expect(line).toBe(line.trimEnd());
  });
});

describe('for a script', () => {
  it('JSON is one document whose addresses are texts and whose bytes are hex', () => {
    const document = JSON.parse(report(Buffer.concat([BLOCK, PING]), 'json')) as { parts: unknown[] };
    expect(document).toMatchObject({ schema: 'peerscope/decode/1', input: 'capture', problems: 0 });
    expect(document.parts).toHaveLength(2);
    expect(document.parts[0]).toMatchObject({
      line: 7,
      kind: 'reply',
      offset: 0,
      length: BLOCK.length,
      problem: null,
      addresses: { peers: ['192.0.2.1:1'], leaves: [], mentions: [] },
      content: { status: { code: 200, reason: 'OK' } },
    });
    expect(document.parts[1]).toMatchObject({
      kind: 'ping',
      content: { header: { guid: 'ab'.repeat(16), ttl: 1 } },
      fields: [{ name: 'header' }, { name: 'GUID', bytes: 'ab'.repeat(16), depth: 1 }, {}, {}, {}, {}],
    });
  });

  it('JSON of nothing is a document too', () => {
    expect(JSON.parse(report(new Uint8Array(0), 'json'))).toMatchObject({ parts: [], problems: 0 });
  });

  it('ndjson has a line a part', () => {
    const lines = report(Buffer.concat([PING, PONG, Buffer.from('x')]), 'ndjson')
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual([
      'ping',
      'pong',
      'malformed',
    ]);
  });

  it('CSV has one header, and a row a field, however many parts there are', () => {
    const parts = 200;
    const records = parse<Record<string, string>>(report(Buffer.concat(new Array(parts).fill(PING)), 'csv'), {
      columns: true,
    });
    expect(records).toHaveLength(parts * 6);
    expect(records.at(-1)).toEqual({
      line: '7',
      part: '200',
      kind: 'ping',
      inflated: 'false',
      offset: String(199 * 23 + 19),
      depth: '1',
      name: 'payload length',
      bytes: '00000000',
      value: '0',
      meaning: '',
    });
  });
});
