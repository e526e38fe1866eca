import { existsSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { PeerscopeError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import type { FormatName } from '../formats/formats.ts';
import type { ReadInput } from '../formats/input.ts';
import type { TopologyFileOptions } from '../formats/topology-file.ts';
import { kebabCase, parseArguments, wholeNumber, type RawArguments } from './arguments.ts';
import { datasetFolders, type CliContext } from './context.ts';
import { modelOptions } from './option-lists.ts';
import * as z from 'zod';

/** One INPUT of a command line, known to be a path, a dataset or a model, and not read yet. */
export interface TopologyInput {
  /** As it was given. */
  readonly name: string;
  /**
   * @param memory bytes that a file may take [as many as are free]
   * @param format of a file [as its name says, else as it begins]
   * @throws {PeerscopeError} (usage or bad-input) where it cannot be read so.
   */
  read(options?: TopologyFileOptions, memory?: number, format?: FormatName): Promise<ReadInput>;
}

/**
 * What the INPUTs of a command line are: `-`, snapshot directories, topology files, datasets and models, the last two by
 * name. With a slash or an extension it is a path, so is a file or snapshot that is there; otherwise a name. A model makes
 * its topology as `generate` makes it of the same options and `--seed`, which seeds the command's own chance too, by
 * streams of its own.
 *
 * A command that calls this has `modelOptions` and `seed` among its options, and none of its own by those names.
 *
 * @throws {PeerscopeError} (usage) for an option of models where no INPUT is one, or the model has none such;
 * (bad-input) for a name that nothing has.
 */
export async function topologyInputs(
  names: readonly string[],
  raw: RawArguments,
  context: CliContext,
): Promise<readonly TopologyInput[]> {
  const inputs: TopologyInput[] = [];
  let isThereAModel = false;
  for (const name of names) {
    const generated = isPath(name) ? undefined : await modelInput(name, raw);
    if (generated !== undefined) isThereAModel = true;
    inputs.push(generated ?? (await storedInput(name, context)));
  }
  if (!isThereAModel) refuseOptionsOfModels(names, raw);
  return inputs;
}

function isPath(name: string): boolean {
  return (
    name === '-' ||
    name.includes('/') ||
    extname(name) !== '' ||
    (existsSync(name) && (!statSync(name).isDirectory() || existsSync(join(name, 'manifest.json'))))
  );
}

const schema = z.object({ seed: wholeNumber(0, 2 ** 31 - 1).default(1) });

/** Undefined where no model has that name. */
async function modelInput(name: string, raw: RawArguments): Promise<TopologyInput | undefined> {
  const { MODEL_NAMES, modelArguments } = await import('./model-arguments.ts');
  if (!MODEL_NAMES.includes(name)) return undefined;
  const { model, modelOptions: options } = modelArguments(name, raw);
  const { seed } = parseArguments(schema, { seed: raw['seed'] });
  const asked = [
    ...optionsGiven(raw).map((option) => `--${option} ${givenText(raw, option)}`),
    `--seed ${seed}`,
  ];
  return {
    name,
    read: async ({ directed, source, target } = {}) => {
      const { createRandom } = await import('../core/random.ts');
      refuse(
        directed,
        `--directed is of no use: the model ${name} says itself whether its links have a direction`,
      );
      refuse(source ?? target, `--source and --target are for CSV, and ${name} is a model`);
      const { topology, notes } = model.generate(options, createRandom(seed).fork(name));
      return {
        topology,
        notes: [`The topology that peerscope generate ${name} ${asked.join(' ')} makes.`, ...notes],
        digests: {},
      };
    },
  };
}

async function storedInput(name: string, context: CliContext): Promise<TopologyInput> {
  const catalogue = join(context.packageDir, 'datasets', 'catalogue.json');
  if (!isPath(name) && !existsSync(name)) await refuseUnknownName(name, catalogue);
  return {
    name,
    read: async (options = {}, memory = context.memory(), format?: FormatName) => {
      const { readInput } = await import('../formats/input.ts');
      const folders = datasetFolders(context);
      const sources = { stdin: context.stdin, catalogue, folders, memory };
      return await readInput(name, { ...sources, ...(format && { format }) }, options);
    },
  };
}

async function refuseUnknownName(name: string, catalogue: string): Promise<void> {
  const { readCatalogue } = await import('../formats/datasets.ts');
  const datasets = readCatalogue(catalogue).map((dataset) => dataset.name);
  if (datasets.some((dataset) => dataset.toLowerCase() === name.toLowerCase())) return;
  const { MODEL_NAMES } = await import('./model-arguments.ts');
  const near = nearest(name, [...datasets, ...MODEL_NAMES]);
  const kind = near !== undefined && MODEL_NAMES.includes(near) ? 'model' : 'dataset';
  throw new PeerscopeError('bad-input', `there is no file, snapshot, dataset or model "${name}"`, {
    hint: near === undefined ? 'A path has a slash or an extension.' : `Did you mean the ${kind} ${near}?`,
  });
}

function refuseOptionsOfModels(names: readonly string[], raw: RawArguments): void {
  const [given] = optionsGiven(raw);
  if (given === undefined) return;
  const isFile = names.some((name) => existsSync(name));
  throw new PeerscopeError('usage', `--${given} is for models, and ${names.join(', ')} is none`, {
    ...(isFile ? { hint: 'What there is a file or snapshot of is read, whatever its name.' } : {}),
  });
}

/** The options of models that are given, as they stand on the command line. */
function optionsGiven(raw: RawArguments): readonly string[] {
  const given = new Set(
    Object.keys(raw)
      .filter((key) => raw[key] !== undefined)
      .map(kebabCase),
  );
  return Object.keys(modelOptions).filter((option) => given.has(option));
}

function givenText(raw: RawArguments, option: string): string {
  const [, value] = Object.entries(raw).find(([key]) => kebabCase(key) === option) ?? [];
  return String(value);
}

function refuse(option: unknown, why: string): void {
  if (option !== undefined) throw new PeerscopeError('usage', why);
}
