import { describe, expect, it } from 'vitest';
import { ipOf, isLoopbackIp, parseAddress, type Address } from '../../src/core/address.ts';
import {
  FIRST_SYBIL,
  loopbackAddress,
  nobodysAddress,
  SYBILS_PER_NET,
} from '../../src/simulate/loopback-addresses.ts';
import { liesOf } from '../../src/simulate/lies.ts';
import type { Lie } from '../../src/simulate/trouble.ts';
import { ask, listedIn, neighboursOf, peerAt, START, virtually, visitsOf } from './support.ts';

describe('the lies of a liar', () => {
  const told = (lie: Lie, remoteIp = '127.0.0.1') =>
    liesOf(lie, {
      self: '127.1.0.1:6346' as Address,
      remoteIp,
      port: 6346,
      nobody: (number) => nobodysAddress(number, 6346),
      fakes: 50,
      firstFake: 7,
    });

  it.each<[Lie, number]>([
    ['fake', 50],
    ['flood', 1_000_000],
  ])('with %s are so many addresses that nobody has', (lie, count) => {
    const entries = told(lie);
    expect(entries).toHaveLength(count);
    const distinct = new Set(entries);
    expect(distinct.size).toBeGreaterThanOrEqual(50);
    for (const entry of distinct) expect(entry).toMatch(/^127\.2[45]\d\.\d+\.\d+:6346$/);
  });

  it('with bogon are addresses that read well and must never be dialled', () => {
    const addresses = told('bogon').map((entry) => parseAddress(entry));
    expect(addresses.length).toBeGreaterThanOrEqual(10);
    for (const address of addresses) {
      expect(address).toBeDefined();
      expect(isLoopbackIp(ipOf(address!))).toBe(false);
    }
  });

  it.each<[Lie]>([['port-zero'], ['garbage']])('with %s are no addresses at all', (lie) => {
    expect(told(lie).length).toBeGreaterThan(2);
    for (const entry of told(lie)) expect(parseAddress(entry)).toBeUndefined();
  });

  it('with crawler are addresses of whoever asks, of IPv6 too', () => {
    expect(told('crawler')).toEqual(['127.0.0.1:6346']);
    expect(told('crawler', '::1').map((entry) => parseAddress(entry))).toEqual(['[::1]:6346']);
  });

  it('with self is its own address, twice', () => {
    expect(told('self')).toEqual(['127.1.0.1:6346', '127.1.0.1:6346']);
  });
});

describe('sybils', () => {
  const nets = 2;
  const sybilAddress = (number: number) => loopbackAddress(FIRST_SYBIL + number, 6346);
  const simulation = () =>
    virtually({ sybilNets: nets }, { model: 'two-tier', peers: 300, superpeerDegree: 8 });

  it('fill /24 nets of their own, and answer as superpeers that have just come up', async () => {
    const overlay = simulation();
    for (let number = 0; number < nets * SYBILS_PER_NET; number++) {
      const address = sybilAddress(number);
      expect(ipOf(address)).toMatch(number < 254 ? /^127\.255\.0\./ : /^127\.255\.1\./);
      const visit = await ask(overlay.network, address);
      expect(visit).toMatchObject({ outcome: 'ok', claims: { peers: [{ role: 'superpeer' }] } });
      expect(visit.claims.peers[0]?.liveSince).toBeGreaterThanOrEqual(START);
    }
    const beyond = sybilAddress(nets * SYBILS_PER_NET);
    expect(await ask(overlay.network, beyond)).toMatchObject({ outcome: 'connect-refused' });
  });

  it('list thirty others of their kind, of all nets, and ten of each net a victim that lists them too', async () => {
    const overlay = simulation();
    const { addressOf, membership } = overlay.population;
    const victims = new Map<Address, Address>();
    let ofOtherNets = 0;
    for (let number = 0; number < nets * SYBILS_PER_NET; number++) {
      const address = sybilAddress(number);
      const listed = listedIn(await ask(overlay.network, address));
      const kin = listed.filter((other) => peerAt(other) >= FIRST_SYBIL);
      expect(new Set(listed).size).toBe(listed.length);
      expect(listed).not.toContain(address);
      expect(kin.length).toBeGreaterThanOrEqual(29);
      expect(kin.length).toBeLessThanOrEqual(30);
      ofOtherNets += kin.filter((other) => peerAt(other) - FIRST_SYBIL < 254 !== number < 254).length;
      const others = listed.filter((other) => peerAt(other) < FIRST_SYBIL);
      expect(others.length).toBeLessThanOrEqual(1);
      if (others[0] !== undefined) victims.set(address, others[0]);
    }
    expect(victims.size).toBe(10 * nets);
    // Half of all that are drawn.
    expect(ofOtherNets / (30 * nets * SYBILS_PER_NET)).toBeCloseTo(0.5, 1);
    for (const [sybil, victim] of victims) {
      expect(membership.roleOf(membership.slotOf(peerAt(victim)) ?? NaN)).toBe('superpeer');
      const listed = listedIn(await ask(overlay.network, victim));
      expect(listed).toContain(sybil);
      expect(listed).toEqual(expect.arrayContaining(neighboursOf(overlay, peerAt(victim)).map(addressOf)));
    }
    expect(new Set(victims.values()).size).toBe(10 * nets);
  });

  it('are found by a crawl, all of them, and are no peers of the truth, only sessions', async () => {
    const overlay = simulation();
    const visits = await visitsOf(overlay, overlay.network);
    const found = visits.filter(({ endpoint }) => peerAt(endpoint) >= FIRST_SYBIL);
    expect(found).toHaveLength(nets * SYBILS_PER_NET);
    const truth = overlay.truth();
    expect([...truth.peers]).toHaveLength(300);
    for (const { id } of truth.peers) expect(peerAt(id as Address)).toBeLessThan(300);
    for (const { source, target } of truth.links) {
      expect(peerAt(source as Address)).toBeLessThan(300);
      expect(peerAt(target as Address)).toBeLessThan(300);
    }
    const behaviours = [...(overlay.sessions()?.sessions ?? [])].map(({ behaviour }) => behaviour);
    expect(behaviours.filter((behaviour) => behaviour === 'sybil')).toHaveLength(nets * SYBILS_PER_NET);
    expect(behaviours).toHaveLength(300 + nets * SYBILS_PER_NET);
    expect(overlay.sessions()?.linkSessions).toBeUndefined();
  });

  it('keep to the slots of their victims where peers come and go', async () => {
    const overlay = virtually({ sybilNets: 1, churn: 'exponential:1', repair: 1 }, { peers: 60 });
    const victimOf = async () => {
      const listed = listedIn(await ask(overlay.network, sybilAddress(0)));
      return listed.find((address) => peerAt(address) < FIRST_SYBIL);
    };
    const before = await victimOf();
    overlay.population.membership.advance(START + 30 * 60_000);
    const after = await victimOf();
    expect(after).not.toBe(before);
    expect(listedIn(await ask(overlay.network, after!))).toContain(sybilAddress(0));
  });
});
