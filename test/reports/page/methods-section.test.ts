import { describe, expect, it } from 'vitest';
import { leftOutSection } from '../../../src/reports/page/methods-section.ts';
import type { ReportedInput } from '../../../src/reports/page/reported-input.ts';
import { TopologyBuilder } from '../../../src/topology/builder.ts';

const INPUT: ReportedInput = {
  name: 'big.snapshot',
  topology: new TopologyBuilder(false).build(),
  notes: [],
  digests: {},
  findings: [],
  leftOut: [{ analysis: 'centrality', seconds: 7_200, bytes: 3e9 }],
  graph: { drawing: undefined, signs: [], words: '' },
};

describe('what a report leaves out', () => {
  it('is named, with what it would take and how to have it', () => {
    expect(leftOutSection([INPUT])).toMatchObject([
      {
        title: 'What was left out',
        blocks: [
          {
            kind: 'list',
            items: [
              'centrality of big.snapshot would take about 2 h of one processor core and 3,000 MB of memory. To have it: peerscope analyze big.snapshot --only centrality, or this report with --force.',
            ],
          },
        ],
      },
    ]);
  });

  it('is no section where everything was measured', () => {
    expect(leftOutSection([{ ...INPUT, leftOut: [] }])).toEqual([]);
  });
});
