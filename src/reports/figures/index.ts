import { abileneFigure } from './abilene.ts';
import { floodingFigure } from './flooding.ts';
import { ipoqueFigure } from './ipoque-2007.ts';
import { napsterFigure } from './napster.ts';
import { setiAtHomeFigure } from './seti-at-home.ts';
import type { Figure } from './figure.ts';
import { gnutellaCrawlFigure } from './gnutella-crawl.ts';
import { hybridGraphFigure } from './hybrid-graph.ts';
import { hybridLawFigure } from './hybrid-law.ts';
import { pureGraphFigure } from './pure-graph.ts';
import { pureLawFigure } from './pure-law.ts';
import { centralizedRoutingFigure, hybridRoutingFigure, pureRoutingFigure } from './routing.ts';
import { taxonomyFigure } from './taxonomy.ts';

/** Every figure, in the order of the slides. */
export const FIGURES: readonly Figure[] = [
  setiAtHomeFigure,
  napsterFigure,
  floodingFigure,
  gnutellaCrawlFigure,
  abileneFigure,
  ipoqueFigure,
  taxonomyFigure,
  centralizedRoutingFigure,
  pureRoutingFigure,
  pureLawFigure,
  pureGraphFigure,
  hybridRoutingFigure,
  hybridLawFigure,
  hybridGraphFigure,
];
