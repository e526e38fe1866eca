import { z } from 'zod';
import { PeerscopeError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import type { Model, ModelOptions } from '../models/model.ts';
import type { Scenario } from '../simulate/scenarios.ts';
import type { SessionLaw } from '../simulate/session-law.ts';
import type { Trouble } from '../simulate/trouble.ts';
import { parseArguments, text, wholeNumber, type RawArguments } from './arguments.ts';
import { MODEL_OPTIONS, modelArguments } from './model-arguments.ts';
import { scenarioArgument } from './scenario-argument.ts';
import { TROUBLE_OPTIONS, troubleArguments } from './trouble-arguments.ts';

/** What to simulate: a scenario, with what the command line sets otherwise. */
export interface SimulationArguments {
  readonly model: Model;
  readonly modelOptions: ModelOptions;
  readonly trouble: Trouble;
  readonly sessionLaw?: SessionLaw;
  readonly seed: number;
  readonly latency?: string | undefined;
  /** The same as a document that can be cited. */
  readonly scenario: Scenario;
}

const schema = z.object({ seed: wholeNumber(0, 2 ** 31 - 1).default(1), latency: text.optional() });

const OPTIONS: readonly string[] = [...MODEL_OPTIONS, ...TROUBLE_OPTIONS, ...Object.keys(schema.shape)];

/** Reads a MODEL argument and the options around it; a PeerscopeError (usage or bad-input) says what is impossible. */
export function simulationArguments(given: string, raw: RawArguments): SimulationArguments {
  const scenario = scenarioArgument(given);
  for (const option of Object.keys(scenario.options)) {
    if (OPTIONS.includes(option)) continue;
    const near = nearest(option, OPTIONS);
    throw new PeerscopeError(
      'bad-input',
      `the scenario ${given} has an unknown option "${option}"${near === undefined ? '' : `: did you mean ${near}?`}`,
    );
  }
  const set = Object.entries(raw).filter(
    ([option, value]) => value !== undefined && OPTIONS.includes(option),
  );
  const options = { ...scenario.options, ...Object.fromEntries(set) };
  const asGiven = Object.fromEntries(
    Object.entries(options).map(([option, value]) => [option, String(value)]),
  );
  return {
    ...modelArguments(scenario.model, asGiven),
    ...troubleArguments(asGiven),
    ...parseArguments(schema, asGiven),
    scenario: { ...scenario, options: asValues(asGiven) },
  };
}

/** Options as a document has them: numbers as numbers. */
function asValues(options: Readonly<Record<string, string>>): Record<string, string | number> {
  const value = (text: string): string | number => {
    const number = Number(text);
    return Number.isFinite(number) && String(number) === text ? number : text;
  };
  return Object.fromEntries(Object.entries(options).map(([option, text]) => [option, value(text)]));
}
