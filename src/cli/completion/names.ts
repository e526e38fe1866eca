import { join } from 'node:path';
import type { CliContext } from '../context.ts';

type NamesNow = (context: CliContext) => Promise<readonly string[]>;

const namesOf = (things: readonly { readonly name: string }[]): string[] => things.map(({ name }) => name);

/** Every registry whose names stand on a command line. Each is loaded by those who ask for its names. */
const REGISTRIES = {
  analyses: async () => namesOf((await import('../../analyses/index.ts')).ANALYSES),
  commands: async () =>
    (await import('../commands.ts')).COMMANDS.map(({ usage }) => usage.split(' ')[0] ?? ''),
  'file-formats': async () => (await import('../../formats/formats.ts')).FORMAT_NAMES,
  datasets: async ({ packageDir }) => {
    const { readCatalogue } = await import('../../formats/datasets.ts');
    return namesOf(readCatalogue(join(packageDir, 'datasets', 'catalogue.json')));
  },
  families: async () => namesOf((await import('../../statistics/families.ts')).FAMILIES),
  figures: async () => (await import('../../reports/figures/index.ts')).FIGURES.map(({ id }) => id),
  formats: async () => (await import('../../reports/format.ts')).FORMATS,
  inputs: async ({ packageDir }) => {
    const { readCatalogue } = await import('../../formats/datasets.ts');
    const datasets = readCatalogue(join(packageDir, 'datasets', 'catalogue.json'));
    return namesOf([...datasets, ...(await import('../../models/index.ts')).MODELS]);
  },
  // What stands in capitals in the name of a law is for the user to say.
  laws: async () =>
    (await import('../../statistics/laws.ts')).LAW_NAMES.filter((name) => !/[A-Z]/.test(name)),
  models: async () => [
    ...namesOf((await import('../../models/index.ts')).MODELS),
    ...namesOf((await import('../../simulate/scenarios.ts')).SCENARIOS),
  ],
  networks: async () => namesOf((await import('../../overlays/index.ts')).OVERLAYS),
  paradigms: async () => namesOf((await import('../../paradigms/index.ts')).PARADIGMS),
  questions: async () =>
    (await import('../../overlays/index.ts')).OVERLAYS.flatMap(({ questions }) => namesOf(questions)),
  sequences: async () => (await import('../../reports/sequences/sequences.ts')).SEQUENCE_NAMES,
  strategies: async () => namesOf((await import('../../search/strategies.ts')).STRATEGIES),
} satisfies Readonly<Record<string, NamesNow>>;

/** What an argument may be: names of a registry, or these words. */
export type Names = keyof typeof REGISTRIES | readonly string[];

/** The names that an argument may be, as they are now. */
export async function namesFor(names: Names, context: CliContext): Promise<readonly string[]> {
  return typeof names === 'string' ? await REGISTRIES[names](context) : names;
}
