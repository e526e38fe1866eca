import * as z from 'zod';
import { PeerscopeError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import type { Model, ModelOptions } from '../models/model.ts';
import type { Scenario } from '../simulate/scenarios.ts';
import type { SessionLaw } from '../simulate/session-law.ts';
import type { Trouble } from '../simulate/trouble.ts';
import { kebabCase, parseArguments, text, wholeNumber, type RawArguments } from './arguments.ts';
import { MODEL_OPTIONS, modelArguments } from './model-arguments.ts';
import { isScenarioFile, scenarioArgument } from './scenario-argument.ts';
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
  checkFile(given, scenario);
  const set = Object.entries(raw).filter(
    ([option, value]) => value !== undefined && OPTIONS.includes(option),
  );
  const options = { ...scenario.options, ...Object.fromEntries(set) };
  const asGiven = Object.fromEntries(
    Object.entries(options).map(([option, value]) => [option, String(value)]),
  );
  return {
    ...argumentsOf(scenario.model, asGiven),
    scenario: { ...scenario, title: titleWith(scenario.title, set), options: asValues(asGiven) },
  };
}

function argumentsOf(model: string, raw: RawArguments): Omit<SimulationArguments, 'scenario'> {
  return { ...modelArguments(model, raw), ...troubleArguments(raw), ...parseArguments(schema, raw) };
}

/** What is wrong in a scenario file is said of the file, before the command line comes into play. */
function checkFile(given: string, { model, options }: Scenario): void {
  if (!isScenarioFile(given)) return;
  const raw = Object.fromEntries(Object.entries(options).map(([option, value]) => [option, String(value)]));
  try {
    argumentsOf(model, raw);
  } catch (error) {
    if (!(error instanceof PeerscopeError)) throw error;
    throw new PeerscopeError('bad-input', `the scenario ${given}: ${error.message}`, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      cause: error,
    });
  }
}

/** What the title says may not be true of what the command line has set otherwise. */
function titleWith(title: string, set: readonly (readonly [string, unknown])[]): string {
  if (set.length === 0) return title;
  const options = set.map(([option, value]) => `--${kebabCase(option)} ${String(value)}`).join(' ');
  return title === '' ? options : `${title}; here with ${options}`;
}

/** Options as a document has them: numbers as numbers. */
function asValues(options: Readonly<Record<string, string>>): Record<string, string | number> {
  const value = (text: string): string | number => {
    const number = Number(text);
    return Number.isFinite(number) && String(number) === text ? number : text;
  };
  return Object.fromEntries(Object.entries(options).map(([option, text]) => [option, value(text)]));
}
