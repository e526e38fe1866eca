import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipOf, isLoopbackIp, parseAddress, portOf } from '../../src/core/address.ts';

describe('an address', () => {
  it.each([
    ['192.0.2.1:6346', '192.0.2.1:6346'],
    ['0.0.0.0:1', '0.0.0.0:1'],
    ['255.255.255.255:65535', '255.255.255.255:65535'],
    ['[2001:DB8:0:0::1]:7', '[2001:db8::1]:7'],
    ['[0:0:0:0:0:0:0:1]:7', '[::1]:7'],
    // RFC 5952, 4.2.2: "::" does not stand for a single group.
    ['[1:2:3:4:5:6:7::]:1', '[1:2:3:4:5:6:7:0]:1'],
    ['[64:ff9b::1.2.3.4]:1', '[64:ff9b::102:304]:1'],
  ])('%s has the canonical form %s', (text, canonical) => {
    expect(parseAddress(text)).toBe(canonical);
  });

  it.each(['[::ffff:127.0.0.1]:80', '[::FFFF:7f00:1]:80', '[0:0:0:0:0:ffff:127.0.0.1]:80'])(
    '%s is mapped into IPv6, and is the IPv4 address itself',
    (text) => {
      expect(parseAddress(text)).toBe('127.0.0.1:80');
    },
  );

  it.each([
    ...[
      '192.0.2.1:0',
      '192.0.2.1:65536',
      '192.0.2.1:99999',
      '192.0.2.1:123456',
      '192.0.2.1:',
      '192.0.2.1:06346',
    ],
    ...[
      '192.0.2.1:-1',
      '192.0.2.1:+1',
      '192.0.2.1:1e3',
      '192.0.2.1: 1',
      '192.0.2.1:1 ',
      ' 192.0.2.1:1',
      '192.0.2.1:1:1',
    ],
    ...[
      '01.2.3.4:1',
      '1.2.3.04:1',
      '00.0.0.0:1',
      '256.0.0.1:1',
      '1.2.3:1',
      '1.2.3.4.5:1',
      '1..2.3:1',
      '.1.2.3:1',
      '1.2.3.:1',
    ],
    ...[
      '0x7f.0.0.1:1',
      '2130706433:1',
      '１.2.3.4:1',
      'localhost:1',
      'example.org:6346',
      '',
      ':',
      ':1',
      '::1',
      '::1:6346',
    ],
    ...[
      '[::1',
      '[::1]',
      '[::1]:',
      '[::1]:0',
      '[::1]:65536',
      '[::1]6346',
      '[::1]x:1',
      '[]:1',
      '[1.2.3.4]:1',
      '[::1%eth0]:1',
    ],
    ...['[1::2::3]:1', '[::12345]:1', '[1:2:3:4:5:6:7:8:9]:1', '[::g]:1', '[[::1]]:1'],
    // Octal, hexadecimal and IPv4-compatible forms (deprecated by RFC 4291, 2.5.5.1), which parsers disagree on.
    ...['[::ffff:0x7f.0.0.1]:1', '[::ffff:0177.0.0.1]:1', '[::ffff:999.0.0.1]:1', '[::1.2.3.4]:1'],
  ])('is not what stands in "%s"', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  it('takes the default port only where it has none of its own', () => {
    expect(parseAddress('192.0.2.1', 6346)).toBe('192.0.2.1:6346');
    expect(parseAddress('[::1]', 6346)).toBe('[::1]:6346');
    expect(parseAddress('192.0.2.1:1', 6346)).toBe('192.0.2.1:1');
    expect(parseAddress('192.0.2.1:', 6346)).toBeUndefined();
    expect(parseAddress('192.0.2.1')).toBeUndefined();
  });

  it('falls into its IP address and its port', () => {
    for (const [text, ip, port] of [
      ['192.0.2.1:6346', '192.0.2.1', 6346],
      ['[2001:db8::1]:65535', '2001:db8::1', 65_535],
    ] as const) {
      const address = parseAddress(text)!;
      expect([ipOf(address), portOf(address)]).toEqual([ip, port]);
    }
  });

  const port = fc.integer({ min: 1, max: 65_535 });
  const likeAddresses = fc.stringMatching(/^\[?[0-9a-fx.:%]{0,24}\]?(:[0-9]{0,6})?$/);

  it('is canonical for any text, and then stays as it is; or it is none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), likeAddresses), (text) => {
        const address = parseAddress(text, 6346);
        if (address === undefined) return;
        expect(parseAddress(address)).toBe(address);
        expect(isIPv4(ipOf(address)) || isIPv6(ipOf(address))).toBe(true);
        expect(portOf(address)).toBeGreaterThanOrEqual(1);
        expect(portOf(address)).toBeLessThanOrEqual(65_535);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes every IPv4 address, and of dotted text only those (oracle: node:net)', () => {
    fc.assert(fc.property(fc.ipV4(), port, (ip, n) => parseAddress(`${ip}:${n}`) === `${ip}:${n}`));
    const dotted = fc.stringMatching(/^[0-9]{1,3}(\.[0-9]{1,3}){2,4}$/);
    fc.assert(
      fc.property(dotted, (ip) => (parseAddress(`${ip}:1`) !== undefined) === isIPv4(ip)),
      { numRuns: 2000 },
    );
  });

  it('spells IPv6 addresses as the URL standard does (oracle: the URL of Node)', () => {
    fc.assert(
      fc.property(fc.ipV6(), port, (ip, n) => {
        fc.pre(!/^::\d+\./.test(ip));
        const standard = new URL(`http://[${ip}]`).hostname;
        fc.pre(!standard.startsWith('[::ffff:'));
        expect(parseAddress(`[${ip}]:${n}`)).toBe(`${standard}:${n}`);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('an IP address of this machine', () => {
  it.each(['127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1'])('is %s', (ip) => {
    expect(isLoopbackIp(ip)).toBe(true);
  });

  it.each([
    '128.0.0.1',
    '126.0.0.1',
    '0.0.0.0',
    '::',
    '127.1',
    '127.0.0.1.example.org',
    '1270.0.0.1',
    '',
    '::2',
    '10.0.0.1',
  ])('is not %s', (ip) => {
    expect(isLoopbackIp(ip)).toBe(false);
  });

  it('is recognised in every spelling that an address is read from', () => {
    for (const text of ['[::ffff:127.1.2.3]:1', '[0:0:0:0:0:ffff:7f01:203]:1', '[0::1]:1', '127.1.2.3:1'])
      expect(isLoopbackIp(ipOf(parseAddress(text)!)), text).toBe(true);
  });
});
