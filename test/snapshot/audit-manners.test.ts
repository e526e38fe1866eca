import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress, type Address } from '../../src/core/address.ts';
import { createRandom } from '../../src/core/random.ts';
import { ContactSchedule } from '../../src/crawl/manners/contact-schedule.ts';
import type { MannersRule } from '../../src/snapshot/audit-finding.ts';
import { auditManners, type MannersAudit } from '../../src/snapshot/audit-manners.ts';
import { RateReplay, SecondWindow } from '../../src/snapshot/audit-rate.ts';
import type { Contact } from '../../src/snapshot/ledger.ts';
import { readManners } from '../../src/snapshot/recorded-manners.ts';
import { contact, LOOPBACK_MANNERS, manners, START } from './manners.ts';

const finding = (audit: MannersAudit, rule: MannersRule) => audit.findings.find((one) => one.rule === rule);
const brokenIn = (audit: MannersAudit) =>
  audit.findings.filter(({ verdict }) => verdict === 'broken').map(({ rule }) => rule);

describe('an audit of manners', () => {
  it('finds a polite crawl polite, and says how near to its limits it came', async () => {
    const contacts = [
      contact(0, '8.8.8.8:1', { reason: 'bootstrap' }),
      contact(0, '8.8.8.9:1'),
      contact(100, '9.9.9.9:1'),
      contact(1_000, '8.8.8.10:1'),
      contact(300_000, '8.8.8.8:1', { reason: 'repeat' }),
      contact(300_001, '9.9.9.9:2', { carrier: 'udp' }),
    ];
    const audit = await auditManners(contacts, manners(), 6);
    expect(brokenIn(audit)).toEqual([]);
    expect(finding(audit, 'rate')).toEqual({
      rule: 'rate',
      verdict: 'kept',
      checked: 6,
      broken: 0,
      unit: 'contacts-in-a-second',
      limit: 75,
      closest: 4,
      worst: null,
    });
    expect(finding(audit, 'network-rate')).toMatchObject({
      verdict: 'kept',
      checked: 6,
      limit: 3,
      closest: 3,
    });
    expect(finding(audit, 'cool-down-tcp')).toMatchObject({
      verdict: 'kept',
      checked: 5,
      limit: 300,
      closest: 300,
    });
    expect(finding(audit, 'cool-down-udp')).toMatchObject({ verdict: 'kept', checked: 1, closest: null });
    expect(finding(audit, 'complete')).toMatchObject({ verdict: 'kept', limit: 6, closest: 6 });
    expect(finding(audit, 'scope')).toMatchObject({ verdict: 'idle', checked: 0 });
    expect(finding(audit, 'exclusions')).toMatchObject({ verdict: 'idle' });
    expect(audit).toMatchObject({
      contacts: 6,
      byReason: { bootstrap: 1, learned: 4, repeat: 1 },
      byCarrier: { tcp: 5, udp: 1 },
      endpoints: 5,
      endpointsAgain: 1,
      hosts: 4,
      hostsAgain: 2,
      first: START,
      last: START + 300_001,
      backwards: 0,
    });
  });

  it('names the worst contact of a broken rate, and counts as few as possible', async () => {
    // 25 at once, then one every 20 ms: of 30 at once five are too many, and the next after 20 ms is not.
    const burst = Array.from({ length: 30 }, (_, i) => contact(0, `8.${i}.0.1:1`));
    const audit = await auditManners([...burst, contact(20, '9.9.9.9:1')], manners());
    expect(brokenIn(audit)).toEqual(['rate']);
    expect(finding(audit, 'rate')).toMatchObject({
      broken: 5,
      closest: 31,
      worst: { address: '8.25.0.1:1', time: START, value: 26 },
    });
  });

  it('finds a network that was contacted too often, whatever the rest', async () => {
    const contacts = [0, 1, 2, 1_500].map((time, i) => contact(time, `8.8.8.${i}:1`));
    const audit = await auditManners([contact(0, '9.9.9.9:1'), ...contacts], manners());
    expect(brokenIn(audit)).toEqual(['network-rate']);
    expect(finding(audit, 'network-rate')).toMatchObject({
      broken: 1,
      closest: 3,
      worst: { address: '8.8.8.2:1', time: START + 2, value: 3 },
    });
  });

  it('finds hosts that were contacted too soon again, and the soonest', async () => {
    const contacts = [
      contact(0, '8.8.8.8:1'),
      contact(5_000, '9.9.9.9:1', { carrier: 'udp' }),
      contact(200_000, '8.8.8.8:2'),
      contact(499_997, '8.8.8.8:3'),
      contact(499_997, '9.9.9.9:1', { carrier: 'udp' }),
    ];
    const audit = await auditManners(contacts, manners());
    expect(brokenIn(audit)).toEqual(['cool-down-tcp']);
    expect(finding(audit, 'cool-down-tcp')).toMatchObject({
      broken: 2,
      closest: 200,
      worst: { address: '8.8.8.8:2', time: START + 200_000, value: 200 },
    });
    expect(finding(audit, 'cool-down-udp')).toMatchObject({ closest: 494.997 });
  });

  it('allows for times without fractions of a millisecond', async () => {
    const audit = await auditManners([contact(0, '8.8.8.8:1'), contact(299_999, '8.8.8.8:1')], manners());
    expect(brokenIn(audit)).toEqual([]);
  });

  it('finds contacts to excluded and reserved addresses', async () => {
    const promised = manners({ excluded: ['8.8.0.0/16', '127.0.1.0/24'], allowNet: ['10.1.0.0/16'] });
    const contacts = [
      contact(0, '127.0.0.1:1'),
      contact(0, '10.1.0.1:1'),
      contact(1, '127.0.1.1:1'),
      contact(2, '10.2.0.1:1'),
      contact(3, '8.8.8.8:1'),
      contact(4, '239.1.1.1:1'),
    ];
    const audit = await auditManners(contacts, promised);
    expect(brokenIn(audit)).toEqual(['reserved', 'exclusions']);
    expect(finding(audit, 'exclusions')).toMatchObject({
      checked: 6,
      broken: 2,
      worst: { address: '127.0.1.1:1', time: START + 1, value: null },
    });
    expect(finding(audit, 'reserved')).toMatchObject({
      checked: 4,
      broken: 2,
      worst: { address: '10.2.0.1:1' },
    });
  });

  it('finds whoever left the machine without leave', async () => {
    const contacts = [contact(0, '127.0.0.1:1'), contact(0, '8.8.8.8:1')];
    const audit = await auditManners(contacts, readManners(LOOPBACK_MANNERS, 'test'));
    expect(brokenIn(audit)).toEqual(['scope']);
    expect(finding(audit, 'scope')).toMatchObject({ checked: 2, broken: 1, worst: { address: '8.8.8.8:1' } });
  });

  it('lets loopback be contacted as often as one likes, unless the rate was to hold there too', async () => {
    const contacts = Array.from({ length: 200 }, () => contact(0, '127.0.0.1:1'));
    const audit = await auditManners(contacts, manners());
    expect(brokenIn(audit)).toEqual([]);
    expect(audit).toMatchObject({ contacts: 200, endpoints: 1, endpointsAgain: 1, hosts: 0, hostsAgain: 0 });
    const rated = await auditManners(contacts, manners({ rateOnLoopback: true }));
    expect(finding(rated, 'rate')).toMatchObject({
      verdict: 'broken',
      checked: 200,
      broken: 175,
      closest: 200,
    });
  });

  it('finds a ledger that lacks contacts', async () => {
    const contacts = [contact(0, '8.8.8.8:1')];
    expect(finding(await auditManners(contacts, manners(), 3), 'complete')).toMatchObject({
      verdict: 'broken',
      checked: 3,
      broken: 2,
      limit: 3,
      closest: 1,
    });
    expect(finding(await auditManners(contacts, manners()), 'complete')).toMatchObject({ verdict: 'idle' });
  });

  it('tells of a clock that was set back', async () => {
    const contacts = [contact(1_000, '8.8.8.8:1'), contact(0, '9.9.9.9:1')];
    expect(await auditManners(contacts, manners())).toMatchObject({ backwards: 1, last: START + 1_000 });
  });

  it('finds nothing in an empty ledger', async () => {
    const audit = await auditManners([], manners(), 0);
    expect(audit).toMatchObject({ contacts: 0, first: null, last: null });
    expect(new Set(audit.findings.map(({ verdict }) => verdict))).toEqual(new Set(['idle', 'kept']));
  });

  it('agrees with the schedule: what that admits keeps the rules, and what it puts off would break one', async () => {
    const random = createRandom(11);
    const promised = manners({ rate: { perSecond: 40, burst: 4 }, networkRate: { perSecond: 5, burst: 2 } });
    const schedule = new ContactSchedule({
      rate: { perSecond: 40, burst: 4 },
      rateOnLoopback: false,
      networkRate: { perSecond: 5, burst: 2 },
      coolDown: { tcp: 300_000, udp: 120_000 },
    });
    const polite: Contact[] = [];
    const rude: Contact[] = [];
    for (let time = 0; polite.length < 3_000; time += random.uniform() * 30) {
      const host = random.int(40_000);
      const carrier = random.int(3) === 0 ? ('udp' as const) : ('tcp' as const);
      const endpoint = parseAddress(`8.8.${host % 250}.${1 + (host >>> 8)}:${1 + random.int(5)}`) as Address;
      const one = contact(Math.floor(time), endpoint, { carrier });
      const admission = schedule.admit(endpoint, carrier, time);
      if (admission.kind === 'now') polite.push(one);
      // More than what the audit allows for rounding.
      else if (rude.length < 20 && admission.at - time > 5) {
        rude.push(one);
        expect(brokenIn(await auditManners([...polite, one], promised)).length).toBe(1);
      }
    }
    expect(rude.length).toBe(20);
    expect(brokenIn(await auditManners(polite, promised))).toEqual([]);
  });
});

describe('the replay of a rate', () => {
  it('calls a contact early by how long it should have waited', () => {
    const replay = new RateReplay({ perSecond: 10, burst: 1 });
    expect([0, 60, 100, 199, 250].map((time) => replay.earliness(0, time))).toEqual([
      0,
      expect.closeTo(40, 6),
      0,
      0,
      expect.closeTo(50, 6),
    ]);
  });
});

describe('the window of a second', () => {
  it('counts as one does by hand', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 20 })), {
      maxLength: 600,
    });
    fc.assert(
      fc.property(steps, (waits) => {
        const window = new SecondWindow();
        const all: { time: number; key: number }[] = [];
        let time = 0;
        for (const [wait, key] of waits) {
          time += wait > 300 ? wait : 0;
          all.push({ time, key });
          const count = window.add(key, time);
          const recent = all.filter((one) => one.time >= time - 1000);
          expect(window.size).toBe(recent.length);
          expect(count).toBe(recent.filter((one) => one.key === key).length);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('recorded manners', () => {
  it.each([
    [undefined, 'crawl: the manners of the crawl are missing'],
    [{}, /crawl: the manners of the crawl are not whole: live/],
    [{ ...LOOPBACK_MANNERS, rate: { perSecond: 0, burst: 1 } }, /not whole: rate\.perSecond/],
    [
      { ...LOOPBACK_MANNERS, excluded: ['8.8.8.8/8'] },
      /"8\.8\.8\.8\/8" has an address with bits beyond the first 8/,
    ],
  ])('are refused where they are not whole: %j', (recorded, message) => {
    expect(() => readManners(recorded, 'crawl')).toThrow(message);
  });
});
