import fc from 'fast-check';
import { createCipheriv, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseAddress, portOf, type Address } from '../../src/core/address.ts';
import { bitsOf, ipText, isLoopback, parseIp, type IpNumber } from '../../src/core/ip-number.ts';
import { createRandom } from '../../src/core/random.ts';
import { PrefixPreserving } from '../../src/snapshot/prefix-preserving.ts';
import { createKey, keyName, keyText, parseKey } from '../../src/snapshot/pseudonym-key.ts';
import { Pseudonyms } from '../../src/snapshot/pseudonyms.ts';

const ip = (text: string): IpNumber => {
  const parsed = parseIp(text);
  if (parsed === undefined) throw new RangeError(text);
  return parsed;
};
const wordsOf = (number: IpNumber): number[] =>
  typeof number === 'number'
    ? [number]
    : [96n, 64n, 32n, 0n].map((shift) => Number((number >> shift) & 0xffffffffn));
const textOf = (words: Uint32Array): string =>
  ipText(words.length === 1 ? (words[0] ?? 0) : words.reduce((all, word) => (all << 32n) | BigInt(word), 0n));

/** Key and pairs of the sample trace that the authors of Crypto-PAn published with their program. */
const SAMPLE_KEY = Uint8Array.of(
  ...[21, 34, 23, 141, 51, 164, 207, 128, 19, 10, 91, 22, 73, 144, 125, 16],
  ...[216, 152, 143, 131, 121, 121, 101, 39, 98, 87, 76, 45, 42, 132, 34, 2],
);
const SAMPLE: readonly (readonly [string, string])[] = [
  ['128.11.68.132', '135.242.180.132'],
  ['129.118.74.4', '134.136.186.123'],
  ['130.132.252.244', '133.68.164.234'],
  ['141.223.7.43', '141.167.8.160'],
  ['156.29.3.236', '147.225.12.42'],
  ['192.102.249.13', '252.138.62.131'],
  ['205.188.147.153', '242.96.16.101'],
  ['205.188.248.25', '242.96.88.27'],
  ['216.254.18.172', '235.7.16.162'],
  ['24.0.250.221', '100.15.198.226'],
  ['38.15.67.68', '64.3.66.187'],
  ['4.3.88.225', '124.60.155.63'],
  ['63.14.55.111', '95.9.215.7'],
  ['64.34.154.117', '0.221.154.117'],
  ['10.185.25.118', '117.161.29.118'],
];

describe('the prefix-preserving mapping', () => {
  it('gives the pseudonyms of the sample trace of Crypto-PAn, one by one', () => {
    const mapping = new PrefixPreserving(SAMPLE_KEY);
    for (const [original, pseudonym] of SAMPLE) {
      const words = Uint32Array.from(wordsOf(ip(original)));
      mapping.map(words, 1);
      expect(textOf(words), original).toBe(pseudonym);
    }
  });

  it('gives them when all are mapped together', () => {
    const sorted = SAMPLE.map(([original, pseudonym]) => [Number(ip(original)), pseudonym] as const).sort(
      ([a], [b]) => a - b,
    );
    const words = Uint32Array.from(sorted, ([original]) => original);
    new PrefixPreserving(SAMPLE_KEY).map(words, 1);
    expect(Array.from(words, ipText)).toEqual(sorted.map(([, pseudonym]) => pseudonym));
  });

  // From the tests of Yawning Angel's implementation in Go.
  it.each([
    ['::1', '78ff:f001:9fc0:20df:8380:b1f1:704:ed'],
    ['::2', '78ff:f001:9fc0:20df:8380:b1f1:704:ef'],
    ['::ffff', '78ff:f001:9fc0:20df:8380:b1f1:704:f838'],
    ['2001:db8::1', '4401:2bc:603f:d91d:27f:ff8e:e6f1:dc1e'],
    ['2001:db8::2', '4401:2bc:603f:d91d:27f:ff8e:e6f1:dc1c'],
  ])('maps %s of IPv6 as another implementation does', (original, pseudonym) => {
    const words = Uint32Array.from(wordsOf(ip(original)));
    new PrefixPreserving(SAMPLE_KEY).map(words, 4);
    expect(textOf(words)).toBe(pseudonym);
  });

  it('is what its definition says, bit by bit (reckoned anew, without batches)', () => {
    const cipher = createCipheriv('aes-128-ecb', SAMPLE_KEY.subarray(0, 16), null).setAutoPadding(false);
    const pad = BigInt(`0x${cipher.update(SAMPLE_KEY.subarray(16)).toString('hex')}`);
    const byDefinition = (address: number): number => {
      let flips = 0n;
      const placed = BigInt(address) << 96n;
      for (let bit = 0n; bit < 32n; bit++) {
        const low = (1n << (128n - bit)) - 1n;
        const block = ((placed >> (128n - bit)) << (128n - bit)) | (pad & low);
        const encrypted = cipher.update(Buffer.from(block.toString(16).padStart(32, '0'), 'hex'));
        flips = (flips << 1n) | BigInt((encrypted[0] ?? 0) >>> 7);
      }
      return Number(BigInt(address) ^ flips);
    };
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 30 }),
        (addresses) => {
          const sorted = Uint32Array.from(addresses).sort();
          const mapped = Uint32Array.from(sorted);
          new PrefixPreserving(SAMPLE_KEY).map(mapped, 1);
          expect([...mapped]).toEqual(Array.from(sorted, byDefinition));
        },
      ),
      { numRuns: 50 },
    );
  });
});

const key = createKey((count) => Uint8Array.from({ length: count }, (_, i) => 7 * i + 1));
const pseudonyms = new Pseudonyms(key);

/** Leading bits that two addresses share. */
function shared(a: IpNumber, b: IpNumber): number {
  const [first, second] = [wordsOf(a), wordsOf(b)];
  const at = first.findIndex((word, i) => word !== second[i]);
  return at < 0 ? bitsOf(a) : 32 * at + Math.clz32((first[at] ?? 0) ^ (second[at] ?? 0));
}

/** Addresses of IPv4 of which many share long prefixes. */
const nearIpv4 = fc
  .tuple(
    fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    fc.integer({ min: 0, max: 32 }),
    fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  )
  .map(([a, bits, b]) => [a, bits === 0 ? b : (a ^ (bits === 32 ? 0 : b >>> bits)) >>> 0] as const);
const nearIpv6 = fc
  .tuple(fc.bigInt(0n, 2n ** 128n - 1n), fc.bigInt(0n, 128n), fc.bigInt(0n, 2n ** 128n - 1n))
  .map(([a, bits, b]) => [a, a ^ (b >> bits)] as const);

describe('pseudonyms', () => {
  it('share exactly as many leading bits as their addresses, unless one is loopback', () => {
    fc.assert(
      fc.property(fc.oneof(nearIpv4, nearIpv6), ([a, b]: readonly IpNumber[]) => {
        fc.pre(a !== undefined && b !== undefined && !isLoopback(a) && !isLoopback(b));
        const [first = 0, second = 0] = pseudonyms.ofIps([a, b]);
        expect(shared(first, second)).toBe(shared(a, b));
      }),
      { numRuns: 2_000 },
    );
  });

  it('share them with loopback too', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.bigInt(0n, 2n ** 64n)),
        (a: IpNumber) => {
          const loopback = typeof a === 'number' ? 0x7f000001 : 1n;
          fc.pre(!isLoopback(a));
          expect(shared(pseudonyms.ofIps([a])[0] ?? 0, loopback)).toBe(shared(a, loopback));
        },
      ),
    );
  });

  it('are all different, and none is loopback', () => {
    const random = createRandom(3);
    const addresses = Uint32Array.from({ length: 100_000 }, (_, i) =>
      i < 50_000 ? 0x7e000000 + i * 600 : random.int(2 ** 32 - 1),
    );
    const others = new Set([...addresses].filter((address) => !isLoopback(address)));
    const mapped = pseudonyms.ofIpv4(Uint32Array.from(others));
    expect(new Set(mapped).size).toBe(others.size);
    expect(mapped.some((address) => isLoopback(address))).toBe(false);
  });

  it('of a whole net are a whole net, in some other order', () => {
    const net = Uint32Array.from({ length: 65_536 }, (_, i) => 0x08080000 + i);
    const mapped = [...pseudonyms.ofIpv4(net)].sort((a, b) => a - b);
    const first = mapped[0] ?? 0;
    expect(first & 0xffff).toBe(0);
    expect(mapped).toEqual(Array.from(mapped, (_, i) => first + i));
  });

  it('leave loopback as it is', () => {
    const loopback = ['127.0.0.1:6346', '127.255.1.2:1', '[::1]:6346'].map((text) => parseAddress(text));
    const addresses = loopback.filter((address) => address !== undefined);
    expect(addresses.length).toBe(3);
    expect(pseudonyms.ofAll(addresses)).toEqual(addresses);
  });

  it('are addresses, with the same port, in the order given', () => {
    const mixed = fc.array(fc.tuple(fc.oneof(fc.ipV4(), fc.ipV6()), fc.integer({ min: 1, max: 65_535 })));
    fc.assert(
      fc.property(mixed, (parts) => {
        const addresses = parts
          .map(([host, port]) => parseAddress(host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`))
          .filter((address): address is Address => address !== undefined);
        const mapped = pseudonyms.ofAll(addresses);
        expect(mapped.map(portOf)).toEqual(addresses.map(portOf));
        expect(mapped.map((address) => parseAddress(address))).toEqual(mapped);
        expect(mapped).toEqual(addresses.map((address) => pseudonyms.of(address)));
      }),
    );
  });

  it('do not look like IPv4 mapped into IPv6, where the address does not', () => {
    const strange = Array.from({ length: 16 }, (_, bit) => (BigInt(0xffff ^ (1 << bit)) << 32n) + 5n);
    const mapped = strange.map((number) => ipText(pseudonyms.ofIps([number])[0] ?? 0n));
    expect(mapped.map((text) => typeof parseIp(text))).toEqual(Array(16).fill('bigint'));
  });

  it('keep public addresses of IPv6 public', () => {
    fc.assert(
      fc.property(fc.bigInt(1n << 125n, (1n << 126n) - 1n), (address) => {
        expect(BigInt(pseudonyms.ofIps([address])[0] ?? 0) >> 125n).toBe(1n);
      }),
    );
  });

  it('are the same for the same key, and others for another', () => {
    const addresses = Uint32Array.from({ length: 1000 }, (_, i) => (0x80000000 + i * 1_000_003) >>> 0);
    const again = new Pseudonyms(parseKey(keyText(key), 'key')).ofIpv4(addresses);
    expect([...again]).toEqual([...pseudonyms.ofIpv4(addresses)]);
    for (let byte = 0; byte < 32; byte += 5) {
      const bytes = Uint8Array.from(key.bytes);
      bytes[byte] = (bytes[byte] ?? 0) ^ 1;
      const others = new Pseudonyms({ bytes }).ofIpv4(addresses);
      const alike = others.filter((address, i) => address === again[i]).length;
      // By chance one in 2^31 would be.
      expect(alike, String(byte)).toBe(0);
    }
  });

  it('are none for no addresses', () => {
    expect(pseudonyms.ofAll([])).toEqual([]);
  });
});

describe('a key of pseudonyms', () => {
  it('comes back from its text', () => {
    const made = createKey(randomBytes);
    expect(parseKey(keyText(made), 'key')).toEqual(made);
    expect(parseKey(`  ${keyText(made)}\r\n`, 'key')).toEqual(made);
    expect(keyText(made)).toMatch(/^peerscope-pseudonyms-1-[0-9a-f]{64}-[0-9a-f]{16}\n$/);
  });

  it('is not taken from a text with one character changed or lost, and the error does not show it', () => {
    const text = keyText(key).trim();
    for (let place = 0; place < text.length; place++) {
      const other = text[place] === '0' ? '1' : '0';
      for (const damaged of [
        text.slice(0, place) + other + text.slice(place + 1),
        text.slice(0, place) + text.slice(place + 1),
      ]) {
        let message = '';
        try {
          parseKey(damaged, 'key.txt');
        } catch (error) {
          message = error instanceof Error ? error.message : '';
        }
        expect(message, String(place)).toMatch(
          /^key\.txt is (no key of pseudonyms|damaged: its checksum does not fit the key)$/,
        );
      }
    }
  });

  it('has a name that tells keys apart, and is neither key nor checksum', () => {
    const other = createKey((count) => new Uint8Array(count));
    expect(keyName(key)).toMatch(/^[0-9a-f]{16}$/);
    expect(keyName(key)).not.toBe(keyName(other));
    expect(keyText(key)).not.toContain(keyName(key));
  });

  it('has 32 bytes', () => {
    expect(() => createKey(() => new Uint8Array(31))).toThrow('a key has 32 bytes, not 31');
  });
});
