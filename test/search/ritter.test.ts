import { describe, expect, it } from 'vitest';
import { ritterTable } from '../../src/search/ritter.ts';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';

describe("Ritter's table beside floods of finite graphs", () => {
  const peers = 3_000;
  const cells = ritterTable({ peers, sources: 30, seed: 1 });

  it('has the formula, which floods follow as long as they are small beside the overlay', () => {
    expect(cells).toHaveLength(56);
    for (const cell of cells) {
      expect(cell.reached).toBeLessThanOrEqual(Math.min(cell.reach, peers - 1));
      expect(cell.messages).toBeLessThanOrEqual(cell.reach);
      // A flood of r peers meets itself about r^2 / (2 n) times.
      if (cell.reach < 60) expect(cell.reached / cell.reach).toBeGreaterThan(0.97);
    }
  });

  it('ends at 2E - n + 1 messages, where the formula goes on', () => {
    const last = cells.find(({ links, ttl }) => links === 8 && ttl === 8);
    expect(last).toMatchObject({ reach: 7_686_400, reached: peers - 1, messages: 8 * peers - peers + 1 });
    // With two links each the overlay is a ring, and the formula exact.
    for (const { links, reach, reached } of cells) if (links === 2) expect(reached).toBe(reach);
  });
});

describe('peerscope experiment ritter', () => {
  it('prints a row for each cell, and a table as Ritter has it for a person', async () => {
    const csv = await peerscope(['experiment', 'ritter', '--peers', '1000']);
    expect(csv.stdout.split(/\r?\n/)[0]).toBe('links,ttl,reach_by_formula,reached,messages,duplicates');
    const { stdout } = await peerscope(['experiment', 'ritter', '--peers', '1000', '--format', 'table']);
    expect(stdout).toContain('7,686,400');
    expectFailure(
      await peerscope(['experiment', 'ritter', '--slower', '1,2']),
      2,
      /--slower is for slow-crawl/,
    );
  });
});
