import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeGtkGnutellaHosts,
  decodeGtkGnutellaLine,
} from '../../../../src/overlays/gnutella/bootstrap/gtk-gnutella-hosts.ts';
import {
  decodeHostCache,
  encodeHostCache,
} from '../../../../src/overlays/gnutella/bootstrap/host-cache-file.ts';
import { HostFileReader } from '../../../../src/overlays/gnutella/bootstrap/host-file-reader.ts';
import { decodeLimeWireHosts } from '../../../../src/overlays/gnutella/bootstrap/limewire-hosts.ts';
import {
  MAX_FILE_HOSTS,
  MAX_HOST_FILE_BYTES,
  MAX_HOST_LINE_CHARACTERS,
} from '../../../../src/overlays/gnutella/bootstrap/limits.ts';
import { address, bytesOf, ipv4Address, shares, splitAt } from '../support.ts';
import { likelyBytes } from './support.ts';

describe('our own host cache', () => {
  const text =
    'address,last_seen,source\n' +
    '192.0.2.2:6346,2005-02-02T00:00:00Z,http://a.example/gwc\n' +
    '[2001:db8::1]:6346,2005-02-01T12:00:00Z,crawl\n';
  const hosts = [
    { address: address('[2001:db8::1]:6346'), lastSeen: Date.UTC(2005, 1, 1, 12), source: 'crawl' },
    { address: address('192.0.2.2:6346'), lastSeen: Date.UTC(2005, 1, 2), source: 'http://a.example/gwc' },
  ];

  it('is CSV, newest first', () => {
    expect(encodeHostCache(hosts)).toBe(text);
    expect(decodeHostCache(bytesOf(text))).toEqual({ entries: [...hosts].reverse(), rejected: 0 });
    expect(decodeHostCache(bytesOf(text.replaceAll('\n', '\r\n'))).rejected).toBe(0);
  });

  it.each([
    '192.0.2.3:6346',
    '192.0.2.3:6346,yesterday,crawl',
    '192.0.2.3:6346,2005-02-31T00:00:00Z,crawl',
    '192.0.2.3:6346,2005-02-01T00:00:00Z,a,b',
    '192.0.2.3,2005-02-01T00:00:00Z,crawl',
    'localhost:6346,2005-02-01T00:00:00Z,crawl',
    'x'.repeat(MAX_HOST_LINE_CHARACTERS + 1),
  ])('survives the line %j', (line) => {
    expect(decodeHostCache(bytesOf(`${line}\n${text}${line}`))).toMatchObject({
      entries: { length: 2 },
      rejected: 2,
    });
  });

  it('keeps the newest of several lines of one address', () => {
    const line = (hour: string): string => `192.0.2.3:1,2005-02-01T${hour}:00:00Z,crawl`;
    expect(decodeHostCache(bytesOf([line('01'), line('03'), line('02')].join('\n')))).toEqual({
      entries: [{ address: '192.0.2.3:1', lastSeen: Date.UTC(2005, 1, 1, 3), source: 'crawl' }],
      rejected: 2,
    });
  });

  it('is read back as it was written', () => {
    const host = fc.record({
      address: ipv4Address,
      lastSeen: fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000),
      source: fc.stringMatching(/^[a-z:/.-]{0,30}$/),
    });
    fc.assert(
      fc.property(fc.uniqueArray(host, { selector: (one) => one.address }), (some) => {
        const entries = [...some].sort((one, other) => other.lastSeen - one.lastSeen);
        expect(decodeHostCache(bytesOf(encodeHostCache(some)))).toEqual({ entries, rejected: 0 });
      }),
    );
  });
});

describe("gtk-gnutella's file of hosts", () => {
  it('has lines of address and time (hcache_write); last added first, without a time last', () => {
    const text =
      '# a comment\n198.51.100.1:6346\n203.0.113.5:6346 2024-03-03 12:00:00Z\n' +
      '[2001:db8::5]:1234 2024-03-03 12:00:01Z\n203.0.113.6:6346 long ago\n';
    expect(decodeGtkGnutellaHosts(bytesOf(text))).toEqual({
      entries: [
        { address: '[2001:db8::5]:1234', addedAt: Date.UTC(2024, 2, 3, 12, 0, 1) },
        { address: '203.0.113.5:6346', addedAt: Date.UTC(2024, 2, 3, 12) },
        { address: '198.51.100.1:6346' },
        { address: '203.0.113.6:6346' },
      ],
      rejected: 0,
    });
  });

  it('counts lines without a usable address, and repetitions', () => {
    const text = '1.2.3.4\n1.2.3.4:0\nhost.example:5\n1.2.3.4:5\n1.2.3.4:5 2024-03-03 12:00:00Z\n';
    expect(decodeGtkGnutellaHosts(bytesOf(text))).toEqual({
      entries: [{ address: '1.2.3.4:5', addedAt: Date.UTC(2024, 2, 3, 12) }],
      rejected: 4,
    });
  });
});

describe("LimeWire's gnutella.net", () => {
  it('is read as the example of its source has it (ExtendedEndpoint)', () => {
    const line = '18.239.0.144:6347,3043,1039939393,529333939;3343434;23433,3934223';
    expect(decodeLimeWireHosts(bytesOf(line)).hosts).toEqual([
      {
        kind: 'host',
        address: '18.239.0.144:6347',
        dailyUptime: 3043,
        recordedAt: 1039939393,
        successes: [529333939, 3343434, 23433],
        failures: [3934223],
        tls: false,
      },
    ]);
  });

  it('has eleven columns (ExtendedEndpoint.write), most of them often empty', () => {
    // By hand, column by column as write() puts them.
    const text = '192.0.2.1:6346,,,,,en,,1,ACTIVE,1,\n192.0.2.2:6346,,,,,de,,,,,\n';
    expect(decodeLimeWireHosts(bytesOf(text)).hosts).toEqual([
      { kind: 'host', address: '192.0.2.2:6346', successes: [], failures: [], locale: 'de', tls: false },
      {
        kind: 'host',
        address: '192.0.2.1:6346',
        successes: [],
        failures: [],
        locale: 'en',
        dht: { version: 1, mode: 'ACTIVE' },
        tls: true,
      },
    ]);
  });

  it('orders hosts by their last attempt, then by daily uptime, where 345 s stands for unknown', () => {
    const text = [
      '192.0.2.1:1,9000,,,5,en,,,,,', // failed
      '192.0.2.2:1,344,,,,en,,,,,',
      '192.0.2.3:1,,,,,en,,,,,',
      '192.0.2.4:1,346,,,,en,,,,,',
      '192.0.2.5:1,10,,7;2,6,en,,,,,', // succeeded last
      '192.0.2.6:1,99999,,6,7;1,en,,,,,', // failed last
    ].join('\n');
    expect(decodeLimeWireHosts(bytesOf(text)).hosts.map((host) => host.address)).toEqual([
      '192.0.2.5:1',
      '192.0.2.4:1',
      '192.0.2.3:1',
      '192.0.2.2:1',
      '192.0.2.6:1',
      '192.0.2.1:1',
    ]);
  });

  it('names UDP host caches, and web caches in old versions', () => {
    const text =
      'uhc.example:9999,,,,,en,3,,,,\n192.0.2.7:6346,,,,,en,0,,,,\nhttp://a.example/gwc.php\nname.example:1,,,,,en,,,,,\n';
    expect(decodeLimeWireHosts(bytesOf(text))).toEqual({
      hosts: [],
      udpHostCaches: [
        { kind: 'udp-host-cache', host: '192.0.2.7', port: 6346, failures: 0 },
        { kind: 'udp-host-cache', host: 'uhc.example', port: 9999, failures: 3 },
      ],
      webCaches: ['http://a.example/gwc.php'],
      rejected: 1,
    });
  });
});

describe('a file of hosts', () => {
  it('is bounded in lines and bytes; the last whole line before a bound counts', () => {
    const lines = Array.from(
      { length: MAX_FILE_HOSTS + 3 },
      (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}:1`,
    );
    expect(decodeGtkGnutellaHosts(bytesOf(lines.join('\n')))).toMatchObject({
      entries: { length: MAX_FILE_HOSTS },
      rejected: 3,
    });
    const large = Buffer.alloc(MAX_HOST_FILE_BYTES + 20, '\n');
    large.write('1.2.3.4:5\n', 0);
    large.write('1.2.3.4:63467\n', MAX_HOST_FILE_BYTES - 10);
    expect(decodeGtkGnutellaHosts(large)).toEqual({ entries: [{ address: '1.2.3.4:5' }], rejected: 1 });
  });

  it('is the same in whatever pieces it comes, and never makes a decoder fail', () => {
    fc.assert(
      fc.property(fc.array(likelyBytes, { maxLength: 8 }), shares, (parts, cuts) => {
        const bytes = Buffer.concat(parts);
        const whole = new HostFileReader(decodeGtkGnutellaLine);
        whole.push(bytes);
        const pieces = new HostFileReader(decodeGtkGnutellaLine);
        for (const piece of splitAt(bytes, cuts)) pieces.push(piece);
        expect(pieces.finish()).toEqual(whole.finish());
        decodeHostCache(bytes);
        decodeLimeWireHosts(bytes);
      }),
      { numRuns: 1_000 },
    );
  });

  it('may have one endless line', () => {
    const reader = new HostFileReader(decodeGtkGnutellaLine);
    for (let i = 0; i < 1_000; i++) reader.push(bytesOf('1'.repeat(10_000)));
    reader.push(bytesOf('\n1.2.3.4:5'));
    expect(reader.finish()).toEqual({ entries: [{ address: '1.2.3.4:5' }], rejected: 1 });
  });
});
