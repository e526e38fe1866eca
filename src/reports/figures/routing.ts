import { csvText } from '../csv.ts';
import { captionParagraphs, messagesTable, sequenceFile } from '../sequences/sequence-report.ts';
import { playSequence, type SequenceName } from '../sequences/sequences.ts';
import { captionText } from './caption.ts';
import type { Figure } from './figure.ts';

/** The sequence chart of a slide on routing; it has no chance in it, so that every seed gives the same. */
function routingFigure(name: SequenceName, title: string, slide: string): Figure {
  const id = `routing-${name}`;
  const figure = { id, title, slide, grade: 'like' } as const;
  return {
    ...figure,
    draw: () => {
      const played = playSequence(name);
      return Promise.resolve({
        [`${id}.svg`]: sequenceFile(played, 'svg'),
        [`${id}.csv`]: csvText([messagesTable(played)]),
        [`${id}.mmd`]: sequenceFile(played, 'mermaid'),
        [`${id}.txt`]: sequenceFile(played, 'text'),
        [`${id}.caption.txt`]: captionText(figure, {
          gradeNote:
            "The slide's picture is lost: this is a run of servents on a small fixed overlay, the same for every seed.",
          paragraphs: captionParagraphs(played),
        }),
      });
    },
  };
}

export const centralizedRoutingFigure = routingFigure(
  'centralized',
  'Sequence chart of a centralized P2P network',
  'Centralized P2P Routing',
);
export const pureRoutingFigure = routingFigure(
  'pure',
  'Sequence chart of a pure P2P network',
  'Pure P2P Routing',
);
export const hybridRoutingFigure = routingFigure(
  'hybrid',
  'Sequence chart of a hybrid P2P network',
  'Hybrid P2P Routing',
);
