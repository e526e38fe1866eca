import { pure } from '../../models/degree-law-model.ts';
import { parseLaw } from '../../statistics/laws.ts';
import { lawFigure } from './law-figure.ts';

/** The degree law of the slide on pure overlays, with a sample. */
export const pureLawFigure = lawFigure({
  id: 'pure-law',
  title: 'Degree law of pure P2P networks',
  slide: 'Model of Pure P2P Networks',
  law: parseLaw('pure'),
  model: pure,
  stated: { mean: 2.2, variance: 1.63 },
  formula: 'p(d) = c d^-1.4 for d = 1..7',
  says: [
    'The slide says: p(d) = c d^-1.4 for 0 < d <= 7 and 0 in any other case, where c makes the sum 1; average 2.2; var(d) = 1.63.',
  ],
  otherReadings: [],
});
