// Do the tests of src/statistics reject as often as they say? Samples are drawn from a law by inversion of its plain probabilities, and each is fitted and
// tested: the share of true laws that are rejected at 5 % (size), and of false ones (power). Beside each share stands its binomial standard error.
// Then how parameters come back: the mean and the spread of (estimate - truth) / standard error, and how often profile intervals hold the truth.
//
//   npm run build && node bench/test-size.js [size] [power] [nested] [scan] [families] [recovery] [--samples 2000] [--replicates 199] [--n 50,222,1000]
import { compareFits } from '../dist/analyses/column-fit-comparisons.js';
import { createRandom } from '../dist/core/random.js';
import { ALONE } from '../dist/core/crew.js';
import { countedOf } from '../dist/statistics/counted.js';
import { bootstrapFit } from '../dist/statistics/family-bootstrap.js';
import { familyKs, familyChiSquare } from '../dist/statistics/family-goodness.js';
import { familyNamed } from '../dist/statistics/families.js';
import { fitFamily } from '../dist/statistics/fit-family.js';
import { fitLaw, logLikelihood, likeliestExponent } from '../dist/statistics/fit.js';
import { fitAlternatives } from '../dist/statistics/alternatives.js';
import { chiSquareTest, fittedPValue, fixedPValue } from '../dist/statistics/goodness.js';
import { likelihoodRatioTest, vuongTest } from '../dist/statistics/likelihood-tests.js';
import { bootstrapRatio } from '../dist/statistics/ratio-bootstrap.js';
import { pureLaw } from '../dist/statistics/power-law.js';
import { twoSidedNormal } from '../dist/statistics/special.js';
import { scanZeta } from '../dist/statistics/zeta-scan.js';
import { zetaBootstrap } from '../dist/statistics/zeta-bootstrap.js';

const words = process.argv.slice(2);
const option = (name, otherwise) => {
  const at = words.indexOf(`--${name}`);
  return at < 0 ? otherwise : words.splice(at, 2)[1];
};
const SAMPLES = Number(option('samples', 2000));
const REPLICATES = Number(option('replicates', 199));
const SIZES = option('n', '50,222,1000').split(',').map(Number);
const parts = words.length > 0 ? words : ['size', 'power', 'nested', 'scan', 'families', 'recovery'];
const law = pureLaw();

const percent = (share, samples = SAMPLES) =>
  `${(100 * share).toFixed(1).padStart(5)} ±${(100 * Math.sqrt((share * (1 - share)) / samples)).toFixed(1)}`;
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
const head = (...cells) => {
  row(...cells);
  row(...cells.map(() => '---'));
};

/** Weights of the lecture's law and of others, on 1..7, and draws of n values by walking along them. */
const SEVEN = [1, 2, 3, 4, 5, 6, 7];
const weightsOf = {
  'alpha 1.4': SEVEN.map((x) => x ** -1.4),
  'alpha 1.6': SEVEN.map((x) => x ** -1.6),
  'alpha 2.0': SEVEN.map((x) => x ** -2),
  geometric: SEVEN.map((x) => Math.exp(-0.5382312 * x)),
};
function drawer(weights, from) {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const cumulative = new Float64Array(weights.length);
  weights.reduce((sum, weight, i) => (cumulative[i] = sum + weight / total), 0);
  return (n, random) => {
    const counts = new Float64Array(weights.length);
    for (let k = 0; k < n; k++) {
      const u = random.uniform();
      let low = 0;
      let high = weights.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (cumulative[middle] > u) high = middle;
        else low = middle + 1;
      }
      counts[low] += 1;
    }
    return { counts, counted: () => countedOf([...counts].map((count, i) => [from + i, count])) };
  };
}

/** Shares of samples in which each test says no, at 5 %. */
function onSeven(truth, n, tests) {
  const draw = drawer(weightsOf[truth], 1);
  const found = Object.fromEntries(Object.keys(tests).map((name) => [name, 0]));
  for (let sample = 0; sample < SAMPLES; sample++) {
    const { counts } = draw(n, createRandom(sample).fork(`${truth} ${n}`));
    const tally = { counts, inside: n, outside: 0 };
    const fit = fitLaw(law, tally);
    if (fit.alpha === null) continue;
    const random = createRandom(sample).fork(`bootstrap ${truth} ${n}`);
    for (const [name, test] of Object.entries(tests)) if (test({ tally, fit, random, n })) found[name] += 1;
  }
  return Object.values(found).map((count) => percent(count / SAMPLES));
}

const bootstrap = (random) => ({ replicates: REPLICATES, random });
const fixed = law.distribution(1.4);
const alternative = (name, tally) => fitAlternatives(law.support, tally).find((each) => each.name === name);
const vuong =
  (name) =>
  ({ tally, fit }) =>
    vuongTest(tally.counts, fit.distribution, alternative(name, tally).distribution);

if (parts.includes('size')) {
  console.log(
    `\nSize: truth d^-1.4 on 1..7, share rejected at 5 % of ${SAMPLES} samples, in per cent (bootstraps of ${REPLICATES})\n`,
  );
  const tests = {
    'KS, alpha fitted': ({ tally, fit, random }) =>
      fittedPValue(law, fit.alpha, tally, bootstrap(random)) <= 0.05,
    'KS, alpha 1.4': ({ tally, random }) => fixedPValue(tally, fixed, bootstrap(random)) <= 0.05,
    'chi-square, alpha fitted': ({ tally, fit }) => chiSquareTest(tally, fit.distribution, 1).pValue <= 0.05,
    'chi-square, alpha 1.4': ({ tally }) => chiSquareTest(tally, fixed, 0).pValue <= 0.05,
    'likelihood ratio, alpha = 1.4': ({ tally, fit }) =>
      likelihoodRatioTest(fit.logLikelihood, logLikelihood(tally.counts, fixed), 1).pValue <= 0.05,
    'Wald, alpha = 1.4': ({ fit }) => twoSidedNormal((fit.alpha - 1.4) / fit.standardError) <= 0.05,
    'likelihood ratio, no cut-off': ({ tally, fit }) =>
      likelihoodRatioTest(alternative('power-law-with-cut-off', tally).logLikelihood, fit.logLikelihood, 1)
        .pValue <= 0.05,
    'Vuong names geometric': (each) => (({ z, pValue }) => z < 0 && pValue <= 0.05)(vuong('geometric')(each)),
  };
  head('n', ...Object.keys(tests));
  for (const n of SIZES) row(n, ...onSeven('alpha 1.4', n, tests));
}

if (parts.includes('power')) {
  console.log(`\nPower on 1..7, per cent of ${SAMPLES} samples\n`);
  const tests = {
    'KS, alpha 1.4': ({ tally, random }) => fixedPValue(tally, fixed, bootstrap(random)) <= 0.05,
    'chi-square, alpha 1.4': ({ tally }) => chiSquareTest(tally, fixed, 0).pValue <= 0.05,
    'Wald, alpha = 1.4': ({ fit }) => twoSidedNormal((fit.alpha - 1.4) / fit.standardError) <= 0.05,
  };
  head('n, truth', ...Object.keys(tests));
  for (const n of SIZES)
    for (const truth of ['alpha 1.6', 'alpha 2.0']) row(`${n}, ${truth}`, ...onSeven(truth, n, tests));
  console.log('');
  const geometric = {
    'KS, alpha fitted, rejects': ({ tally, fit, random }) =>
      fittedPValue(law, fit.alpha, tally, bootstrap(random)) <= 0.05,
    'Vuong names geometric': (each) => (({ z, pValue }) => z < 0 && pValue <= 0.05)(vuong('geometric')(each)),
  };
  head('n, truth geometric', ...Object.keys(geometric));
  for (const n of SIZES) row(n, ...onSeven('geometric', n, geometric));
  console.log('');
  const named = {
    'Vuong beats geometric': (each) => (({ z, pValue }) => z > 0 && pValue <= 0.05)(vuong('geometric')(each)),
    'Vuong beats Poisson': (each) => (({ z, pValue }) => z > 0 && pValue <= 0.05)(vuong('poisson')(each)),
  };
  head('n, truth d^-1.4', ...Object.keys(named));
  for (const n of SIZES) row(n, ...onSeven('alpha 1.4', n, named));
}

/** The families by their plain weights, each with parameters that overlays have. */
function range(from, to, weight) {
  return Array.from({ length: to - from + 1 }, (_, i) => weight(from + i));
}
function poissonWeights(mu, from, to) {
  let weight = 1;
  for (let x = 1; x <= from; x++) weight *= mu / x;
  return range(from, to, (x) => (x === from ? weight : (weight *= mu / x)));
}
function negativeBinomialWeights(mean, size, from, to) {
  const q = mean / (mean + size);
  let weight = 1;
  for (let x = 0; x < from; x++) weight *= ((x + size) / (x + 1)) * q;
  return range(from, to, (x) => (x === from ? weight : (weight *= ((x - 1 + size) / x) * q)));
}
function cellWeights(from, to, density) {
  return range(from, to, (x) => {
    let sum = 0;
    for (let k = 0; k < 200; k++) sum += density(x - 0.5 + (k + 0.5) / 200);
    return sum / 200;
  });
}
const normalised = (weights) =>
  ((total) => weights.map((w) => w / total))(weights.reduce((a, b) => a + b, 0));
const mixed = (a, b, share) =>
  ((x, y) => x.map((p, i) => (1 - share) * p + share * y[i]))(normalised(a), normalised(b));
const FAR = 200_000;
const hump = cellWeights(1, 3000, (y) => Math.exp(-0.5 * ((y - 20) / 2.5) ** 2));
const LAWS = [
  ['power-law', { from: 1, to: 7 }, [1.4], range(1, 7, (x) => x ** -1.4)],
  ['zeta', { from: 1, to: Infinity }, [2.5], range(1, FAR, (x) => x ** -2.5)],
  [
    'power-law-with-cut-off',
    { from: 1, to: Infinity },
    [1, 0.1],
    range(1, 600, (x) => Math.exp(-0.1 * x) / x),
  ],
  [
    'lognormal',
    { from: 1, to: Infinity },
    [1, 0.8],
    cellWeights(1, 5000, (y) => Math.exp(-0.5 * ((Math.log(y) - 1) / 0.8) ** 2) / y),
  ],
  ['geometric', { from: 1, to: Infinity }, [0.3], range(1, 300, (x) => Math.exp(-0.3 * x))],
  ['poisson', { from: 1, to: Infinity }, [3], poissonWeights(3, 1, 60)],
  ['negative-binomial', { from: 1, to: Infinity }, [6, 1.5], negativeBinomialWeights(6, 1.5, 1, 400)],
  [
    'two-poisson',
    { from: 1, to: Infinity },
    [2, 12, 0.3],
    mixed(poissonWeights(2, 1, 100), poissonWeights(12, 1, 100), 0.3),
  ],
  [
    'geometric-and-hump',
    { from: 1, to: Infinity },
    [0.6, 20, 2.5, 0.25],
    mixed(
      range(1, 3000, (x) => Math.exp(-0.6 * x)),
      hump,
      0.25,
    ),
  ],
  [
    'power-law-and-hump',
    { from: 1, to: Infinity },
    [2.5, 20, 2.5, 0.25],
    mixed(
      range(1, 3000, (x) => x ** -2.5),
      hump,
      0.25,
    ),
  ],
];

if (parts.includes('families')) {
  const samples = Math.min(SAMPLES, Number(option('family-samples', SAMPLES)));
  console.log(
    `\nSize of each family: true laws rejected at 5 % of ${samples} samples, by KS with a bootstrap of ${REPLICATES} refits, and by chi-square\n`,
  );
  head('law', ...SIZES.flatMap((n) => [`KS, n = ${n}`, `chi-square, n = ${n}`]));
  for (const [name, support, , weights] of LAWS) {
    const cells = [];
    for (const n of SIZES) {
      const draw = drawer(weights, support.from);
      let [ks, chi, tested] = [0, 0, 0];
      for (let sample = 0; sample < samples; sample++) {
        const counted = draw(n, createRandom(sample).fork(`${name} ${n}`)).counted();
        if (counted.values.length < 2) continue;
        const fit = fitFamily(familyNamed(name), counted, support, false);
        const p = await bootstrapFit(fit, n, familyKs(fit.law, counted, fit.support), {
          crew: ALONE,
          replicates: REPLICATES,
          seed: sample,
        });
        const square = familyChiSquare(fit.law, counted, fit.support, fit.freeParameters).pValue;
        if (p <= 0.05) ks += 1;
        if (square !== null) tested += 1;
        if (square !== null && square <= 0.05) chi += 1;
      }
      cells.push(percent(ks / samples, samples), tested === 0 ? '–' : percent(chi / tested, tested));
    }
    row(name, ...cells);
  }
}

if (parts.includes('nested')) {
  console.log(
    `\nSize of likelihood ratios on a support without an end: the smaller law is true, per cent of ${SAMPLES} samples in which the larger one is preferred at 5 %\n`,
  );
  head('smaller law in larger law', ...SIZES.map((n) => `n = ${n}`));
  const pairs = [
    ['geometric', 'negative-binomial'],
    ['geometric', 'power-law-with-cut-off'],
    ['poisson', 'negative-binomial'],
    ['zeta', 'power-law-with-cut-off'],
  ];
  for (const [smaller, larger] of pairs) {
    const [, support, , weights] = LAWS.find(([name]) => name === smaller);
    const draw = drawer(weights, support.from);
    const cells = [];
    for (const n of SIZES) {
      let preferred = 0;
      for (let sample = 0; sample < SAMPLES; sample++) {
        const counted = draw(n, createRandom(sample).fork(`nested ${smaller} ${n}`)).counted();
        if (counted.values.length < 3) continue;
        const [one, two] = [smaller, larger].map((name) =>
          fitFamily(familyNamed(name), counted, support, false),
        );
        const simulated =
          smaller === 'zeta'
            ? await bootstrapRatio(one, two, n, { crew: ALONE, replicates: REPLICATES, seed: sample })
            : undefined;
        const { test, better } = compareFits(counted, one, two, simulated);
        if (test === 'likelihood-ratio' && better === 'other') preferred += 1;
      }
      cells.push(percent(preferred / SAMPLES));
    }
    row(`${smaller} in ${larger}${smaller === 'zeta' ? ', by bootstrap' : ''}`, ...cells);
  }
}

if (parts.includes('scan')) {
  console.log(
    `\nSize of the scan for xmin: true power laws rejected at 5 % of ${SAMPLES} samples, by the semi-parametric bootstrap of ${REPLICATES}\n`,
  );
  head('truth', ...SIZES.map((n) => `n = ${n}`));
  const bodies = {
    'zeta 2.5 from 1 on': range(1, FAR, (x) => x ** -2.5),
    'zeta 2.5 from 6 on, flat below': range(1, FAR, (x) => (x < 6 ? 6 ** -2.5 : x ** -2.5)),
  };
  for (const [name, weights] of Object.entries(bodies)) {
    const draw = drawer(weights, 1);
    row(
      name,
      ...SIZES.map((n) => {
        let rejected = 0;
        for (let sample = 0; sample < SAMPLES; sample++) {
          const { values, counts } = draw(n, createRandom(sample).fork(`${name} ${n}`)).counted();
          const tail = scanZeta(values, counts);
          const { asFar } = zetaBootstrap.run({
            values,
            counts,
            tail,
            replicates: REPLICATES,
            seed: sample,
            piece: 0,
          });
          if ((1 + asFar) / (REPLICATES + 1) <= 0.05) rejected += 1;
        }
        return percent(rejected / SAMPLES);
      }),
    );
  }
}

if (parts.includes('recovery')) {
  const samples = Math.min(SAMPLES, 200);
  console.log(
    `\nParameters of synthetic data, ${samples} samples of each (20 of 100,000): mean and spread of (estimate - truth) / standard error; profile intervals (95 %) that hold the truth\n`,
  );
  head('law', 'parameter', 'truth', ...[...SIZES, 100_000].map((n) => `n = ${n}: mean, spread; held`));
  for (const [name, support, truth, weights] of LAWS) {
    const draw = drawer(weights, support.from);
    const cells = truth.map(() => []);
    let names = [];
    for (const n of [...SIZES, 100_000]) {
      const zs = truth.map(() => []);
      const held = truth.map(() => [0, 0]);
      for (let sample = 0; sample < (n > 10_000 ? 20 : samples); sample++) {
        const counted = draw(n, createRandom(sample).fork(`recovery ${name} ${n}`)).counted();
        if (counted.values.length < 2) continue;
        const { parameters } = fitFamily(familyNamed(name), counted, support);
        names = parameters.map((parameter) => parameter.name);
        parameters.forEach(({ value, standardError, profileInterval: [low, high] }, k) => {
          if (standardError !== null) zs[k].push((value - truth[k]) / standardError);
          held[k][0] += low <= truth[k] && truth[k] <= high ? 1 : 0;
          held[k][1] += 1;
        });
      }
      zs.forEach((z, k) => {
        const mean = z.reduce((a, b) => a + b, 0) / z.length;
        const spread = Math.sqrt(z.reduce((a, b) => a + (b - mean) ** 2, 0) / z.length);
        cells[k].push(
          `${mean.toFixed(2)}, ${spread.toFixed(2)}; ${((100 * held[k][0]) / held[k][1]).toFixed(0)} %`,
        );
      });
    }
    truth.forEach((value, k) => row(name, names[k], value, ...cells[k]));
  }
}
