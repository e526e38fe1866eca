import type { Table } from '../core/table.ts';
import { countedOf, within } from '../statistics/counted.ts';
import { PIECES } from '../statistics/family-bootstrap.ts';
import type { Topology } from '../topology/topology.ts';
import type { Analysis, AnalysisOptions, Work } from './analysis.ts';
import type { TailResult } from './column-fit-result.ts';
import { populationsOf } from './degree-model-populations.ts';
import { tailOf } from './tail.ts';

/** What `degree-tail` answers. */
export interface DegreeTailResult {
  /** Why respondents and mentioned peers are looked at apart, in a sentence. */
  readonly why: string;
  /** The same populations as in `degree-model`. */
  readonly populations: Readonly<Record<string, { readonly n: number; readonly tail: TailResult | null }>>;
}

/**
 * Another question than that of `degree-model`, which tests laws with an upper end on all degrees. Peers without a link are left out. O(n), and
 * O(different degrees²) at worst for each replicate.
 */
export const degreeTail = {
  name: 'degree-tail',
  question: 'From some degree on, do the degrees follow a power law without an upper end?',
  definition:
    'Degrees of the undirected simple graph, without zeros. For every degree as xmin the exponent of p(d) = d^-alpha / zeta(alpha, xmin) is fitted by maximum likelihood to the degrees of xmin or more; the xmin of the least Kolmogorov-Smirnov distance is taken. The p-value is that of a semi-parametric bootstrap, in which each replicate is scanned anew.',
  sources: [
    'A. Clauset, C. R. Shalizi, M. E. J. Newman: Power-law distributions in empirical data, SIAM Review 51, 2009',
  ],
  run: runDegreeTail,
  tables: ({ populations, why }): readonly Table[] => [
    {
      name: 'degree-tail',
      title: 'Where a power law without an upper end may begin',
      columns: [
        { name: 'population' },
        { name: 'n', digits: 0 },
        { name: 'xmin', digits: 0 },
        { name: 'alpha', digits: 3 },
        { name: 'standard_error', digits: 3 },
        { name: 'ks', digits: 4 },
        { name: 'n_tail', digits: 0 },
        { name: 'share', digits: 3 },
        { name: 'p_value', digits: 3 },
      ],
      rows: Object.entries(populations).map(([population, { n, tail }]) => [
        ...[population, n, tail?.xmin ?? null, tail?.alpha ?? null, tail?.standardError ?? null],
        ...[tail?.ks ?? null, tail?.n ?? null, tail?.share ?? null, tail?.pValue ?? null],
      ]),
      notes: [
        'A small p_value speaks against a power law from xmin on; a large one says only that no other law was needed. In a tail of fewer than 100 peers almost any law passes.',
        ...(populations['mentioned']?.n === 0 ? [] : [why]),
      ],
    },
  ],
  methods: (_, { bootstrap, seed }) => [
    `The beginning of a power-law tail was sought by the least Kolmogorov-Smirnov distance, with a semi-parametric bootstrap of ${bootstrap} replicates (Clauset, Shalizi and Newman 2009; seed ${seed}).`,
  ],
} satisfies Analysis<DegreeTailResult>;

async function runDegreeTail(
  topology: Topology,
  { bootstrap, seed }: AnalysisOptions,
  work: Work,
): Promise<DegreeTailResult> {
  const { why, degrees } = populationsOf(topology);
  const all = Object.entries(degrees);
  const pieces = all.length * Math.max(1, Math.min(bootstrap, PIECES));
  let done = 0;
  const advance = (): void => {
    done += 1;
    work.progress(Math.min(1, done / pieces));
  };
  const populations: Record<string, { n: number; tail: TailResult | null }> = {};
  for (const [population, values] of all) {
    const sample = within(countedOf(countsOf(values)), 1);
    const tail =
      sample.n === 0 ? null : await tailOf(sample, { crew: work.crew, replicates: bootstrap, seed, advance });
    populations[population] = { n: values.length, tail };
  }
  return { why, populations };
}

function countsOf(degrees: Uint32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const degree of degrees) counts.set(degree, (counts.get(degree) ?? 0) + 1);
  return counts;
}
