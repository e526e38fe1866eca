import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress, type Address } from '../../../src/core/address.ts';
import { parsePrefix } from '../../../src/core/ip-prefix.ts';
import { NO_PREFIXES, PrefixSet } from '../../../src/core/prefix-set.ts';
import { readAllowedNets } from '../../../src/crawl/manners/allowed-nets.ts';
import {
  LOOPBACK_ONLY,
  policyFrom,
  whyNotDial,
  type DialPolicy,
} from '../../../src/crawl/manners/dial-policy.ts';

const at = (text: string): Address => {
  const parsed = parseAddress(text);
  if (parsed === undefined) throw new RangeError(text);
  return parsed;
};
const set = (...texts: string[]) =>
  new PrefixSet(
    texts.map((text) => {
      const prefix = parsePrefix(text);
      if ('error' in prefix) throw new RangeError(text);
      return prefix;
    }),
  );
const live = (allowNet = NO_PREFIXES, excluded = NO_PREFIXES): DialPolicy => ({
  scope: 'live',
  allowNet,
  excluded,
});

describe('a crawl that is not live', () => {
  it.each(['127.0.0.1:1', '127.255.255.254:6346', '[::1]:6346', '[::ffff:127.0.0.1]:1'])(
    'dials %s',
    (text) => {
      expect(whyNotDial(LOOPBACK_ONLY, at(text))).toBeUndefined();
    },
  );

  it.each(['8.8.8.8:6346', '10.0.0.1:1', '[2a00::1]:1', '0.0.0.0:1', '[::]:1', '224.0.0.1:1'])(
    'does not dial %s',
    (text) => {
      expect(whyNotDial(LOOPBACK_ONLY, at(text))).toBe('not-loopback');
    },
  );

  it('dials nothing but loopback, whatever the address', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 1, max: 65_535 }), (ip, port) => {
        const refusal = whyNotDial(LOOPBACK_ONLY, at(`${ip}:${port}`));
        expect(refusal === undefined).toBe(ip.startsWith('127.'));
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves alone whom the user excluded, even on loopback', () => {
    const policy: DialPolicy = { scope: 'loopback', excluded: set('127.0.5.0/24') };
    expect(whyNotDial(policy, at('127.0.5.1:1'))).toBe('excluded');
    expect(whyNotDial(policy, at('127.0.6.1:1'))).toBeUndefined();
  });
});

describe('a live crawl', () => {
  it.each(['8.8.8.8:6346', '[2a00::1]:6346'])('dials %s', (text) => {
    expect(whyNotDial(live(), at(text))).toBeUndefined();
  });

  it.each(['127.0.0.1:22', '[::1]:1'])('dials %s only where it began on this machine', (text) => {
    expect(whyNotDial(policyFrom(live(), [at('8.8.8.8:6346')]), at(text))).toBe('reserved');
    expect(whyNotDial(policyFrom(live(), [at('127.1.0.1:6346')]), at(text))).toBeUndefined();
  });

  it.each([
    ['10.0.0.1:1', 'reserved'],
    ['192.168.1.1:1', 'reserved'],
    ['203.0.113.1:1', 'reserved'],
    ['169.254.169.254:80', 'reserved'],
    ['[fc00::1]:1', 'reserved'],
    ['[::ffff:10.0.0.1]:1', 'reserved'],
    ['0.0.0.0:1', 'no-host'],
    ['255.255.255.255:1', 'no-host'],
    ['239.1.2.3:1', 'no-host'],
    ['[ff02::1]:1', 'no-host'],
    ['[2002:7f00:1::1]:1', 'no-host'],
  ])('does not dial %s: %s', (text, refusal) => {
    expect(whyNotDial(live(), at(text))).toBe(refusal);
  });

  it('dials reserved nets that the user named, and no others', () => {
    const policy = live(readAllowedNets(['10.1.0.0/16', 'fd00:1::/32']));
    expect(whyNotDial(policy, at('10.1.2.3:1'))).toBeUndefined();
    expect(whyNotDial(policy, at('[fd00:1::9]:1'))).toBeUndefined();
    expect(whyNotDial(policy, at('10.2.0.1:1'))).toBe('reserved');
  });

  it('lets exclusions win over everything', () => {
    const policy = live(readAllowedNets(['10.0.0.0/8']), set('10.1.0.0/16', '127.0.0.0/8', '8.8.8.0/24'));
    for (const text of ['10.1.0.1:1', '127.0.0.1:1', '8.8.8.8:1']) {
      expect(whyNotDial(policy, at(text)), text).toBe('excluded');
    }
    expect(whyNotDial(policy, at('10.2.0.1:1'))).toBeUndefined();
  });

  it('never dials an excluded net in a million endpoints', () => {
    const excluded = set('1.2.0.0/16', '77.0.0.0/9');
    const policy = live(NO_PREFIXES, excluded);
    let dialled = 0;
    for (let i = 0; i < 1_000_000; i++) {
      const low = `${(i >>> 8) & 255}.${i & 255}:6346` as const;
      const text = (i & 1) === 0 ? `1.2.${low}` : `77.${(i >>> 3) & 127}.${low}`;
      if (whyNotDial(policy, text as Address) !== 'excluded') dialled += 1;
    }
    expect(dialled).toBe(0);
  });
});

describe('nets that a user allows', () => {
  it.each([
    ['10.0.0.1/8', /bits beyond the first 8: did you mean 10\.0\.0\.0\/8\?/],
    ['8.8.8.0/24', /8\.8\.8\.0\/24 is not reserved, and needs no permission/],
    ['0.0.0.0/0', /0\.0\.0\.0\/0 is wider than any reserved range/],
    ['8.0.0.0/6', /wider/],
    ['224.0.0.0/8', /multicast \(RFC 5771\): no host is there/],
    ['255.255.255.255', /limited broadcast/],
    ['0.0.0.0', /this network/],
    ['x', /"x" is not an IP address/],
  ])('cannot be %s', (text, message) => {
    expect(() => readAllowedNets([text])).toThrow(message);
  });
});
