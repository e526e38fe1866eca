import { hybrid } from '../../models/degree-law-model.ts';
import { parseLaw } from '../../statistics/laws.ts';
import { lawFigure } from './law-figure.ts';

/** The degree law of the slide on hybrid overlays, with a sample. */
export const hybridLawFigure = lawFigure({
  id: 'hybrid-law',
  title: 'Degree law of hybrid P2P networks',
  slide: 'Model of Hybrid P2P Networks',
  law: parseLaw('hybrid-b'),
  model: hybrid,
  stated: { mean: 2.8, variance: 3.55 },
  formula: 'Reading B: p(d) = c d^-1.4 for d = 2..7, p(1) = c - 0.05, p(20) = 0.05 c',
  says: [
    'The slide says: p(d) = c d^-1.4 for 1 < d <= 7, c 1^-1.4 - 0.05 for d = 1, c 0.05 for d = 20, and 0 in any other case, where c makes the sum 1; average 2.8; var(d) = 3.55.',
    'Reading B ran: the formula as printed, with p(1) = c - 0.05 and p(20) = 0.05 c. It is the only literal reading whose mean rounds to 2.8.',
  ],
  otherReadings: [
    {
      name: 'reading A',
      how: 'one factor c before everything, p(1) = 0.95 c and p(20) = 0.05 c',
      law: parseLaw('hybrid-a'),
    },
    {
      name: 'reading C',
      how: 'a bare 0.05 at both ends, p(1) = c - 0.05 and p(20) = 0.05',
      law: parseLaw('hybrid-c'),
    },
  ],
});
