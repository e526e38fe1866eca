import * as z from 'zod';
import { PeerscopeError } from '../core/errors.ts';
import type { Scenario } from './scenarios.ts';

export const SCENARIO_SCHEMA = 'peerscope/scenario/1';

/** As on the command line: separated by commas. */
const list = z.array(z.union([z.string(), z.number()])).transform((items) => items.join(','));

const scenarioSchema = z.strictObject({
  schema: z.literal(SCENARIO_SCHEMA),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be a name of small letters, digits and hyphens'),
  title: z.string().default(''),
  model: z.string(),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), list])).default({}),
});

/**
 * Reads a scenario document: `{"schema": "peerscope/scenario/1", "name", "title", "model", "options": {…}}`. What its
 * options mean is checked where they are used.
 * @throws {PeerscopeError} (bad-input) that says what is wrong in which place.
 */
export function parseScenario(text: string, file: string): Scenario {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new PeerscopeError('bad-input', `${file} is no JSON document`, { cause: error });
  }
  const parsed = scenarioSchema.safeParse(document);
  if (parsed.success) {
    const { name, title, model, options } = parsed.data;
    return { name, title, model, options };
  }
  const issue = parsed.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? 'it' : issue.path.join('.');
  throw new PeerscopeError('bad-input', `${file} is no scenario: ${where}: ${issue?.message ?? ''}`, {
    hint: 'peerscope simulate quiet --save-scenario FILE writes one to begin with.',
  });
}

/** The document of a scenario. */
export function scenarioDocument(scenario: Scenario): string {
  return `${JSON.stringify({ schema: SCENARIO_SCHEMA, ...scenario }, null, 2)}\n`;
}
