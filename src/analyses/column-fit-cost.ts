import type { Counted } from '../statistics/counted.ts';
import type { Cost } from './analysis.ts';
import type { ColumnFitOptions } from './column-fit.ts';

/** Evaluations of a law at all values: for a fit with its profiles, and for a replicate. By the number of parameters. */
const FIT = [0, 60, 500, 1500, 4000];
const REPLICATE = [0, 15, 60, 140, 300];
/** Seconds for one value: light laws, and those with a normal integral in them. Measured on one core of the test machine. */
const SECONDS = 6e-8;
const SECONDS_OF_NORMAL = 3e-7;
const NORMAL = ['lognormal', 'geometric-and-hump', 'power-law-and-hump'];

/** Of so many values a heavy-tailed law draws a lot beyond its tables, one by one. */
const MANY = 1e8;
const SECONDS_OF_DRAW = 1e-9;

/** What `fitColumn` will take, within a factor of three or so. */
export function columnFitCost({ values, n }: Counted, { families, replicates }: ColumnFitOptions): Cost {
  const seconds = families.reduce((sum, family) => {
    const parameters = family.parameters({ from: 1, to: Infinity }).length;
    const evaluations = (FIT[parameters] ?? 0) + replicates * (REPLICATE[parameters] ?? 0);
    return sum + evaluations * values.length * (NORMAL.includes(family.name) ? SECONDS_OF_NORMAL : SECONDS);
  }, 0);
  const draws = n > MANY ? families.length * replicates * n * SECONDS_OF_DRAW : 0;
  return { seconds: seconds + draws, bytes: values.length * 200 };
}
