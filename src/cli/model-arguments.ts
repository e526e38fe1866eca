import { PeerscopeError } from '../core/errors.ts';
import { parseDegreeLawCsv } from '../formats/degree-law-csv.ts';
import { MODELS } from '../models/index.ts';
import {
  DEFAULT_MODEL_OPTIONS,
  type DegreeLaw,
  type Model,
  type ModelOptions,
  type WholeRange,
} from '../models/model.ts';
import { readArgumentFile } from './argument-file.ts';
import {
  kebabCase,
  oneOf,
  parseArguments,
  realNumber,
  text,
  wholeNumber,
  type RawArguments,
} from './arguments.ts';
import * as z from 'zod';

const schema = z.object({
  peers: wholeNumber(2, 16_000_000).optional(),
  reading: oneOf(['A', 'B', 'C'], 'reading').optional(),
  variant: oneOf(['erased', 'reject'], 'variant').optional(),
  law: text.transform(lawNamed).optional(),
  superpeerShare: realNumber(0, 1).optional(),
  superpeerDegree: wholeNumber(2, 10_000).optional(),
  superpeerDegreeCap: wholeNumber(2, 10_000).optional(),
  uptimeBias: realNumber(0, 1).optional(),
  superpeersPerLeaf: wholeRange(1, 1_000).optional(),
  leafCap: wholeNumber(1, 1_000_000).optional(),
  meanDegree: realNumber(0, 10_000).optional(),
  linksPerPeer: wholeNumber(1, 10_000).optional(),
  neighbours: wholeNumber(2, 10_000).optional(),
  rewiring: realNumber(0, 1).optional(),
  exponent: realNumber(-10, 10).optional(),
  maxDegree: wholeNumber(1, 16_000_000).optional(),
  columns: wholeNumber(1, 16_000_000).optional(),
  successors: wholeNumber(1, 5_000).optional(),
  placement: oneOf(['random', 'even'], 'placement').optional(),
  dimensions: wholeNumber(1, 16).optional(),
  bucketSize: wholeNumber(1, 1_000).optional(),
  servers: wholeNumber(1, 10_000).optional(),
  transfers: wholeNumber(0, 10_000).optional(),
  redundancy: wholeNumber(1, 1_000).optional(),
  fanOut: wholeNumber(1, 10_000).optional(),
  outsideShare: realNumber(0, 1).optional(),
  stripes: wholeNumber(1, 1_000).optional(),
  symmetricShare: realNumber(0, 1).optional(),
  connectionCap: wholeNumber(1, 10_000).optional(),
  openingCap: wholeNumber(1, 10_000).optional(),
  trackerSample: wholeNumber(1, 10_000).optional(),
  circuits: wholeNumber(0, 100_000_000).optional(),
  radioRange: realNumber(0, 1).optional(),
  arrangement: oneOf(['mesh', 'mixer', 'forwarding'], 'arrangement').optional(),
  clusters: wholeNumber(1, 1_000_000).optional(),
  blockShare: realNumber(0, 1).optional(),
});

/** A whole number in a range, or a range of them such as 1-3. */
function wholeRange(min: number, max: number): z.ZodType<number | WholeRange> {
  const expected = `must be a whole number from ${min} to ${max}, or a range of them such as 1-3`;
  return z
    .string()
    .regex(/^\d+(-\d+)?$/, expected)
    .transform((given) => {
      const [least = NaN, most = least] = given.split('-').map(Number);
      return { least, most };
    })
    .refine(({ least, most }) => min <= least && least <= most && most <= max, expected)
    .transform((range) => (range.least === range.most ? range.least : range));
}

/** A law in a CSV file is read here, since models read no files; any other text is the name of one. */
function lawNamed(given: string): string | DegreeLaw {
  if (!given.includes('/') && !/\.csv$/i.test(given)) return given;
  return parseDegreeLawCsv(readArgumentFile('law', given, LAW_HINT), given);
}

const LAW_HINT = 'A law is a CSV file with the columns degree and probability, or degree and count.';

/** The names of the options of models, as the schema knows them. */
export const MODEL_OPTIONS: readonly string[] = Object.keys(schema.shape);

/** The names of the models. */
export const MODEL_NAMES: readonly string[] = MODELS.map(({ name }) => name);

/** The model of that name and its options; a PeerscopeError (usage) for an option that the model does not heed. */
export function modelArguments(
  name: string,
  raw: RawArguments,
): { readonly model: Model; readonly modelOptions: ModelOptions } {
  const { chosen } = parseArguments(z.object({ chosen: oneOf(MODEL_NAMES, 'model') }), { chosen: name });
  const model = MODELS.find((candidate) => candidate.name === chosen);
  if (model === undefined) throw new RangeError(chosen);
  const given = Object.entries(parseArguments(schema, raw)).filter(([, value]) => value !== undefined);
  for (const [option] of given) {
    if (option === 'peers' || model.options.some((heeded) => heeded === option)) continue;
    throw new PeerscopeError('usage', `the model ${model.name} has no option --${kebabCase(option)}`);
  }
  const modelOptions = { ...DEFAULT_MODEL_OPTIONS, ...Object.fromEntries(given) };
  return { model, modelOptions };
}

/** A PeerscopeError (usage) where an option of a model is given and there is no model to heed it. */
export function refuseModelOptions(raw: RawArguments): void {
  const given = MODEL_OPTIONS.find((option) => raw[option] !== undefined);
  if (given === undefined) return;
  throw new PeerscopeError('usage', `--${kebabCase(given)} is for simulated overlays`, {
    hint: 'Use it together with --simulate MODEL.',
  });
}
