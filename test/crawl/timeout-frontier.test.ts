import { describe, expect, it } from 'vitest';
import { timeoutFrontier } from '../../src/crawl/timeout-frontier.ts';

describe('the frontier of timeouts', () => {
  // By hand: of 1,000 contacts, 600 answer after 100 ms, 100 after 3 s, and 300 never.
  const seen = {
    contacts: 1_000,
    answers: [
      { wait: 100, share: 0.6 },
      { wait: 3_000, share: 0.1 },
    ],
  };
  const frontier = timeoutFrontier(seen, 50, 8_000);
  const at = (timeout: number) => frontier.find((choice) => choice.timeout === timeout);

  it('says what a shorter timeout loses, and what it saves', () => {
    expect(at(1_000)?.answersLost).toBeCloseTo(100, 9);
    expect(at(1_000)?.lostShare).toBeCloseTo(1 / 7, 9);
    // 600 x 0.1 s, and 400 x 1 s.
    expect(at(1_000)?.waitingSeconds).toBeCloseTo(460, 9);
    expect(at(1_000)?.leastSeconds).toBeCloseTo(9.2, 9);
  });

  it('loses nothing that was seen with the longest one, and says what that took', () => {
    expect(frontier.at(-1)?.timeout).toBe(8_000);
    expect(at(8_000)?.answersLost).toBe(0);
    // 600 x 0.1 s, 100 x 3 s, and 300 x 8 s.
    expect(at(8_000)?.waitingSeconds).toBeCloseTo(2_760, 9);
  });

  it('is all waiting where nobody answered', () => {
    const nobody = timeoutFrontier({ contacts: 10, answers: [] }, 10, 2_000);
    expect(nobody.at(-1)).toEqual({
      timeout: 2_000,
      answersLost: 0,
      lostShare: 0,
      waitingSeconds: 20,
      leastSeconds: 2,
    });
  });
});
