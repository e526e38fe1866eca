import { describe, expect, it } from 'vitest';
import { AdaptiveConcurrency, fixedConcurrency, type Load } from '../../src/crawl/concurrency.ts';

const waiting: Load = { utilisation: 0.2, limited: true, ended: 100, lost: 5 };

function adaptive(ceiling = 10_000): AdaptiveConcurrency {
  return new AdaptiveConcurrency({ least: 256, ceiling, utilisation: () => 0 });
}

describe('adaptive concurrency', () => {
  it('grows while the program waits and peers wait for room, up to its ceiling', () => {
    const concurrency = adaptive(5_000);
    for (let stretch = 0; stretch < 60; stretch++) concurrency.adapt(waiting);
    expect(concurrency.most).toBe(5_000);
  });

  it('stays where the program is at work, or where nobody waits for room', () => {
    const concurrency = adaptive();
    concurrency.adapt({ ...waiting, utilisation: 0.95 });
    concurrency.adapt({ ...waiting, limited: false });
    expect(concurrency.most).toBe(256);
  });

  it('halves when more contacts get lost than before, and does not grow for a while', () => {
    const concurrency = adaptive();
    for (let stretch = 0; stretch < 10; stretch++) concurrency.adapt(waiting);
    const before = concurrency.most;
    concurrency.adapt({ ...waiting, lost: 60 });
    const after = Math.floor(before / 2);
    expect(concurrency.most).toBe(after);
    for (let stretch = 0; stretch < 5; stretch++) concurrency.adapt(waiting);
    expect(concurrency.most).toBe(after);
    for (let stretch = 0; stretch < 40; stretch++) concurrency.adapt(waiting);
    expect(concurrency.most).toBeGreaterThan(before);
  });

  it('takes a loss that is always there for what it is', () => {
    const concurrency = adaptive();
    for (let stretch = 0; stretch < 10; stretch++) concurrency.adapt({ ...waiting, lost: 40 });
    expect(concurrency.most).toBeGreaterThan(256);
  });

  it('never exceeds again what the machine had no means for', () => {
    const concurrency = adaptive();
    concurrency.lower(100);
    for (let stretch = 0; stretch < 20; stretch++) concurrency.adapt(waiting);
    expect(concurrency.most).toBe(100);
    concurrency.lower(0);
    expect(concurrency.most).toBe(1);
  });

  it('can also be a number that is only ever lowered', () => {
    const concurrency = fixedConcurrency(50);
    concurrency.lower(80);
    expect(concurrency.most).toBe(50);
    concurrency.lower(20);
    expect(concurrency.most).toBe(20);
  });
});
