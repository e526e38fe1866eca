import * as z from 'zod';
import { MODELS } from '../models/index.ts';
import { parseScenario } from '../simulate/scenario-file.ts';
import { SCENARIOS, type Scenario } from '../simulate/scenarios.ts';
import { readArgumentFile } from './argument-file.ts';
import { oneOf, parseArguments } from './arguments.ts';

/**
 * What a MODEL argument names: a scenario file (with a slash or `.json`), a shipped scenario, or a model, which is a
 * scenario without options.
 */
export function scenarioArgument(given: string): Scenario {
  if (isScenarioFile(given)) return parseScenario(readArgumentFile('scenario', given), given);
  const names = [...MODELS, ...SCENARIOS].map((candidate) => candidate.name);
  const { chosen } = parseArguments(z.object({ chosen: oneOf(names, 'model') }), { chosen: given });
  const shipped = SCENARIOS.find((candidate) => candidate.name === chosen);
  return shipped ?? { name: chosen, title: '', model: chosen, options: {} };
}

export function isScenarioFile(given: string): boolean {
  return given.includes('/') || given.endsWith('.json');
}
