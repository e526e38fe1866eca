import { describe, expect, it } from 'vitest';
import { accuracyTables } from '../../src/reports/accuracy-report.ts';
import { accuracySchema, type Accuracy } from '../../src/snapshot/accuracy/accuracy-schema.ts';

const sure = (value: number) => ({ value, low: value, high: value });
const balance = {
  captured: 101,
  gone: 3,
  missing: 2,
  size: sure(100),
  completeness: sure(0.98),
  distortion: { value: 0.025, low: 0.02, high: 0.03 },
};

const accuracy: Accuracy = {
  method: 'second-look',
  peers: balance,
  asked: null,
  learned: null,
  links: balance,
  oneEndedDistortion: 0.03,
  unreachable: 0.3,
  linkCoverageBound: 0.91,
  hiddenPeers: 12,
  hiddenLinks: 40,
  reportedByBoth: 5,
  reportedByOne: 7,
  truncatedListings: 0,
  unconfirmedMentions: 1,
  vendorBias: null,
  secondLook: { asked: 50, decided: 48, seconds: 0.2 },
};

describe('the report of a snapshot’s own error', () => {
  it('gives percentages with their intervals, and says in a sentence what they rest on', () => {
    const [table] = accuracyTables(accuracy);
    expect(table?.rows.map(([of]) => of)).toEqual(['peers', 'links']);
    expect(table?.rows[0]?.slice(-3)).toEqual([2.5, 2, 3]);
    expect(table?.notes?.[0]).toContain('50 of those that answered were asked once more');
    expect(table?.notes?.[1]).toContain('91');
  });

  it('is what the manifest can hold', () => {
    expect(accuracySchema.parse(JSON.parse(JSON.stringify(accuracy)))).toEqual(accuracy);
  });
});
