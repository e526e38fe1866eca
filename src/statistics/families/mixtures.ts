import { meanOf, within, type Counted } from '../counted.ts';
import { onSupport, type Family, type IntegerLaw, type Parameter, type Support } from '../family.ts';
import { logSum } from '../normal-tail.ts';
import { normalWeights } from './normals.ts';
import { geometricWeights, poissonWeights } from './plain.ts';
import { powerOn } from './powers.ts';
import { EXPONENT_LIMIT } from '../law.ts';

// Two populations in one law. In a crawl of a two-tier overlay leaves make the body and superpeers a hump, which is about
// normal in degree (J. Software, 2008-04); the Gnutella snapshots of August 2002 have a body of peers that were only
// mentioned and a hump at ten. So there is a falling body, by a power or geometric, with a rounded normal hump; and two
// Poisson laws for two random graphs in one. Where the deviation of a hump ends at its least it is a point mass, like
// the hubs of the lecture's hybrid law.

const HUMP: readonly Parameter[] = [
  { name: 'humpMean', scale: 'log', range: [0.5, 1e13] },
  { name: 'humpSd', scale: 'log', range: [0.1, 1e13] },
  { name: 'humpShare', scale: 'share', range: [1e-7, 1 - 1e-7] },
];

/** Falling by a power, with a hump. */
export const powerLawAndHump: Family = {
  name: 'power-law-and-hump',
  title: 'mixture of a power law c x^-alpha and a normal hump',
  phrase: 'a power law with a hump',
  least: 1,
  isMixture: true,
  isBounded: false,
  parameters: ({ to }) => [
    { name: 'alpha', scale: 'linear', range: [to === Infinity ? 1.001 : -EXPONENT_LIMIT, EXPONENT_LIMIT] },
    ...HUMP,
  ],
  at: ([alpha = 2, mean = 1, deviation = 1, share = 0.5], support) =>
    mixed(powerOn(alpha, support), humpOn(mean, deviation, support), share),
  starts: (sample, support) =>
    humps(sample).map(({ body, hump }) => {
      const excess = meanOf(body, (x) => Math.log(x / (support.from - 0.5)));
      return [1 + 1 / Math.max(excess, 0.1), ...hump];
    }),
};

/** Falling geometrically, with a hump. */
export const geometricAndHump: Family = {
  name: 'geometric-and-hump',
  title: 'mixture of a geometric law c exp(-lambda x) and a normal hump',
  phrase: 'a geometric law with a hump',
  least: 0,
  isMixture: true,
  isBounded: false,
  parameters: () => [{ name: 'lambda', scale: 'log', range: [1e-14, 50] }, ...HUMP],
  at: ([lambda = 1, mean = 1, deviation = 1, share = 0.5], support) =>
    mixed(
      onSupport(geometricWeights(lambda, support.from), support),
      humpOn(mean, deviation, support),
      share,
    ),
  starts: (sample, { from }) =>
    humps(sample).map(({ body, hump }) => [
      Math.log1p(1 / Math.max(meanOf(body, (x) => x) - from, 0.05)),
      ...hump,
    ]),
};

/** Two random graphs in one. */
export const twoPoissonLaws: Family = {
  name: 'two-poisson',
  title: 'mixture of two Poisson laws',
  phrase: 'a mixture of two Poisson laws',
  least: 0,
  isMixture: true,
  isBounded: false,
  parameters: () => [
    { name: 'mu1', scale: 'log', range: [1e-6, 1e13] },
    { name: 'mu2', scale: 'log', range: [1e-6, 1e13] },
    { name: 'share2', scale: 'share', range: [1e-7, 1 - 1e-7] },
  ],
  at: ([mu1 = 1, mu2 = 1, share = 0.5], support) =>
    mixed(onSupport(poissonWeights(mu1), support), onSupport(poissonWeights(mu2), support), share),
  starts: (sample) =>
    humps(sample).map(({ body, hump: [mean, , share] }) => [
      Math.max(
        meanOf(body, (x) => x),
        0.1,
      ),
      mean,
      share,
    ]),
};

function humpOn(mean: number, deviation: number, support: Support): IntegerLaw {
  return onSupport(normalWeights(mean, deviation), support);
}

/** @param share of the second law. */
function mixed(first: IntegerLaw, second: IntegerLaw, share: number): IntegerLaw {
  const [a, b] = [Math.log1p(-share), Math.log(share)];
  return {
    logProbability: (x) => logSum(a + first.logProbability(x), b + second.logProbability(x)),
    logSurvival: (x) => Math.min(0, logSum(a + first.logSurvival(x), b + second.logSurvival(x))),
  };
}

/** Shares of the sample that the body may have at the start. */
const BODIES = [0.5, 0.75, 0.9, 0.97];

/** Guesses of where a hump is: everything above a quantile; and the commonest value above the median. */
function humps(sample: Counted): { body: Counted; hump: [mean: number, deviation: number, share: number] }[] {
  const guesses = BODIES.flatMap((share) => {
    const cut = quantile(sample, share);
    const [body, rest] = [within(sample, -Infinity, cut), within(sample, cut + 1)];
    if (rest.n === 0) return [];
    const mean = meanOf(rest, (x) => x);
    const deviation = Math.sqrt(meanOf(rest, (x) => (x - mean) ** 2));
    return [{ body, hump: humpOf(mean, deviation, rest.n / sample.n) }];
  });
  const upper = within(sample, quantile(sample, 0.5) + 1);
  let mode = -1;
  upper.counts.forEach((count, i) => {
    if (mode < 0 || count > upper.counts[mode]!) mode = i;
  });
  if (mode >= 0) {
    const at = upper.values[mode]!;
    const body = within(sample, -Infinity, at - 1);
    if (body.n > 0)
      guesses.push({ body, hump: humpOf(at, Math.max(1, 0.1 * at), (2 * upper.counts[mode]!) / sample.n) });
  }
  return guesses;
}

function humpOf(mean: number, deviation: number, share: number): [number, number, number] {
  return [Math.max(mean, 1), Math.max(deviation, 0.5), Math.min(Math.max(share, 0.01), 0.99)];
}

function quantile({ values, counts, n }: Counted, share: number): number {
  let seen = 0;
  for (let i = 0; i < values.length; i++) {
    seen += counts[i]!;
    if (seen >= share * n) return values[i]!;
  }
  return values.at(-1) ?? 0;
}
