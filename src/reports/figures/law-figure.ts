import { drawVegaLite } from '../../charts/vega-lite.ts';
import type { Model } from '../../models/model.ts';
import type { Law } from '../../statistics/laws.ts';
import { csvText } from '../csv.ts';
import { captionText } from './caption.ts';
import type { Figure, FigureFiles } from './figure.ts';
import { lawChart } from './law-chart.ts';
import {
  lawMoments,
  lawNumbers,
  lawTables,
  momentsText,
  type LawNumbers,
  type NamedMoments,
} from './law-numbers.ts';
import { sampleOf } from './sample.ts';

/** What a law figure is made of. */
export interface LawFigure extends Omit<Figure, 'draw' | 'grade'> {
  readonly law: Law;
  readonly model: Model;
  /** The formula in a line, as it was read. */
  readonly formula: string;
  /** What the slide says, and how it was read, one paragraph each. */
  readonly says: readonly string[];
  /** The mean and the "var" that the slide states. */
  readonly stated: NonNullable<Law['stated']>;
  /** Other ways to read the slide, with how they differ. */
  readonly otherReadings: readonly { readonly name: string; readonly how: string; readonly law: Law }[];
}

/** A figure of a degree law: formula, drawn and realised sample, as chart, specification, tables and caption. */
export function lawFigure(parts: LawFigure): Figure {
  const { id, title, slide, law, model } = parts;
  const figure = { id, title, slide, grade: 'exact' } as const;
  return {
    ...figure,
    draw: async ({ seed }): Promise<FigureFiles> => {
      const numbers = lawNumbers(law, sampleOf(model, seed));
      const words = { title, description: description(title, numbers) };
      const chart = lawChart(numbers, { ...words, subtitle: subtitle(numbers, parts) });
      const tables = lawTables(id, numbers, otherMoments(parts));
      return {
        [`${id}.svg`]: await drawVegaLite(chart, words),
        [`${id}.vl.json`]: `${JSON.stringify(chart, null, 2)}\n`,
        [`${id}.csv`]: csvText([tables.law]),
        [`${id}-moments.csv`]: csvText([tables.moments]),
        [`${id}.caption.txt`]: captionText(figure, {
          gradeNote: 'The two samples are "like": the same model, a new random sample.',
          paragraphs: [...parts.says, ...paragraphs(numbers, parts, seed)],
        }),
      };
    },
  };
}

function subtitle({ constant, formula }: LawNumbers, { formula: line, stated }: LawFigure): string[] {
  const { mean, variance, standardDeviation } = formula;
  return [
    `${line}, c = ${constant.toFixed(4)}`,
    `Formula: mean ${mean.toFixed(2)}, variance ${variance.toFixed(2)}, standard deviation ${standardDeviation.toFixed(2)}. ` +
      `Slide: mean ${stated.mean}, "var" ${stated.variance}.`,
  ];
}

function otherMoments({ stated, otherReadings }: LawFigure): NamedMoments[] {
  return [
    { of: 'slide', ...stated, standardDeviation: null, largest: null },
    ...otherReadings.map(({ name, law }) => ({ of: name, ...lawMoments(law) })),
  ];
}

function description(title: string, { peers, rows }: LawNumbers): string {
  const first = rows.find(({ probability }) => probability > 0);
  const last = rows.findLast(({ probability }) => probability > 0);
  if (first === undefined || last === undefined) return title;
  return (
    `${title}: share of the peers over their degree, on linear and on logarithmic axes, for the law and for a sample ` +
    `of ${peers} peers. The law falls from ${first.probability.toFixed(4)} at degree ${first.degree} to ` +
    `${last.probability.toFixed(4)} at degree ${last.degree}.`
  );
}

function paragraphs(numbers: LawNumbers, { stated, otherReadings }: LawFigure, seed: number): string[] {
  const { constant, peers, formula, drawn, realised } = numbers;
  return [
    `Formula: c = ${constant.toFixed(6)}; ${momentsText(formula)}.`,
    `Drawn degrees (${peers} draws from the law, seed ${seed}): ${momentsText(drawn)}, largest ${drawn.largest}.`,
    `Realised degrees (the same peers in a configuration model, after its self-loops and repeated links were erased): ${momentsText(realised)}, largest ${realised.largest}.`,
    `The slide's mean ${stated.mean} follows from the formula (${formula.mean.toFixed(2)}). Its "var" ${stated.variance} does not: the formula gives the variance ${formula.variance.toFixed(2)}. It is close to a standard deviation (${formula.standardDeviation.toFixed(2)} by the formula, ${realised.standardDeviation.toFixed(2)} in this sample), perhaps that of the sample graph beside it.`,
    ...otherReadings.map(
      ({ name, how, law }) => `The ${name}, ${how}, would give ${momentsText(lawMoments(law))}.`,
    ),
    'Variances are those of the population (divided by the number of peers).',
  ];
}
