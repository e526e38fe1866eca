import type { LayoutWork } from '../../topology/layout.ts';
import type { Topology } from '../../topology/topology.ts';

/**
 * How close a figure comes to the slide: `exact` computes it from the same formula or table, `like` draws another
 * sample of the same model, `stand-in` shows other data in the same form.
 */
export type Grade = 'exact' | 'like' | 'stand-in';

export const GRADE_MEANINGS: Readonly<Record<Grade, string>> = {
  exact: 'the same formula or table as on the slide',
  like: 'the same model as on the slide, in another sample',
  'stand-in': 'other data than on the slide, in the same form',
};

/** What a figure may be varied by. */
export interface FigureOptions {
  /** A whole number; the same seed gives the same bytes. */
  readonly seed: number;
  /** gnutella-crawl: what is drawn, and how it came about. */
  readonly crawl: () => Promise<{
    readonly name: string;
    readonly topology: Topology;
    readonly notes: readonly string[];
  }>;
  /** Who computes layouts. */
  readonly layout: LayoutWork;
  /** abilene: the series, as CSV, and what its file is called. */
  readonly abilene?: { readonly name: string; readonly text: string };
}

/** The contents of files by name. The names of one figure begin with its id. */
export type FigureFiles = Readonly<Record<string, string>>;

/** A figure of the lecture. A new one is one file and one line in `index.ts`. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  /** The title of the slide that it is on. */
  readonly slide: string;
  readonly grade: Grade;
  /** The picture (`ID.svg`), the numbers behind it (`ID.csv` …) and its caption (`ID.caption.txt`). Writes nothing. */
  draw(options: FigureOptions): Promise<FigureFiles>;
}
