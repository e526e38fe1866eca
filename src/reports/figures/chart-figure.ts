import type { TopLevelSpec } from 'vega-lite';
import { drawVegaLite } from '../../charts/vega-lite.ts';
import type { Table } from '../../core/table.ts';
import { csvText } from '../csv.ts';
import { captionText } from './caption.ts';
import type { Figure, FigureFiles } from './figure.ts';

/** What a chart of given numbers is made of. */
export interface ChartParts {
  readonly chart: TopLevelSpec;
  /** What there is to see, for those who can not see it. */
  readonly description: string;
  /** The numbers behind it, with their sources. */
  readonly numbers: Table;
  readonly gradeNote?: string;
  readonly paragraphs: readonly string[];
}

/** The files of a chart: picture, specification, numbers, caption. */
export async function chartFiles(
  figure: Pick<Figure, 'id' | 'title' | 'slide' | 'grade'>,
  parts: ChartParts,
): Promise<FigureFiles> {
  const { id, title } = figure;
  const { chart, description, numbers, paragraphs, gradeNote } = parts;
  return {
    [`${id}.svg`]: await drawVegaLite(chart, { title, description }),
    [`${id}.vl.json`]: `${JSON.stringify(chart, null, 2)}\n`,
    [`${id}.csv`]: csvText([numbers]),
    [`${id}.caption.txt`]: captionText(
      figure,
      gradeNote === undefined ? { paragraphs } : { gradeNote, paragraphs },
    ),
  };
}
