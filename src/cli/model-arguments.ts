import { PeerscopeError } from '../core/errors.ts';
import { MODELS } from '../models/index.ts';
import { DEFAULT_MODEL_OPTIONS, type Model, type ModelOptions } from '../models/model.ts';
import {
  kebabCase,
  oneOf,
  parseArguments,
  realNumber,
  text,
  wholeNumber,
  type RawArguments,
} from './arguments.ts';
import { z } from 'zod';

const schema = z.object({
  peers: wholeNumber(2, 16_000_000).optional(),
  reading: oneOf(['A', 'B', 'C'], 'reading').optional(),
  variant: oneOf(['erased', 'reject'], 'variant').optional(),
  law: text.optional(),
  superpeerShare: realNumber(0, 1).optional(),
  superpeerDegree: wholeNumber(2, 10_000).optional(),
  superpeersPerLeaf: wholeNumber(1, 1_000).optional(),
  leafCap: wholeNumber(1, 1_000_000).optional(),
});

/** The model of that name and its options; a PeerscopeError (usage) for an option that the model does not heed. */
export function modelArguments(
  name: string,
  raw: RawArguments,
): { model: Model; modelOptions: ModelOptions } {
  const names = MODELS.map((model) => model.name);
  const { chosen } = parseArguments(z.object({ chosen: oneOf(names, 'model') }), { chosen: name });
  const model = MODELS.find((candidate) => candidate.name === chosen);
  if (model === undefined) throw new RangeError(chosen);
  const given = Object.entries(parseArguments(schema, raw)).filter(([, value]) => value !== undefined);
  for (const [option] of given) {
    if (option === 'peers' || model.options.some((heeded) => heeded === option)) continue;
    throw new PeerscopeError('usage', `the model ${model.name} has no option --${kebabCase(option)}`);
  }
  return { model, modelOptions: { ...DEFAULT_MODEL_OPTIONS, ...Object.fromEntries(given) } };
}

/** A PeerscopeError (usage) where an option of a model is given and there is no model to heed it. */
export function refuseModelOptions(raw: RawArguments): void {
  const given = Object.keys(schema.shape).find((option) => raw[option] !== undefined);
  if (given === undefined) return;
  throw new PeerscopeError('usage', `--${kebabCase(given)} is for simulated overlays`, {
    hint: 'Use it together with --simulate MODEL.',
  });
}
