import { hybrid } from '../../models/degree-law-model.ts';
import { parseLaw } from '../../statistics/laws.ts';
import { graphFigure } from './graph-figure.ts';
import { lawMoments, momentsText } from './law-numbers.ts';

/** The sample graph of the slide on hybrid overlays. */
export const hybridGraphFigure = graphFigure({
  id: 'hybrid-graph',
  title: 'Sample graph of a hybrid P2P network',
  slide: 'Model of Hybrid P2P Networks',
  model: hybrid,
  hub: 'Superpeer (hub, drawn degree 20)',
  says: [
    'The slide shows a sample graph of the law p(d) = c d^-1.4 for 1 < d <= 7, c 1^-1.4 - 0.05 for d = 1, c 0.05 for d = 20; average degree 2.8, var(d) = 3.55. Its picture is lost: this is another sample of the same law.',
    `The law itself (reading B) has ${momentsText(lawMoments(parseLaw('hybrid-b')))}: see the figure hybrid-law.`,
    'The law sets degrees only and no tiers: leaves are linked to each other, too. For an overlay in which they are not, see the model two-tier (peerscope simulate two-tier).',
  ],
});
