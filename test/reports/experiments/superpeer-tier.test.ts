import { describe, expect, it } from 'vitest';
import { ccdfOf } from '../../../src/reports/experiments/ccdf.ts';
import { degreesByDefinition, superpeerTier } from '../../../src/reports/experiments/superpeer-tier.ts';
import type { LinkRow, PeerRow, SnapshotTables } from '../../../src/snapshot/rows.ts';
import { address } from '../../support/visits.ts';

const peer = (number: number, role: PeerRow['role'], respondent: boolean): PeerRow => ({
  id: address(number),
  address: address(number),
  role,
  agent: undefined,
  outcome: respondent ? 'ok' : undefined,
  respondent,
  listing: undefined,
  truncated: false,
  liveSince: undefined,
  firstSeen: undefined,
  lastSeen: undefined,
});
const link = (
  source: number,
  target: number,
  reportedBy: LinkRow['reportedBy'],
  relation: LinkRow['relation'] = 'connection',
): LinkRow => ({
  source: address(source),
  target: address(target),
  relation,
  evidence: 'self-report',
  reportedBy,
});

// By hand: 1, 2 and 3 answered; 4 had left, and was listed by 1 and 2; 5 is a leaf of 1; 6 answered and has no links.
const TABLES: SnapshotTables = {
  peers: [
    peer(1, 'superpeer', true),
    peer(2, 'superpeer', true),
    peer(3, 'superpeer', true),
    peer(4, undefined, false),
    peer(5, 'leaf', false),
    peer(6, 'superpeer', true),
  ],
  links: [
    link(1, 2, 'both'),
    link(1, 3, 'target'),
    link(1, 4, 'source'),
    link(2, 4, 'source'),
    link(5, 1, 'target', 'registration'),
  ],
};

describe('the superpeer tier of a snapshot', () => {
  it('has no leaves and no registrations; who is not known as a leaf belongs to it', () => {
    const tier = superpeerTier(TABLES);
    expect(tier.peers.map(({ id }) => id)).toEqual([1, 2, 3, 4, 6].map(address));
    expect(tier.links).toHaveLength(4);
  });

  it('has different degrees by each definition', () => {
    const degrees = degreesByDefinition(superpeerTier(TABLES));
    // Peer 1 listed 2 and 4, and was listed by 3 later on.
    expect([...degrees.listed]).toEqual([2, 2, 1, 0]);
    expect([...degrees.answered]).toEqual([3, 2, 1]);
    expect([...degrees.mentioned]).toEqual([2]);
    expect([...degrees.everybody]).toEqual([3, 2, 1, 2]);
  });
});

describe('a complementary cumulative distribution', () => {
  it('is the share of the peers at a degree or above', () => {
    expect(ccdfOf(Uint32Array.of(3, 1, 1, 5))).toEqual([
      { degree: 1, peers: 2, ccdf: 1 },
      { degree: 3, peers: 1, ccdf: 0.5 },
      { degree: 5, peers: 1, ccdf: 0.25 },
    ]);
    expect(ccdfOf(new Uint32Array())).toEqual([]);
  });
});
