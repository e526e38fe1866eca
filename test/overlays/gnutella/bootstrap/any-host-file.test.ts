import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnyHostFile } from '../../../../src/overlays/gnutella/bootstrap/any-host-file.ts';
import { encodeHostCache } from '../../../../src/overlays/gnutella/bootstrap/host-cache-file.ts';
import { address, bytesOf } from '../support.ts';
import { likelyBytes } from './support.ts';

describe('a file of hosts, of whichever program', () => {
  it('is ours by its first line, also where a time is not known', () => {
    const hosts = [
      { address: address('192.0.2.1:1'), lastSeen: Date.UTC(2005, 1, 1), source: 'crawl' },
      { address: address('192.0.2.2:2'), source: '' },
    ];
    const text = encodeHostCache(hosts);
    expect(text).toBe('address,last_seen,source\n192.0.2.1:1,2005-02-01T00:00:00Z,crawl\n192.0.2.2:2,,\n');
    expect(readAnyHostFile(bytesOf(text))).toMatchObject({
      kind: 'peerscope',
      hosts: [
        { address: '192.0.2.1:1', lastSeen: Date.UTC(2005, 1, 1), origin: 'crawl' },
        { address: '192.0.2.2:2' },
      ],
      rejected: 0,
    });
  });

  it("is gtk-gnutella's, with and without times", () => {
    const text = '# comment\n198.51.100.1:6346\n203.0.113.5:6346 2024-03-03 12:00:00Z\n';
    expect(readAnyHostFile(bytesOf(text))).toMatchObject({
      kind: 'gtk-gnutella',
      hosts: [
        { address: '203.0.113.5:6346', lastSeen: Date.UTC(2024, 2, 3, 12) },
        { address: '198.51.100.1:6346' },
      ],
    });
  });

  it("is LimeWire's, with its caches, and what it tells of a host", () => {
    const text =
      '192.0.2.1:6346,3043,1000,5000,2000,en,,1,ACTIVE,1,\nuhc.example:6346,,,,,,2,,,,\nhttp://gwc.example/,\nrubbish\n';
    expect(readAnyHostFile(bytesOf(text))).toEqual({
      kind: 'limewire',
      hosts: [
        {
          address: '192.0.2.1:6346',
          lastSeen: 5000,
          facts: {
            daily_uptime_s: 3043,
            last_attempt: 'succeeded',
            locale: 'en',
            dht: 'ACTIVE',
            tls: true,
          },
        },
      ],
      udpHostCaches: [{ kind: 'udp-host-cache', host: 'uhc.example', port: 6346, failures: 2 }],
      webCaches: ['http://gwc.example/'],
      rejected: 1,
    });
  });

  it.each(['', '\n', '# nobody yet\n', 'address,last_seen,source\n'])('may be without hosts: %j', (text) => {
    expect(readAnyHostFile(bytesOf(text))?.hosts).toEqual([]);
  });

  it.each(['\x7fELF\x02\x01\x01\0\0', 'hello', 'address,last_seen\n1.2.3\n', '<html>\n'])(
    'is not %j',
    (text) => {
      expect(readAnyHostFile(bytesOf(text))).toBeUndefined();
    },
  );

  it('never makes the reader fail', () => {
    fc.assert(
      fc.property(likelyBytes, (bytes) => {
        expect(readAnyHostFile(bytes)?.kind).not.toBe('peerscope');
      }),
      { numRuns: 1_000 },
    );
  });
});
