import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { parseIp } from '../../src/core/ip-number.ts';
import { RESERVED_RANGES, reservedRange } from '../../src/core/reserved-addresses.ts';

const nameOf = (text: string) => {
  const ip = parseIp(text);
  if (ip === undefined) throw new RangeError(text);
  return reservedRange(ip)?.name;
};

describe('a reserved address', () => {
  // The ends of each range, from the documents named in the table.
  it.each([
    ['0.0.0.0', 'this network'],
    ['10.0.0.0', 'private use'],
    ['10.255.255.255', 'private use'],
    ['100.64.0.0', 'shared address space'],
    ['100.127.255.255', 'shared address space'],
    ['127.0.0.1', 'loopback'],
    ['169.254.255.255', 'link-local'],
    ['172.16.0.0', 'private use'],
    ['172.31.255.255', 'private use'],
    ['192.0.0.9', 'IETF protocol assignments'],
    ['192.0.2.1', 'documentation (TEST-NET-1)'],
    ['192.168.255.255', 'private use'],
    ['198.19.255.255', 'benchmarking'],
    ['198.51.100.1', 'documentation (TEST-NET-2)'],
    ['203.0.113.1', 'documentation (TEST-NET-3)'],
    ['224.0.0.0', 'multicast'],
    ['239.255.255.255', 'multicast'],
    ['240.0.0.0', 'reserved (class E)'],
    ['255.255.255.254', 'reserved (class E)'],
    ['255.255.255.255', 'limited broadcast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::2', 'IPv4-compatible (deprecated)'],
    ['64:ff9b::1', 'IPv4-IPv6 translation'],
    ['1fff::1', 'outside global unicast'],
    ['2001::1', 'Teredo'],
    ['2001:1ff::1', 'IETF protocol assignments'],
    ['2001:db8::1', 'documentation'],
    ['2002:a00:1::1', '6to4'],
    ['3fff:fff::1', 'documentation'],
    ['4000::1', 'outside global unicast'],
    ['fc00::1', 'unique local'],
    ['fdff::1', 'unique local'],
    ['fe80::1', 'link-local'],
    ['fec0::1', 'site-local (deprecated)'],
    ['ff02::1', 'multicast'],
  ])('%s is: %s', (text, name) => {
    expect(nameOf(text)).toBe(name);
  });

  it.each([
    ...[
      '1.0.0.0',
      '9.255.255.255',
      '11.0.0.0',
      '100.63.255.255',
      '100.128.0.0',
      '126.255.255.255',
      '128.0.0.0',
    ],
    ...['169.253.255.255', '169.255.0.0', '172.15.255.255', '172.32.0.0', '192.0.1.0', '192.0.3.0'],
    ...['198.17.255.255', '198.20.0.0', '223.255.255.255'],
    ...['2001:200::1', '2001:db7::1', '2001:db9::1', '2003::1', '3ffe::1', '3fff:1000::1', '2a00::1'],
  ])('%s is none', (text) => {
    expect(nameOf(text)).toBeUndefined();
  });

  it('is, of IPv4, what ipaddr.js does not call unicast', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(nameOf(text) === undefined).toBe(ipaddr.parse(text).range() === 'unicast');
      }),
      { numRuns: 5_000 },
    );
  });

  it('is, of IPv6, at least what ipaddr.js does not call unicast', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        fc.pre(parseIp(text) !== undefined && ipaddr.parse(text).range() !== 'unicast');
        expect(nameOf(text)).toBeDefined();
      }),
      { numRuns: 500 },
    );
    for (const range of ['2620:4f:8000::1', '2001:20::1', '2001:30::1', '100::1', '5f00::1']) {
      expect(nameOf(range), range).toBeDefined();
    }
  });

  it('stands in a table without repetitions', () => {
    const prefixes = RESERVED_RANGES.map(({ prefix }) => `${prefix.first}/${prefix.bits}`);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });
});
