import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAddress, type Address } from '../../src/core/address.ts';
import { WAIT, type Question, type Transport } from '../../src/core/visit.ts';
import { ContactSchedule } from '../../src/crawl/manners/contact-schedule.ts';
import { LIVE_LIMITS } from '../../src/crawl/manners/contact-limits.ts';
import { LOOPBACK_ONLY } from '../../src/crawl/manners/dial-policy.ts';
import { rememberContacts } from '../../src/crawl/past-crawl.ts';
import { takeSnapshot } from '../../src/crawl/take-snapshot.ts';
import { openLedger, readLedger } from '../../src/snapshot/ledger.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { address, listing, visit } from '../support/visits.ts';

const ask = () => ({
  question: 'test',
  carrier: 'tcp' as const,
  opening: new Uint8Array(),
  receive: () => WAIT,
  end: () => visit(address(1)),
});
const question: Question = { name: 'test', carrier: 'tcp', ask };

/** 1 has gone; 2 and 3 know each other; 4 has gone and nobody lists it; 5 has gone, and 3 lists it. */
const transport: Transport = {
  converse: (endpoint) => {
    const known = new Map<Address, readonly Address[]>([
      [address(2), [address(3)]],
      [address(3), [address(2), address(5)]],
    ]).get(endpoint);
    const came =
      known === undefined
        ? visit(endpoint, { outcome: 'connect-refused' })
        : visit(endpoint, { claims: listing(endpoint, known) });
    return Promise.resolve(came);
  },
};

describe('peers that are remembered of an earlier crawl', () => {
  it('are asked after those that the user named, and are peers only where they answer or somebody lists them', async () => {
    const directory = temporaryFolder();
    const clock = {
      now: () => 1_000,
      monotonic: () => 0,
      after: () => () => undefined,
    };
    const { manifest } = await takeSnapshot({
      directory,
      transport,
      bootstrap: [address(1)],
      remembered: [address(4), address(2), address(5)],
      question,
      contactLeaves: false,
      concurrency: 1,
      overlay: 'test',
      recordedOptions: {},
      seed: null,
      signal: new AbortController().signal,
      now: clock.now,
      monotonic: clock.monotonic,
      secondLook: 10,
      manners: {
        policy: LOOPBACK_ONLY,
        schedule: new ContactSchedule({ ...LIVE_LIMITS, rate: undefined }),
        clock,
        isReal: true,
      },
    });
    const rows = readFileSync(join(directory, 'peers.csv'), 'utf8').trimEnd().split('\n').slice(1);
    expect(rows.map((row) => row.split(',')[0])).toEqual([1, 2, 3, 5].map(address));
    expect(manifest.bootstrap).toEqual([address(1)]);
    expect(manifest.accuracy?.unconfirmedMentions).toBe(1);
    const contacts: string[] = [];
    for await (const { address: peer, reason } of readLedger(directory, () => undefined)) {
      if (reason !== 'second-look') contacts.push(`${peer} ${reason}`);
    }
    expect(contacts).toEqual([
      `${address(1)} bootstrap`,
      ...[4, 2, 5, 3].map((number) => `${address(number)} learned`),
    ]);
  });
});

describe('the crawl after another one', () => {
  it('keeps its distance from whom that contacted last', async () => {
    const before = temporaryFolder();
    const peer = parseAddress('198.51.100.7:6346');
    if (peer === undefined) throw new Error('no address');
    const ledger = openLedger(before);
    ledger.note({ time: 1_000_000, address: peer, carrier: 'tcp', source: undefined, reason: 'learned' });
    ledger.close();
    const schedule = new ContactSchedule(LIVE_LIMITS);
    const clock = { now: () => 1_100_000, monotonic: () => 500_000, after: () => () => undefined };
    await rememberContacts(before, { policy: LOOPBACK_ONLY, schedule, clock, isReal: true });
    // Contacted 100 s ago, it is left alone for another 200 s.
    expect(schedule.admit(peer, 'tcp', 500_000)).toEqual({ kind: 'later', at: 700_000, limit: 'host' });
  });
});
