import { describe, expect, it } from 'vitest';
import { ethicsPage, type EthicsValues } from '../../src/reports/ethics-page.ts';
import { LIVE_MANNERS, LOOPBACK_MANNERS } from '../snapshot/manners.ts';

const values: EthicsValues = {
  tool: 'peerscope 0.1.0',
  overlay: 'gnutella',
  purpose: 'Degrees of a living overlay',
  startedAt: '2005-02-02T12:00:00.000Z',
  endedAt: '2005-02-02T13:00:00.000Z',
  state: 'complete',
  manners: {
    ...LIVE_MANNERS,
    excluded: ['192.0.2.0/24'],
    excludedLater: [],
    allowNet: ['10.1.0.0/16'],
    sources: ['198.51.100.7'],
  },
  contacts: { bootstrap: 2, learned: 12_345 },
  excludedEndpoints: 17,
  pseudonyms: { key: '0123456789abcdef' },
};

describe('the page about manners in a snapshot', () => {
  it('says who did what to whom, and how to complain', () => {
    const page = ethicsPage(values);
    for (const fact of [
      'peerscope 0.1.0 crawled gnutella over the network.',
      'The snapshot is complete.',
      'Degrees of a living overlay',
      'Write to https://example.org/crawl.',
      'Contacts come from 198.51.100.7.',
      'All contacts together: at most 50 a second, 25 at once.',
      'at most 1 a second, 2 at once.',
      'at least 300 s between two connections, and 120 s between two datagrams',
      'Excluded: 1 addresses and nets.',
      'but for 10.1.0.0/16',
      '| learned | 12,345 |',
      '17 endpoints were learned and not contacted',
      'pseudonyms of addresses (key 0123456789abcdef)',
      'peerscope audit-manners DIR',
    ]) {
      expect(page).toContain(fact);
    }
  });

  it('says of a crawl on loopback that it contacted nobody', () => {
    const page = ethicsPage({
      ...values,
      manners: LOOPBACK_MANNERS,
      pseudonyms: undefined,
      purpose: undefined,
    });
    expect(page).toContain('on the loopback addresses of one machine only');
    expect(page).toContain('Nobody but the machine itself was contacted.');
    expect(page).toContain('gave no purpose');
    expect(page).not.toContain('Do not publish them either');
  });

  it('warns of addresses that are no pseudonyms', () => {
    expect(ethicsPage({ ...values, pseudonyms: undefined })).toContain('Do not publish them either.');
  });

  it('says of a crawl that was killed that it has not ended, and lists no contacts where there are none', () => {
    const page = ethicsPage({ ...values, endedAt: null, state: 'incomplete', contacts: {} });
    expect(page).toContain('it has not ended. The snapshot is incomplete.');
    expect(page).toContain('None. 17 endpoints');
  });

  it('takes what a user typed for text, not for markup', () => {
    const page = ethicsPage({ ...values, purpose: '# big\n<script>[x](y)\u001b[2J' });
    expect(page).toContain('\\# big \\<script\\>\\[x\\](y)␛\\[2J');
  });

  it('is Markdown with one title', () => {
    expect(ethicsPage(values).match(/^# /gm)).toHaveLength(1);
    expect(ethicsPage(values).endsWith('\n')).toBe(true);
  });
});
