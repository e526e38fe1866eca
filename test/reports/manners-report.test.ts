import { describe, expect, it } from 'vitest';
import { formatTables } from '../../src/reports/format-tables.ts';
import { brokenRules, mannersReport } from '../../src/reports/manners-report.ts';
import { auditManners } from '../../src/snapshot/audit-manners.ts';
import { contact, manners } from '../snapshot/manners.ts';

const contacts = [contact(0, '8.8.8.8:1', { reason: 'bootstrap' }), contact(1_000, '8.8.8.8:1')];
const report = async () => ({
  directory: 'crawl',
  audit: await auditManners(contacts, manners(), 2),
  manners: manners(),
  damagedLines: 1,
});
const plain = { width: 100, style: (text: string) => text };

describe('a report of manners', () => {
  it('has a row for each rule, with the contact that broke it worst', async () => {
    const given = await report();
    const [rules, whom, why] = mannersReport(given).tables;
    expect(brokenRules(given.audit)).toEqual(['cool-down-tcp']);
    expect(rules?.rows.map(([rule, verdict]) => [rule, verdict])).toEqual([
      ['scope', 'idle'],
      ['reserved', 'kept'],
      ['exclusions', 'idle'],
      ['rate', 'kept'],
      ['network-rate', 'kept'],
      ['cool-down-tcp', 'broken'],
      ['cool-down-udp', 'idle'],
      ['complete', 'kept'],
    ]);
    expect(rules?.rows[5]).toEqual([
      ...['cool-down-tcp', 'broken', 2, 1, 300, 1, 'seconds-between-contacts', '8.8.8.8:1'],
      ...['2005-02-02T00:00:01.000Z', 1],
    ]);
    expect(rules?.notes?.[0]).toBe('Broken: cool-down-tcp.');
    expect(rules?.notes?.join(' ')).toContain('1 lines of the ledger cannot be read');
    expect(whom?.rows[0]?.slice(0, 7)).toEqual([2, 2, 0, 1, 1, 1, 1]);
    expect(why?.rows).toEqual([
      ['bootstrap', 1, 0.5],
      ['learned', 1, 0.5],
    ]);
  });

  it('is a document with ISO times', async () => {
    const { document } = mannersReport(await report());
    expect(document).toMatchObject({
      schema: 'peerscope/manners/1',
      kept: false,
      live: true,
      contacts: 2,
      first: '2005-02-02T00:00:00.000Z',
      byReason: { bootstrap: 1, learned: 1 },
    });
    expect(JSON.stringify(document)).toContain('"time":"2005-02-02T00:00:01.000Z","value":1');
  });

  it('is text, CSV and JSON', async () => {
    const given = mannersReport(await report());
    expect([...formatTables(given, 'table', plain)].join('')).toContain('The manners of the crawl crawl');
    expect([...formatTables(given, 'csv', plain)].join('')).toContain('manners,6,verdict,broken\n');
    expect(JSON.parse([...formatTables(given, 'json', plain)].join(''))).toMatchObject({ kept: false });
  });

  it('says that all was kept', async () => {
    const audit = await auditManners(contacts.slice(0, 1), manners());
    const { tables } = mannersReport({ directory: 'crawl', audit, manners: manners(), damagedLines: 0 });
    expect(tables[0]?.notes?.slice(0, 2)).toEqual([
      'Every rule was kept in 1 contacts.',
      'A live crawl; complaints go to https://example.org/crawl.',
    ]);
  });
});
