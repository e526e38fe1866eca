import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/core/nearest.ts';

const COMMANDS = ['analyze', 'crawl', 'simulate', 'demo'];

describe('the nearest word', () => {
  it.each([
    ['analzye', 'analyze'], // two neighbours exchanged
    ['analyse', 'analyze'],
    ['analyz', 'analyze'],
    ['CRAWL', 'crawl'],
    ['crwal', 'crawl'],
    ['simluate', 'simulate'],
    ['dem', 'demo'],
  ])('for "%s" is "%s"', (word, meant) => {
    expect(nearest(word, COMMANDS)).toBe(meant);
  });

  it.each(['', 'xyzzy', 'report', 'd'])('is nothing for "%s", which is like none of them', (word) => {
    expect(nearest(word, COMMANDS)).toBeUndefined();
  });

  it('is nothing among none, and the first of equally near ones', () => {
    expect(nearest('demo', [])).toBeUndefined();
    expect(nearest('cat', ['bat', 'hat'])).toBe('bat');
  });
});
