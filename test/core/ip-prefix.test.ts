import fc from 'fast-check';
import { BlockList } from 'node:net';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../src/core/address.ts';
import { ipNumberOf, ipText, isLoopback, parseIp } from '../../src/core/ip-number.ts';
import { isInside, networkKey, networkOf, parsePrefix, prefixText } from '../../src/core/ip-prefix.ts';
import { PrefixSet } from '../../src/core/prefix-set.ts';

const ip = (text: string) => {
  const parsed = parseIp(text);
  if (parsed === undefined) throw new RangeError(text);
  return parsed;
};
const prefix = (text: string) => {
  const parsed = parsePrefix(text);
  if ('error' in parsed) throw new RangeError(`${text} ${parsed.error}`);
  return parsed;
};

describe('an IP address as a number', () => {
  it('is below 2^32 for IPv4 and a bigint for IPv6', () => {
    expect(parseIp('0.0.0.0')).toBe(0);
    expect(parseIp('255.255.255.255')).toBe(2 ** 32 - 1);
    expect(parseIp('1.2.3.4')).toBe(0x01020304);
    expect(parseIp('::1')).toBe(1n);
    expect(parseIp('2001:db8::ff')).toBe(0x20010db80000000000000000000000ffn);
  });

  it('is that of IPv4 where IPv4 is mapped into IPv6', () => {
    expect(parseIp('::ffff:1.2.3.4')).toBe(0x01020304);
  });

  it.each(['', '1.2.3', '01.2.3.4', '1.2.3.4:5', '[::1]', '::1]:80', '::1%eth0', 'localhost', '::1.2.3.4'])(
    'is not what stands in "%s"',
    (text) => {
      expect(parseIp(text)).toBeUndefined();
    },
  );

  it('has one canonical text, which gives the number back', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const number = parseIp(text);
        fc.pre(number !== undefined);
        expect(parseIp(ipText(number))).toBe(number);
        const address = parseAddress(text.includes(':') ? `[${text}]:7` : `${text}:7`);
        expect(address && ipNumberOf(address)).toBe(number);
      }),
    );
  });

  it('tells loopback', () => {
    expect(
      ['127.0.0.1', '127.255.255.255', '::1', '::ffff:127.0.0.1'].map((text) => isLoopback(ip(text))),
    ).toEqual([true, true, true, true]);
    expect(['126.255.255.255', '128.0.0.0', '::', '::2'].map((text) => isLoopback(ip(text)))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('a prefix', () => {
  it.each([
    ['1.2.3.0/24', '1.2.3.0/24'],
    ['1.2.3.4', '1.2.3.4/32'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['255.255.255.255/32', '255.255.255.255/32'],
    ['128.0.0.0/1', '128.0.0.0/1'],
    ['2001:DB8:0::/32', '2001:db8::/32'],
    ['::1', '::1/128'],
    ['::/0', '::/0'],
    ['::ffff:1.2.3.0/120', '1.2.3.0/24'],
    ['::ffff:1.2.3.4', '1.2.3.4/32'],
  ])('%s is %s', (text, canonical) => {
    expect(prefixText(prefix(text))).toBe(canonical);
  });

  it.each([
    ['1.2.3.4/24', 'has an address with bits beyond the first 24: did you mean 1.2.3.0/24?'],
    ['2001:db8::1/32', 'has an address with bits beyond the first 32: did you mean 2001:db8::/32?'],
    ['1.2.3.0/33', 'has 33 bits, but an address of its kind has 32 only'],
    ['2001:db8::/129', 'has 129 bits, but an address of its kind has 128 only'],
    ['1.2.3.0/024', 'has no prefix length from 0 to 32 after the slash, without leading zeros'],
    ['1.2.3.0/', 'has no prefix length from 0 to 32 after the slash, without leading zeros'],
    ['1.2.3.0/-1', 'has no prefix length from 0 to 32 after the slash, without leading zeros'],
    ['1.2.3.0/24/8', 'has no prefix length from 0 to 32 after the slash, without leading zeros'],
    ['1.2.3.0/255.255.255.0', 'has no prefix length from 0 to 32 after the slash, without leading zeros'],
    ['01.2.3.0/24', 'has a number with leading zeros, which some programs read as octal'],
    ['1.2.3.4:80', 'has a port: leave it out'],
    ['[2001:db8::]/32', 'is not an IP address: leave the brackets out'],
    ['1.2.3/24', 'is not an IP address'],
    ['', 'is not an IP address'],
    ['example.org', 'is not an IP address'],
    ['::ffff:0.0.0.0/90', 'covers more of IPv6 than the IPv4 addresses in it: write an IPv4 prefix'],
  ])('is not what stands in "%s", and the error says why', (text, error) => {
    expect(parsePrefix(text)).toEqual({ error });
  });

  it('lies inside shorter ones of its family', () => {
    expect(isInside(prefix('10.1.0.0/16'), prefix('10.0.0.0/8'))).toBe(true);
    expect(isInside(prefix('10.0.0.0/8'), prefix('10.0.0.0/8'))).toBe(true);
    expect(isInside(prefix('10.0.0.0/8'), prefix('10.1.0.0/16'))).toBe(false);
    expect(isInside(prefix('11.0.0.0/16'), prefix('10.0.0.0/8'))).toBe(false);
    expect(isInside(prefix('::/128'), prefix('0.0.0.0/0'))).toBe(false);
  });
});

describe('the network of an address', () => {
  it('is a /24 of IPv4 and a /64 of IPv6', () => {
    expect(networkOf(ip('192.0.2.77'))).toBe('192.0.2.0/24');
    expect(networkOf(ip('2001:db8:1:2:3:4:5:6'))).toBe('2001:db8:1:2::/64');
  });

  it('has a number of its own', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.oneof(fc.ipV4(), fc.ipV6()), (a, b) => {
        const [first, second] = [parseIp(a), parseIp(b)];
        fc.pre(first !== undefined && second !== undefined);
        expect(networkKey(first) === networkKey(second)).toBe(networkOf(first) === networkOf(second));
      }),
    );
    expect(networkKey(ip('0.0.0.1'))).not.toBe(networkKey(ip('::1')));
  });
});

describe('a set of prefixes', () => {
  const someIpv4 = fc.tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 32 }));

  it('covers what one of its prefixes covers (oracle: the BlockList of node:net)', () => {
    fc.assert(
      fc.property(fc.array(someIpv4, { maxLength: 20 }), fc.array(fc.ipV4()), (raw, others) => {
        const blocks = new BlockList();
        const texts = raw.map(([number, bits]) => {
          const first = bits === 0 ? 0 : ((number >>> (32 - bits)) << (32 - bits)) >>> 0;
          // A BlockList takes no prefix of 0 bits.
          if (bits === 0) blocks.addRange('0.0.0.0', '255.255.255.255');
          else blocks.addSubnet(ipText(first), bits);
          return `${ipText(first)}/${bits}`;
        });
        const set = new PrefixSet(texts.map(prefix));
        for (const text of [...others, ...raw.map(([number]) => ipText(number))]) {
          expect(set.covers(ip(text)), text).toBe(blocks.check(text));
        }
      }),
    );
  });

  it('does the same for IPv6', () => {
    const set = new PrefixSet(['2001:db8::/32', 'fe80::/10', '::1'].map(prefix));
    const covered = (text: string) => set.covers(ip(text));
    expect(['2001:db8:ffff::1', 'febf::1', '::1'].map(covered)).toEqual([true, true, true]);
    expect(['2001:db9::', 'fec0::', '::', '::2', '1.2.3.4'].map(covered)).toEqual(Array(5).fill(false));
  });

  it('gives the longest prefix that an address is in', () => {
    const set = new PrefixSet(['10.0.0.0/8', '10.1.0.0/16', '10.1.2.3'].map(prefix));
    const longest = (text: string) => {
      const found = set.find(ip(text));
      return found && prefixText(found);
    };
    expect(['10.1.2.3', '10.1.2.4', '10.2.0.0', '11.0.0.0'].map(longest)).toEqual([
      '10.1.2.3/32',
      '10.1.0.0/16',
      '10.0.0.0/8',
      undefined,
    ]);
  });

  it('counts each prefix once, and keeps both families apart', () => {
    const set = new PrefixSet(['10.0.0.0/8', '10.0.0.0/8', '::ffff:10.0.0.0/104', '::/0'].map(prefix));
    expect(set.size).toBe(2);
    expect(set.prefixes.map(prefixText)).toEqual(['10.0.0.0/8', '::/0']);
    expect(set.covers(ip('11.0.0.1'))).toBe(false);
  });

  it('covers nothing where it is empty', () => {
    expect(new PrefixSet().covers(ip('1.2.3.4'))).toBe(false);
  });
});
