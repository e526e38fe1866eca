import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress, type Address } from '../../../src/core/address.ts';
import { parseIp } from '../../../src/core/ip-number.ts';
import { createRandom } from '../../../src/core/random.ts';
import { COOL_DOWN, LIVE_LIMITS, type ContactLimits } from '../../../src/crawl/manners/contact-limits.ts';
import { ContactSchedule, MAX_REMEMBERED_HOSTS } from '../../../src/crawl/manners/contact-schedule.ts';

const at = (text: string): Address => {
  const parsed = parseAddress(text);
  if (parsed === undefined) throw new RangeError(text);
  return parsed;
};
const source = (text: string) => ({ text, ip: parseIp(text) ?? 0 });
const NO_LIMITS: ContactLimits = {
  rate: undefined,
  rateOnLoopback: false,
  networkRate: undefined,
  coolDown: { tcp: 0, udp: 0 },
};
const now = { kind: 'now', source: undefined };

describe('a schedule of contacts', () => {
  it('admits a burst of all contacts, then one after the other', () => {
    const schedule = new ContactSchedule({ ...NO_LIMITS, rate: { perSecond: 10, burst: 3 } });
    const admit = (host: number, time: number) => schedule.admit(at(`8.${host}.0.1:1`), 'tcp', time);
    expect([admit(1, 0), admit(2, 0), admit(3, 0)]).toEqual([now, now, now]);
    expect(admit(4, 0)).toEqual({ kind: 'later', at: 100, limit: 'rate' });
    expect(admit(4, 99)).toEqual({ kind: 'later', at: 100, limit: 'rate' });
    expect(admit(4, 100)).toEqual(now);
    expect(admit(5, 100)).toEqual({ kind: 'later', at: 200, limit: 'rate' });
    // After a rest there is a burst again, and not more than that.
    expect([6, 7, 8].map((host) => admit(host, 10_000))).toEqual([now, now, now]);
    expect(admit(9, 10_000)).toEqual({ kind: 'later', at: 10_100, limit: 'rate' });
  });

  it('admits contacts to each network by a rate of its own', () => {
    const schedule = new ContactSchedule({ ...NO_LIMITS, networkRate: { perSecond: 1, burst: 2 } });
    const admit = (text: string, time: number) => schedule.admit(at(text), 'tcp', time).kind;
    expect([admit('8.8.8.1:1', 0), admit('8.8.8.2:1', 0), admit('8.8.8.3:1', 0)]).toEqual([
      'now',
      'now',
      'later',
    ]);
    expect(admit('8.8.9.3:1', 0)).toBe('now');
    expect(schedule.admit(at('8.8.8.3:1'), 'udp', 999)).toEqual({
      kind: 'later',
      at: 1000,
      limit: 'network',
    });
    expect(admit('8.8.8.3:1', 1000)).toBe('now');
    const six = ['[2a00:0:0:1::1]:1', '[2a00:0:0:1:9::1]:1', '[2a00:0:0:1:8::1]:1', '[2a00:0:0:2::1]:1'];
    expect(six.map((text) => admit(text, 0))).toEqual(['now', 'now', 'later', 'now']);
  });

  it('comes back to a host after its cool-down only, whatever the port, and for each carrier by itself', () => {
    const schedule = new ContactSchedule({ ...NO_LIMITS, coolDown: COOL_DOWN });
    expect(schedule.admit(at('8.8.8.8:1'), 'tcp', 0)).toEqual(now);
    expect(schedule.admit(at('8.8.8.8:2'), 'tcp', 1)).toEqual({ kind: 'later', at: 300_000, limit: 'host' });
    expect(schedule.admit(at('8.8.8.8:1'), 'udp', 1)).toEqual(now);
    expect(schedule.admit(at('8.8.8.8:1'), 'udp', 120_000)).toEqual({
      kind: 'later',
      at: 120_001,
      limit: 'host',
    });
    expect(schedule.admit(at('8.8.8.8:1'), 'udp', 120_001)).toEqual(now);
    expect(schedule.admit(at('8.8.8.8:1'), 'tcp', 299_999).kind).toBe('later');
    expect(schedule.admit(at('8.8.8.8:1'), 'tcp', 300_000)).toEqual(now);
    expect(schedule.admit(at('8.8.8.8:1'), 'tcp', 300_001)).toEqual({
      kind: 'later',
      at: 600_000,
      limit: 'host',
    });
  });

  it('keeps the cool-down of a host for all source addresses together', () => {
    const sources = ['192.0.2.1', '192.0.2.2'].map(source);
    const schedule = new ContactSchedule({ ...NO_LIMITS, coolDown: COOL_DOWN }, sources);
    expect(schedule.admit(at('8.8.8.8:1'), 'tcp', 0)).toEqual({ kind: 'now', source: '192.0.2.1' });
    expect(schedule.admit(at('8.8.8.8:1'), 'tcp', 1).kind).toBe('later');
  });

  it('names the limit that holds out longest, and counts nothing that is put off', () => {
    const schedule = new ContactSchedule({
      rate: { perSecond: 1000, burst: 1 },
      rateOnLoopback: false,
      networkRate: { perSecond: 10, burst: 1 },
      coolDown: { tcp: 5_000, udp: 5_000 },
    });
    expect(schedule.admit(at('8.8.8.8:1'), 'tcp', 0)).toEqual(now);
    expect(schedule.admit(at('8.8.8.8:1'), 'tcp', 0)).toEqual({ kind: 'later', at: 5_000, limit: 'host' });
    expect(schedule.admit(at('8.8.8.9:1'), 'tcp', 0)).toEqual({ kind: 'later', at: 100, limit: 'network' });
    expect(schedule.admit(at('9.9.9.9:1'), 'tcp', 0)).toEqual({ kind: 'later', at: 1, limit: 'rate' });
    expect(schedule.admit(at('9.9.9.9:1'), 'tcp', 1)).toEqual(now);
  });

  it('lets source addresses take turns, those that can reach the endpoint', () => {
    const sources = ['192.0.2.1', '127.0.0.2', '2001:db8::1', '192.0.2.2'].map(source);
    const schedule = new ContactSchedule(NO_LIMITS, sources);
    const sourceFor = (text: string) => schedule.admit(at(text), 'tcp', 0);
    const turns = ['8.8.8.1:1', '127.0.0.1:1', '8.8.8.2:1', '[2a00::1]:1', '8.8.8.3:1', '[::1]:1'].map(
      sourceFor,
    );
    expect(turns.map((turn) => turn.kind === 'now' && turn.source)).toEqual([
      '192.0.2.1',
      '127.0.0.2',
      '192.0.2.2',
      '2001:db8::1',
      '192.0.2.1',
      undefined,
    ]);
  });

  it('does not limit loopback', () => {
    const schedule = new ContactSchedule(LIVE_LIMITS);
    for (let i = 0; i < 1_000; i++) expect(schedule.admit(at('127.0.0.1:1'), 'tcp', 0)).toEqual(now);
  });

  it('limits loopback by the rate of all contacts where the user gave one, and by nothing else', () => {
    const schedule = new ContactSchedule({
      ...LIVE_LIMITS,
      rate: { perSecond: 1, burst: 2 },
      rateOnLoopback: true,
    });
    const admit = (time: number) => schedule.admit(at('127.0.0.1:1'), 'tcp', time);
    expect([admit(0), admit(0), admit(0), admit(1_000)]).toEqual([
      now,
      now,
      { kind: 'later', at: 1_000, limit: 'rate' },
      now,
    ]);
  });

  it('keeps the distance of an earlier run', () => {
    const schedule = new ContactSchedule({ ...LIVE_LIMITS, networkRate: { perSecond: 1, burst: 1 } });
    schedule.remember(at('8.8.8.8:1'), 'tcp', -100_000);
    schedule.remember(at('8.8.4.4:1'), 'tcp', -500);
    expect(schedule.admit(at('8.8.8.8:1'), 'tcp', 0)).toEqual({ kind: 'later', at: 200_000, limit: 'host' });
    expect(schedule.admit(at('8.8.4.5:1'), 'tcp', 0)).toEqual({ kind: 'later', at: 500, limit: 'network' });
  });

  it('forgets hosts whose cool-down has passed, and none before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 400 })), {
          maxLength: 200,
        }),
        (steps) => {
          const schedule = new ContactSchedule({ ...NO_LIMITS, coolDown: { tcp: 1_000, udp: 1_000 } });
          const last = new Map<number, number>();
          let time = 0;
          for (const [host, wait] of steps) {
            time += wait;
            const admission = schedule.admit(at(`8.8.8.${host}:1`), 'tcp', time);
            const free = (last.get(host) ?? -Infinity) + 1_000;
            expect(admission).toEqual(time >= free ? now : { kind: 'later', at: free, limit: 'host' });
            if (time >= free) last.set(host, time);
          }
        },
      ),
    );
  });

  it('never lets more through in any span of time than its rates allow (counted by hand)', () => {
    const limits: ContactLimits = {
      rate: { perSecond: 20, burst: 5 },
      rateOnLoopback: false,
      networkRate: { perSecond: 2, burst: 3 },
      coolDown: { tcp: 3_000, udp: 1_000 },
    };
    const random = createRandom(7);
    const schedule = new ContactSchedule(limits);
    const made: { time: number; host: number }[] = [];
    for (let time = 0; time < 60_000; time += random.int(40)) {
      const host = random.int(60);
      const endpoint = at(`8.8.${host % 12}.${host}:${1 + random.int(9)}`);
      if (schedule.admit(endpoint, 'tcp', time).kind === 'now') made.push({ time, host });
    }
    expect(made.length).toBeGreaterThan(300);
    const within = (contacts: readonly { time: number }[], perSecond: number, burst: number) =>
      contacts.every((from, i) =>
        contacts
          .slice(i)
          .every((to, more) => more + 1 <= burst + (perSecond * (to.time - from.time)) / 1000 + 1e-9),
      );
    expect(within(made, 20, 5)).toBe(true);
    for (let network = 0; network < 12; network++) {
      expect(
        within(
          made.filter(({ host }) => host % 12 === network),
          2,
          3,
        ),
      ).toBe(true);
    }
    for (let host = 0; host < 60; host++) {
      const times = made.filter((contact) => contact.host === host).map(({ time }) => time);
      expect(times.every((time, i) => i === 0 || time - (times[i - 1] ?? 0) >= 3_000)).toBe(true);
    }
  });

  it('lets whoever comes again when it was told through, where nobody came between', () => {
    const rate = fc.record({
      perSecond: fc.double({ min: 0.1, max: 5_000, noNaN: true }),
      burst: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(rate, fc.double({ min: 0, max: 1e9, noNaN: true }), (allowed, start) => {
        const schedule = new ContactSchedule({ ...NO_LIMITS, rate: allowed });
        let time = start;
        for (let i = 0; i < 60; i++) {
          const admission = schedule.admit(at('8.8.8.8:1'), 'tcp', time);
          if (admission.kind === 'now') continue;
          time = admission.at;
          expect(schedule.admit(at('8.8.8.8:1'), 'tcp', time).kind).toBe('now');
        }
      }),
    );
  });

  it('puts new hosts off rather than forget one too early, when it remembers as many as it may', () => {
    const schedule = new ContactSchedule({ ...NO_LIMITS, coolDown: { tcp: 1_000, udp: 1_000 } });
    const host = (number: number) =>
      `8.${number >>> 16}.${(number >>> 8) & 255}.${number & 255}:6346` as Address;
    let admitted = 0;
    for (let i = 0; i < MAX_REMEMBERED_HOSTS; i++) {
      if (schedule.admit(host(i), 'tcp', 0).kind === 'now') admitted += 1;
    }
    expect(admitted).toBe(MAX_REMEMBERED_HOSTS);
    expect(schedule.admit(at('9.9.9.9:1'), 'tcp', 0)).toEqual({ kind: 'later', at: 1_000, limit: 'host' });
    expect(schedule.admit(at('9.9.9.9:1'), 'udp', 0)).toEqual(now);
    expect(schedule.admit(at('9.9.9.9:1'), 'tcp', 2_000)).toEqual(now);
    expect(schedule.admit(at('8.0.0.1:1'), 'tcp', 2_000)).toEqual(now);
  });
});
