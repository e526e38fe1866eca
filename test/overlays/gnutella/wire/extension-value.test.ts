import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../../src/overlays/gnutella/wire/endpoint.ts';
import { describeExtension } from '../../../../src/overlays/gnutella/wire/describe-extension.ts';
import {
  decodeExtension,
  encodeExtension,
  type ExtensionValue,
  extensionValue,
} from '../../../../src/overlays/gnutella/wire/extension-value.ts';
import { ggepExtension } from '../../../../src/overlays/gnutella/wire/ggep-extension.ts';
import { ipv4Endpoint } from './arbitrary-messages.ts';

const u8 = fc.nat(255);
const port = fc.nat(65_535);
const text = fc.string({ unit: 'binary', maxLength: 30 });
const id = <const Id extends string>(value: Id) => fc.constant(value);
const hosts = fc.array(ipv4Endpoint, { maxLength: 10 });
/** Canonical spellings, by Node and not by this program; not IPv4 mapped into IPv6. */
const ipv6 = fc
  .array(fc.integer({ min: 1, max: 0xffff }), { minLength: 8, maxLength: 8 })
  .map((groups) =>
    new URL(`http://[${groups.map((group) => group.toString(16)).join(':')}]`).hostname.slice(1, -1),
  );
const ipv6Endpoint = fc
  .oneof(
    fc.tuple(ipv6, port).map(([ip, number]) => `[${ip}]:${number}`),
    ipv4Endpoint,
  )
  .map((endpoint) => endpoint as Endpoint);
const ipv6Hosts = fc.array(ipv6Endpoint, { maxLength: 10 });

const value: fc.Arbitrary<ExtensionValue> = fc.oneof(
  fc.record({ id: id('VC'), vendor: fc.constantFrom('GTKG', 'LIME', 'BEAR'), version: u8 }),
  fc.record({ id: id('UP'), version: u8, freeLeafSlots: u8, freeSuperpeerSlots: u8 }),
  fc.record({ id: id('DU'), seconds: fc.nat(0xffff_ffff) }),
  fc.constantFrom<ExtensionValue>(
    { id: 'GUE', version: undefined, port: undefined },
    { id: 'GUE', version: 2, port: undefined },
    { id: 'GUE', version: 2, port: 6346 },
    { id: 'TLS' },
    { id: 'I6' },
    { id: 'SCP', wanted: undefined },
    { id: 'IP', endpoint: undefined },
  ),
  fc.record({ id: id('LOC'), locale: text }),
  fc.record({ id: id('DHT'), major: u8, minor: u8, mode: u8 }),
  fc.record({ id: id('6'), ip: ipv6 }),
  fc.record({ id: id('SCP'), wanted: u8 }),
  fc.record({ id: fc.constantFrom('IPP' as const, 'DHTIPP' as const), hosts }),
  fc.record({ id: fc.constantFrom('IPP6' as const, 'DHTIPP6' as const), hosts: ipv6Hosts }),
  fc.record({
    id: fc.constantFrom('IPP_TLS' as const, 'IPP6_TLS' as const),
    places: fc.uniqueArray(fc.nat(40)).map((places) => places.sort((a, b) => a - b)),
  }),
  fc.record({ id: id('UDPHC'), name: text }),
  fc.record({
    id: id('PHC'),
    caches: fc.uniqueArray(
      fc.record({
        host: fc.oneof(fc.domain(), fc.ipV4()),
        port: fc.integer({ min: 1, max: 65_535 }),
        attributes: fc
          .array(fc.tuple(fc.constantFrom('a', 'tls'), fc.constantFrom('', '1', 'x=y')), { maxLength: 2 })
          .map((pairs) => new Map(pairs)),
      }),
      { maxLength: 5, selector: ({ host, port }) => `${host}:${port}` },
    ),
    rejected: fc.constant(0),
  }),
  fc.record({
    id: id('IP'),
    endpoint: fc.oneof(
      ipv4Endpoint,
      ipv6Endpoint.filter((any) => any.startsWith('[')),
    ),
  }),
  fc.record({ id: id('QK'), key: fc.uint8Array({ maxLength: 8 }) }),
  fc.record({ id: id('UA'), agent: text }),
);

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));

describe('the value of an extension', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(value, (any) => {
        expect(decodeExtension(encodeExtension(any))).toEqual(any);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is none where the data are too short, too long or no whole number of hosts', () => {
    for (const [name, hex] of [
      ['UP', '02ff'],
      ['VC', '4754'],
      ['DU', '0102030405'],
      ['IPP', '0102030405'],
      ['IPP6', '010203040506'],
      ['6', '01020304'],
      ['IP', '010203'],
      ['DHT', '00'],
      ['GUE', '0218'],
    ] as const) {
      const extension = ggepExtension(name, bytes(hex));
      expect(decodeExtension(extension)).toBeUndefined();
      expect(extensionValue([extension], name)).toBeUndefined();
    }
    expect(decodeExtension(ggepExtension('ALT', bytes('00')))).toBeUndefined();
  });

  it('is the same for bytes by hand, lines of caches with what else they hold', () => {
    expect(decodeExtension(ggepExtension('DU', bytes('e803')))).toEqual({ id: 'DU', seconds: 1000 });
    expect(decodeExtension(ggepExtension('IPP_TLS', bytes('a001')))).toEqual({
      id: 'IPP_TLS',
      places: [0, 2, 15],
    });
    const lines = 'cache.example:9999&tls=1\nother.example\nnot a host\n192.0.2.1:0\n[2001:db8::1]:6346';
    expect(decodeExtension(ggepExtension('PHC', Buffer.from(lines), { deflated: true }))).toEqual({
      id: 'PHC',
      caches: [
        { host: 'cache.example', port: 9999, attributes: new Map([['tls', '1']]) },
        { host: 'other.example', port: 6346, attributes: new Map() },
        { host: '[2001:db8::1]', port: 6346, attributes: new Map() },
      ],
      rejected: 2,
    });
  });

  it('is told in words', () => {
    const told = (name: string, hex: string) => describeExtension(ggepExtension(name, bytes(hex)));
    expect(told('UP', '02ff30')).toBe('255 free leaf slots, 48 free superpeer slots');
    expect(told('IPP', 'cb00710bc518')).toBe('1 host: 203.0.113.11:6341');
    expect(told('SCP', '05')).toBe('wants hosts with superpeer slots, IPv6 too');
    expect(told('GUE', '02')).toBe('GUESS 0.2');
    expect(told('ALT', '0102')).toBe('2 bytes');
    expect(describeExtension({ ...ggepExtension('PHC', bytes('0102')), deflated: true })).toBe(
      'not readable: corrupt',
    );
    fc.assert(
      fc.property(value, (any) => {
        expect(describeExtension(encodeExtension(any))).not.toBe('');
      }),
    );
  });
});
