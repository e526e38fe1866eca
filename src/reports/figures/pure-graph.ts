import { pure } from '../../models/degree-law-model.ts';
import { parseLaw } from '../../statistics/laws.ts';
import { graphFigure } from './graph-figure.ts';
import { lawMoments, momentsText } from './law-numbers.ts';

/** The sample graph of the slide on pure overlays. */
export const pureGraphFigure = graphFigure({
  id: 'pure-graph',
  title: 'Sample graph of a pure P2P network',
  slide: 'Model of Pure P2P Networks',
  model: pure,
  hub: undefined,
  says: [
    'The slide shows a sample graph of the law p(d) = c d^-1.4, 0 < d <= 7, with the labels "Separate sub networks" and "Major component"; average degree 2.2, var(d) = 1.63. Its picture is lost: this is another sample of the same law.',
    `The law itself has ${momentsText(lawMoments(parseLaw('pure')))}: see the figure pure-law.`,
  ],
});
