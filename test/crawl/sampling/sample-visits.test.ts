import { describe, expect, it } from 'vitest';
import type { Visit } from '../../../src/core/visit.ts';
import { visitsDuring } from '../../../src/crawl/sampling/sample-visits.ts';
import { address, visit } from '../../support/visits.ts';

async function all(batches: AsyncIterable<readonly Visit[]>): Promise<Visit[]> {
  const visits: Visit[] = [];
  for await (const batch of batches) visits.push(...batch);
  return visits;
}

describe('visits of something that tells of them', () => {
  it('come in their order, at once or later, and all of them before the end', async () => {
    const visits = [1, 2, 3, 4].map((number) => visit(address(number)));
    const told = visitsDuring(async (onVisit) => {
      for (const [place, one] of visits.entries()) {
        if (place % 2 === 1) await new Promise((resolve) => setTimeout(resolve, 1));
        onVisit(one);
      }
    });
    expect(await all(told)).toEqual(visits);
  });

  it('end with its failure, after what had been told', async () => {
    const seen: Visit[] = [];
    const told = visitsDuring(async (onVisit) => {
      onVisit(visit(address(1)));
      await Promise.reject(new Error('no means'));
    });
    const reading = (async () => {
      for await (const batch of told) seen.push(...batch);
    })();
    await expect(reading).rejects.toThrow('no means');
    expect(seen).toHaveLength(1);
  });
});
