import { describe, expect, it } from 'vitest';
import { PLAIN } from '../../src/charts/style.ts';
import { createRandom } from '../../src/core/random.ts';
import { estimatesOf } from '../../src/crawl/sampling/estimates.ts';
import { topologyOracle } from '../../src/crawl/sampling/topology-oracle.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { twoTier } from '../../src/models/two-tier.ts';
import { formatTables } from '../../src/reports/format-tables.ts';
import { sampleReport } from '../../src/reports/sample-report.ts';
import { path, sampleOf, star } from '../crawl/sampling/support.ts';

const { topology } = twoTier.generate({ ...DEFAULT_MODEL_OPTIONS, peers: 5_000 }, createRandom(1));
const oracle = topologyOracle(topology, {
  isSilent: (peer) => peer % 5 === 3,
  agentOf: (peer) => (peer % 2 === 0 ? 'even' : 'odd'),
});
const terminal = { width: 80, style: PLAIN };

async function reportOf(...[source, options]: Parameters<typeof sampleOf>) {
  const sample = await sampleOf(source, options);
  return sampleReport({ sample, estimates: estimatesOf(sample, createRandom(1)) });
}

describe('the report of a sample', () => {
  it('has estimates with intervals, effective size, expected distance, and what cannot be known', async () => {
    const report = await reportOf(oracle, { contacts: 400 });
    expect(report.tables.map(({ name }) => name)).toEqual([
      'sample',
      'sample-degree',
      'sample-agents',
      'sample-degree-superpeers',
      'sample-degree-leaves',
      'sample-degree-all',
    ]);
    const text = [...formatTables(report, 'table', terminal)].join('');
    expect(text).toContain('share of superpeers');
    expect(text).toContain('effective_size');
    expect(text).toContain('listed neighbours do not answer');
    expect(text).toContain('leaves drawn did not answer as leaves');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    const document = JSON.parse([...formatTables(report, 'json', terminal)].join('')) as Record<
      string,
      unknown
    >;
    expect(document).toMatchObject({ schema: 'peerscope/sample/1', method: 'rds', contacts: 400 });
    expect([...formatTables(report, 'csv', terminal)].join('')).toMatch(
      /^table,row,column,value\nsample,1,what/,
    );
  });

  it('says that without asking leaves there is a bound only', async () => {
    const { tables, document } = await reportOf(oracle, { contacts: 300, leafShare: 0 });
    expect(document['superpeerShare']).toBeNull();
    expect(tables[0]?.rows.some(([what]) => what === 'share of superpeers, at least')).toBe(true);
    expect(tables[0]?.notes?.join(' ')).toContain('lower bound only');
  });

  it('warns of a walk that hung at one peer', async () => {
    // Beside the middle of a star with 3,000 ends the corrected walk stays for 3,000 steps.
    const hanging = await reportOf(star(3_000), { method: 'mrwb', steps: 2_000, walks: 1 });
    expect(hanging.tables[0]?.notes?.join(' ')).toContain('too short for this overlay');
    const moving = await reportOf(path(3), { steps: 2_000 });
    expect(moving.tables[0]?.notes?.join(' ')).not.toContain('too short');
  });

  it('of nobody says so', async () => {
    const { tables } = await reportOf(topologyOracle(topology, { isSilent: () => true }));
    expect(tables[0]?.title).toContain('no bootstrap peer led to a superpeer');
  });
});
