import type { Figure } from './figure.ts';
import { hybridGraphFigure } from './hybrid-graph.ts';
import { hybridLawFigure } from './hybrid-law.ts';
import { pureGraphFigure } from './pure-graph.ts';
import { pureLawFigure } from './pure-law.ts';
import { centralizedRoutingFigure, hybridRoutingFigure, pureRoutingFigure } from './routing.ts';

/** Every figure, in the order of the slides. */
export const FIGURES: readonly Figure[] = [
  centralizedRoutingFigure,
  pureRoutingFigure,
  pureLawFigure,
  pureGraphFigure,
  hybridRoutingFigure,
  hybridLawFigure,
  hybridGraphFigure,
];
