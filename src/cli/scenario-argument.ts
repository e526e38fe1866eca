import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import { MODELS } from '../models/index.ts';
import { parseScenario } from '../simulate/scenario-file.ts';
import { SCENARIOS, type Scenario } from '../simulate/scenarios.ts';
import { oneOf, parseArguments } from './arguments.ts';

/**
 * What a MODEL argument names: a scenario file (with a slash or `.json`), a shipped scenario, or a model, which is a
 * scenario without options.
 */
export function scenarioArgument(given: string): Scenario {
  if (isScenarioFile(given)) return parseScenario(readScenario(given), given);
  const names = [...MODELS, ...SCENARIOS].map((candidate) => candidate.name);
  const { chosen } = parseArguments(z.object({ chosen: oneOf(names, 'model') }), { chosen: given });
  const shipped = SCENARIOS.find((candidate) => candidate.name === chosen);
  return shipped ?? { name: chosen, title: '', model: chosen, options: {} };
}

export function isScenarioFile(given: string): boolean {
  return given.includes('/') || given.endsWith('.json');
}

function readScenario(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const missing = systemCode(error) === 'ENOENT';
    throw new PeerscopeError(
      'bad-input',
      `the scenario ${file} ${missing ? 'does not exist' : 'cannot be read'}`,
      { cause: error },
    );
  }
}
