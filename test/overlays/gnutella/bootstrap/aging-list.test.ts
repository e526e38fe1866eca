import { describe, expect, it } from 'vitest';
import { AgingList } from '../../../../src/overlays/gnutella/bootstrap/aging-list.ts';
import { HourlyCounts } from '../../../../src/overlays/gnutella/bootstrap/hourly-counts.ts';

describe('a list of what was heard of', () => {
  it('forgets at the end of a lifetime, and the oldest when it is full', () => {
    const list = new AgingList<string>(2, 10);
    for (const [at, key] of ['a', 'b', 'c'].entries()) list.add(key, undefined, at);
    expect(list.keys(2)).toEqual(['b', 'c']);
    expect(list.keys(11)).toEqual(['c']);
    expect(list.heardAt('c', 11)).toBe(2);
    expect(list.heardAt('c', 12)).toBeUndefined();
    expect(list.size).toBe(0);
  });

  it('keeps what is heard of again, with its last facts', () => {
    const list = new AgingList<string, number>(2, 10);
    list.add('a', 1, 0);
    list.add('b', 2, 1);
    list.add('a', 3, 2);
    list.add('c', 4, 3);
    expect(list.newest(9, 3)).toEqual([
      { key: 'c', at: 3, facts: 4 },
      { key: 'a', at: 2, facts: 3 },
    ]);
    expect(list.newest(1, 3)).toMatchObject([{ key: 'c' }]);
    expect(list.newest(0, 3)).toEqual([]);
  });

  it('takes a step of the clock backwards for no time at all', () => {
    const list = new AgingList<string>(9, 10);
    list.add('a', undefined, 100);
    list.add('b', undefined, 50);
    expect(list.keys(60)).toEqual(['a', 'b']);
    expect(list.heardAt('b', 60)).toBe(100);
    expect(list.keys(109)).toEqual(['a', 'b']);
    expect(list.keys(110)).toEqual([]);
  });
});

describe('counts by the hour', () => {
  it('are of the last full hour, and none where that was quiet', () => {
    const counts = new HourlyCounts();
    const hour = 3_600_000;
    for (const at of [0, 1, hour - 1, hour]) counts.add(at);
    expect([
      counts.total,
      counts.lastHour(hour),
      counts.lastHour(2 * hour),
      counts.lastHour(4 * hour),
    ]).toEqual([4, 3, 1, 0]);
  });
});
