import { describe, expect, it } from 'vitest';
import { crawlSummary } from '../../src/reports/crawl-summary.ts';
import type { Accuracy } from '../../src/snapshot/accuracy/accuracy-schema.ts';
import { SNAPSHOT_SCHEMA, type Manifest } from '../../src/snapshot/manifest.ts';
import type { Score } from '../../src/snapshot/score.ts';

const COUNTS: NonNullable<Manifest['counts']> = {
  peers: 5_000,
  links: 24_000,
  respondents: 750,
  truncated: 0,
  contacted: 750,
  connectionsOnly: 0,
  visits: 750,
  rejectedEntries: 0,
  bytesSent: 1,
  bytesReceived: 1,
  byOutcome: { ok: 750 },
};

const MANIFEST: Manifest = {
  schema: SNAPSHOT_SCHEMA,
  tool: 'peerscope/test',
  overlay: 'gnutella',
  origin: 'crawl',
  state: 'complete',
  startedAt: '2002-08-01T00:00:00.000Z',
  endedAt: '2002-08-01T00:00:01.000Z',
  durationSeconds: 0.75,
  bootstrap: ['127.1.0.1:6346'],
  options: {},
  seed: 1,
  counts: COUNTS,
  digests: {},
};

const SCORE: Score = {
  found: 5_000,
  reachable: 5_000,
  total: 5_000,
  linksFound: 24_000,
  linksReachable: 24_000,
  linksTotal: 24_000,
  peersMissing: 0,
  peersExtra: 0,
  linksMissing: 0,
  linksExtra: 0,
  rolesDiffering: 0,
  components: 1,
};

const none = { value: 0, low: null, high: null };
const ACCURACY: Accuracy = {
  method: 'second-look',
  peers: {
    captured: 5_000,
    gone: 10,
    missing: 20,
    size: { value: 5_010, low: null, high: null },
    completeness: { value: 0.9997, low: 0.981, high: 1 },
    distortion: { value: 0.003, low: null, high: null },
  },
  asked: null,
  learned: null,
  links: {
    captured: 1,
    gone: 0,
    missing: 0,
    size: none,
    completeness: { ...none, value: 0.952 },
    distortion: none,
  },
  oneEndedDistortion: null,
  unreachable: 0,
  linkCoverageBound: 1,
  hiddenPeers: null,
  hiddenLinks: null,
  reportedByBoth: null,
  reportedByOne: null,
  truncatedListings: 0,
  unconfirmedMentions: 0,
  vendorBias: null,
  secondLook: null,
};

describe('the summary of a crawl', () => {
  it('says what was found, how complete it is, and that nothing is wrong where that is so', () => {
    expect(crawlSummary({ ...MANIFEST, accuracy: ACCURACY }, SCORE)).toEqual([
      'Found 5,000 peers and 24,000 links in 0.75 s: 750 visits, 1,000 a second.',
      'All 750 peers that were asked answered; the other 4,250 were only learned of.',
      'By its own estimate it has more than 99.9 % (98.1 % to 100.0 %) of the peers and 95.2 % of the links that were there at its end, and its distortion is 0.3 %.',
      'Against the truth: nothing is missing, and nothing is made up.',
      'Nothing stands against it: all that were asked answered, and no listing was cut off.',
    ]);
  });

  it('says what is wrong: failures, cut listings, an early end', () => {
    const counts = {
      ...COUNTS,
      respondents: 600,
      truncated: 3,
      visits: 800,
      byOutcome: { ok: 600, silent: 120, 'connect-timeout': 30, reset: 30, refused: 20 } as const,
    };
    expect(
      crawlSummary({ ...MANIFEST, state: 'incomplete', durationSeconds: 80, counts }, undefined),
    ).toEqual([
      'Found 5,000 peers and 24,000 links in 1 min 20 s: 800 visits, 10 a second.',
      '600 of the 750 peers that were asked answered (80.0 %); the other 4,250 were only learned of. Most visits that failed: 120 silent, 30 connect-timeout, 30 reset.',
      'The crawl ended early: peers and links are missing.',
      '3 listings may have been cut off by the peers that sent them: links and leaves are lower bounds. Asking the leaves too (--leaves) finds more.',
      'Links between two of the 150 peers that gave no answer are not known.',
    ]);
  });

  it('tells what the truth has more and less, of what could be reached', () => {
    const differing = { ...SCORE, reachable: 4_990, peersMissing: 12, linksExtra: 1 };
    expect(crawlSummary(MANIFEST, differing)[2]).toBe(
      'Against the truth: 12 of 4,990 peers of what could be reached missing, 1 link too many.',
    );
    expect(crawlSummary(MANIFEST, { ...SCORE, reachable: 4_990 })[2]).toBe(
      'Against the truth: nothing of what could be reached is missing, and nothing is made up.',
    );
  });

  it('does not praise a crawl whose peers are there and cannot be reached', () => {
    const summary = crawlSummary({ ...MANIFEST, accuracy: { ...ACCURACY, unreachable: 0.3 } }, undefined);
    expect(summary.join(' ')).not.toContain('Nothing stands against it');
  });

  it('names virtual time, and is silent about a crawl of which nothing was counted', () => {
    expect(crawlSummary({ ...MANIFEST, options: { virtual: true } }, undefined)[0]).toContain(
      'in 0.75 s of virtual time',
    );
    expect(crawlSummary({ ...MANIFEST, counts: null }, undefined)).toEqual([]);
  });
});
