import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, parseAddress } from '../../../../src/core/address.ts';
import { MAX_LISTED_ADDRESSES } from '../../../../src/core/limits.ts';
import {
  decodeAddressList,
  encodeAddressList,
  encodeFoldedAddressList,
} from '../../../../src/overlays/gnutella/wire/address-list.ts';
import { namesNobody } from '../../../../src/overlays/gnutella/wire/endpoint.ts';
import { address, ipv4Address } from '../support.ts';

const ipv6Address = fc
  .tuple(fc.ipV6(), fc.integer({ min: 1, max: 65_535 }))
  .map(([ip, port]) => parseAddress(`[${ip}]:${port}`))
  .filter((parsed) => parsed !== undefined);

describe('a list of addresses', () => {
  it('is separated by commas with or without blanks around them', () => {
    expect(decodeAddressList('1.2.3.4:5, 6.7.8.9:10')).toEqual({
      addresses: ['1.2.3.4:5', '6.7.8.9:10'],
      rejected: 0,
    });
    expect(decodeAddressList(' \t1.2.3.4:5,6.7.8.9:10 ,\t')).toEqual({
      addresses: ['1.2.3.4:5', '6.7.8.9:10'],
      rejected: 0,
    });
  });

  it('gives an entry without a port the port 6346', () => {
    expect(decodeAddressList('1.2.3.4,[2001:db8::1]').addresses).toEqual([
      '1.2.3.4:6346',
      '[2001:db8::1]:6346',
    ]);
  });

  it('drops what follows a blank in an entry, the time that Shareaza adds', () => {
    expect(decodeAddressList('1.2.3.4:5 2005-01-31T12:00Z,6.7.8.9 2005-01-31T12:00Z')).toEqual({
      addresses: ['1.2.3.4:5', '6.7.8.9:6346'],
      rejected: 0,
    });
  });

  it('takes IPv6 in brackets, in any spelling, and makes it canonical', () => {
    expect(decodeAddressList('[2001:DB8:0:0::1]:7, [2001:db8::1]:7')).toEqual({
      addresses: ['[2001:db8::1]:7'],
      rejected: 1,
    });
  });

  it('is empty where its text is, and empty entries are none', () => {
    expect(decodeAddressList('')).toEqual({ addresses: [], rejected: 0 });
    expect(decodeAddressList(' , ,, ')).toEqual({ addresses: [], rejected: 0 });
  });

  it.each([
    'localhost:6346',
    '1.2.3:6346',
    '1.2.3.4.5:6346',
    '1.2.3.256:6346',
    '01.2.3.4:6346',
    '1.2.3.4:0',
    '1.2.3.4:06346',
    '1.2.3.4:65536',
    '1.2.3.4:99999999999',
    '1.2.3.4:',
    '1.2.3.4:63x',
    '1.2.3.4:5;6.7.8.9:10',
    '1..2.3:4',
    '\0',
    '[::1',
    '0x7f.1:80',
    '9'.repeat(1000),
  ])('counts %j as rejected', (entry) => {
    expect(decodeAddressList(`${entry},1.2.3.4:5`)).toEqual({ addresses: ['1.2.3.4:5'], rejected: 1 });
    expect(decodeAddressList(`1.2.3.4:5, ${entry}`)).toEqual({ addresses: ['1.2.3.4:5'], rejected: 1 });
  });

  it('keeps repetitions once, also where they are spelled differently, and never the excluded address', () => {
    const list = decodeAddressList(
      '1.2.3.4:6346,1.2.3.4,1.2.3.4:6346,9.9.9.9:9,[::1]:9',
      address('9.9.9.9:9'),
    );
    expect(list).toEqual({ addresses: ['1.2.3.4:6346', '[::1]:9'], rejected: 3 });
    expect(decodeAddressList('[::1]:9', address('[::1]:9'))).toEqual({ addresses: [], rejected: 1 });
  });

  it('tells apart addresses that differ in the highest bit or the port only', () => {
    const near = ['1.2.3.4:5', '129.2.3.4:5', '1.2.3.4:6', '1.2.3.5:5', '1.0.0.0:5', '223.255.255.255:65535'];
    expect(decodeAddressList(near.join())).toEqual({ addresses: near, rejected: 0 });
  });

  it("leaves out those that can be nobody's (RFC 1122, section 3.2.1.3), and 127.0.0.0, but not their neighbours", () => {
    const nobodys = [
      '0.0.0.0:5',
      '0.255.255.255:5',
      '224.0.0.0:5',
      '239.255.255.255:5',
      '255.255.255.255:5',
      '127.0.0.0:5',
    ];
    expect(decodeAddressList(nobodys.join())).toEqual({ addresses: [], rejected: nobodys.length });
    const others = [
      '1.0.0.0:5',
      '223.255.255.255:5',
      '240.0.0.0:5',
      '255.255.255.254:5',
      '127.0.0.1:5',
      '126.255.255.255:5',
    ];
    expect(decodeAddressList(others.join())).toEqual({ addresses: others, rejected: 0 });
  });

  it('leaves out what binary messages leave out', () => {
    const edge = fc.constantFrom(0, 1, 126, 127, 128, 223, 224, 239, 240, 254, 255);
    fc.assert(
      fc.property(fc.tuple(edge, edge, edge, edge), (parts) => {
        const text = `${parts.join('.')}:5`;
        expect(decodeAddressList(text).rejected === 1).toBe(namesNobody(address(text)));
      }),
    );
  });

  it('is cut at its bound, and the rest is counted', () => {
    const many = Array.from({ length: MAX_LISTED_ADDRESSES + 7 }, (_, i) => `10.0.${i >> 8}.${i & 255}:1`);
    const list = decodeAddressList(many.join(', '));
    expect(list.addresses).toEqual(many.slice(0, MAX_LISTED_ADDRESSES));
    expect(list.rejected).toBe(7);
  });

  it('is read back as it was written, folded or not', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(ipv4Address, ipv6Address), { maxLength: 200 }), (addresses) => {
        expect(decodeAddressList(encodeAddressList(addresses))).toEqual({ addresses, rejected: 0 });
        const unfolded = encodeFoldedAddressList('X-Try', addresses).replaceAll('\r\n\t', ' ');
        expect(decodeAddressList(unfolded)).toEqual({ addresses, rejected: 0 });
      }),
    );
  });

  it('takes exactly what parseAddress takes', () => {
    const part = fc.constantFrom('0', '1', '01', '255', '256', '', '9', '65535', '65536', 'x');
    const entry = fc
      .tuple(fc.array(part, { minLength: 2, maxLength: 5 }), fc.option(part, { nil: undefined }))
      .map(([octets, port]) => octets.join('.') + (port === undefined ? '' : `:${port}`));
    fc.assert(
      fc.property(fc.oneof(entry, ipv4Address), (one) => {
        const parsed = parseAddress(one, 6346);
        const expected: readonly Address[] = parsed === undefined ? [] : [parsed];
        expect(decodeAddressList(one).addresses).toEqual(expected);
      }),
    );
  });

  it('accounts for every entry of any text', () => {
    const entry = fc.oneof(
      ipv4Address,
      fc.string({ maxLength: 20 }).map((text) => text.replace(/[, \t]/g, '')),
    );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 60 }), (entries) => {
        const latin1 = entries.map((one) => Buffer.from(one, 'latin1').toString('latin1'));
        const list = decodeAddressList(latin1.join(','));
        expect(list.addresses.length + list.rejected).toBe(latin1.filter((one) => one !== '').length);
        expect(new Set(list.addresses).size).toBe(list.addresses.length);
      }),
    );
  });
});

describe('a folded list', () => {
  it('breaks after the third address, as gtk-gnutella does', () => {
    const hosts = Array.from({ length: 7 }, (_, i) => address(`203.0.113.${117 - i}:6346`));
    expect(encodeFoldedAddressList('X-Try-Ultrapeers', hosts)).toBe(
      '203.0.113.117:6346, 203.0.113.116:6346, 203.0.113.115:6346,\r\n\t' +
        '203.0.113.114:6346, 203.0.113.113:6346, 203.0.113.112:6346,\r\n\t203.0.113.111:6346',
    );
  });
});
