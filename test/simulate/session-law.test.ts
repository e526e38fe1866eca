import { describe, expect, it } from 'vitest';
import { PeerscopeError } from '../../src/core/errors.ts';
import { createRandom } from '../../src/core/random.ts';
import { MINUTE, parseSessionLaw, traceLaw, type SessionLaw } from '../../src/simulate/session-law.ts';

const DRAWS = 20_000;
/** Kolmogorov's critical value at 1 %, for as many draws. */
const CRITICAL = 1.628 / Math.sqrt(DRAWS);

const trace = traceLaw('trace.csv', [1, 1, 2, 5, 5, 40]);
const NAMES = ['exponential:60', 'weibull:0.59:41.9', 'weibull:2:30', 'log-normal:20:600'];
const laws: SessionLaw[] = [...NAMES.map(parseSessionLaw), trace];

describe('session laws', () => {
  // Expected values: mpmath 1.3.0, 25 digits; means by the gamma function, residual laws by integrating the survival.
  it.each([
    ['weibull:.38:42.4', 163.38243400126, 0.00267831905849, 0.165485015458],
    ['weibull:.34:21.3', 118.756009547109, 0.00342347179419, 0.182280868688],
    ['weibull:.59:41.9', 64.4610216944747, 0.00740827551723, 0.44978557478],
    ['exponential:60', 60, 0.00829870736112, 0.632120558829],
    ['log-normal:20:600', 58.2359308545187, 0.00856954878913, 0.471714001006],
  ])('%s has its mean, and the law of what remains of a session', (name, mean, half, hour) => {
    const law = parseSessionLaw(name);
    expect(law.name).toBe(name);
    expect(Math.abs(law.meanMinutes / mean - 1)).toBeLessThan(1e-12);
    expect(Math.abs(law.residualCdf(0.5 * MINUTE) / half - 1)).toBeLessThan(1e-10);
    expect(Math.abs(law.residualCdf(60 * MINUTE) / hour - 1)).toBeLessThan(1e-10);
    expect(law.residualCdf(0)).toBe(0);
    expect(law.residualCdf(1e9 * MINUTE)).toBeCloseTo(1, 9);
  });

  it('of a trace has its mean, and what remains by hand: of 54 minutes, those that end within 2', () => {
    expect(trace.meanMinutes).toBe(9);
    // The sessions of 1, 1 and 2 minutes end for certain, of the other three the last 2 minutes of each.
    expect(trace.residualCdf(2 * MINUTE)).toBeCloseTo((1 + 1 + 2 + 2 + 2 + 2) / 54, 12);
    expect(trace.residualCdf(1.5 * MINUTE)).toBeCloseTo((1 + 1 + 4 * 1.5) / 54, 12);
    expect(trace.residualCdf(40 * MINUTE)).toBe(1);
    expect(trace.residualCdf(-1)).toBe(0);
  });

  it.each(laws)('$name draws sessions of its mean', (law) => {
    const random = createRandom(11);
    const draws = Array.from({ length: DRAWS }, () => law.draw(random));
    const mean = draws.reduce((sum, length) => sum + length, 0) / DRAWS;
    const deviation = Math.sqrt(draws.reduce((sum, length) => sum + (length - mean) ** 2, 0) / DRAWS);
    expect(Math.abs(mean - law.meanMinutes * MINUTE)).toBeLessThan((3 * deviation) / Math.sqrt(DRAWS));
    expect(Math.min(...draws)).toBeGreaterThan(0);
  });

  it.each(laws)('$name draws ages and residuals of sessions in progress by its residual law', (law) => {
    const random = createRandom(12);
    const draws = Array.from({ length: DRAWS }, () => law.drawStationary(random));
    for (const part of ['age', 'residual'] as const) {
      const values = draws.map((session) => session[part]).sort((a, b) => a - b);
      const distance = Math.max(
        ...values.map((value, i) => {
          const expected = law.residualCdf(value);
          return Math.max(expected - i / DRAWS, (i + 1) / DRAWS - expected);
        }),
      );
      expect(distance).toBeLessThan(CRITICAL);
    }
  });

  // The closed form of the Weibull law is exp(-(t / scale)^shape): median scale x (ln 2)^(1 / shape).
  it.each([
    ['exponential:60', 60 * Math.LN2],
    ['weibull:0.59:41.9', 41.9 * Math.LN2 ** (1 / 0.59)],
    ['log-normal:20:600', 20],
  ])('%s draws new sessions of its median', (name, median) => {
    const law = parseSessionLaw(name);
    const random = createRandom(13);
    let below = 0;
    for (let i = 0; i < DRAWS; i++) if (law.draw(random) < median * MINUTE) below += 1;
    expect(Math.abs(below / DRAWS - 0.5)).toBeLessThan(2.58 * Math.sqrt(0.25 / DRAWS));
  });

  it('a log-normal law has its 99th percentile where its name says', () => {
    const law = parseSessionLaw('log-normal:20:600');
    const random = createRandom(14);
    let above = 0;
    for (let i = 0; i < DRAWS; i++) if (law.draw(random) > 600 * MINUTE) above += 1;
    expect(Math.abs(above / DRAWS - 0.01)).toBeLessThan(2.58 * Math.sqrt(0.0099 / DRAWS));
  });
});

describe('the name of a session law', () => {
  it.each([
    ['hourly', 'unknown session law "hourly"'],
    ['weibull:0.5', 'unknown session law "weibull:0.5"'],
    ['exponential:-5', '"-5" in the session law "exponential:-5" is no number above 0'],
    ['exponential:0', '"0" in the session law "exponential:0" is no number above 0'],
    ['weibull:1.2.3:5', '"1.2.3" in the session law "weibull:1.2.3:5" is no number above 0'],
    ['weibull:0.01:5', 'the shape of "weibull:0.01:5" has to lie from 0.25 to 20, and is 0.01'],
    [
      'log-normal:600:20',
      'the 99th percentile of "log-normal:600:20" has to lie above its median, and at most 1000 times as high',
    ],
    [
      'exponential:0.001',
      'sessions of "exponential:0.001" last 0.001 minutes on average, which is not a second to a year',
    ],
  ])('%s is refused with a reason', (name, message) => {
    const parse = () => parseSessionLaw(name);
    expect(parse).toThrow(message);
    expect(parse).toThrow(PeerscopeError);
    expect(parse).toThrow(expect.objectContaining({ kind: 'usage' }) as Error);
  });

  it.each([
    ['without sessions', [], 'it has no sessions'],
    ['of instants', [1e-9, 1e-9], 'they last less than a second on average'],
  ])('a trace %s makes no law', (_, lengths, reason) => {
    expect(() => traceLaw('t.csv', lengths)).toThrow(
      `no churn can be made of the sessions in t.csv: ${reason}`,
    );
  });
});
