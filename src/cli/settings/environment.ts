import { PeerscopeError } from '../../core/errors.ts';
import { nearest } from '../../core/nearest.ts';
import type { Command } from '../command.ts';

/** Variables that are no options of commands. */
const OTHERS = ['PEERSCOPE_DATASETS', 'PEERSCOPE_CONFIG'];

/** `connect-timeout` is PEERSCOPE_CONNECT_TIMEOUT. */
export function variableOf(option: string): string {
  return `PEERSCOPE_${option.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * What the environment sets, by option; a variable without text sets nothing. Variables that are called like no option are
 * left alone, since whoever packs a program sets some of their own.
 * @throws {PeerscopeError} (usage) for one that is called almost like an option.
 */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  commands: readonly Command[],
): Readonly<Record<string, string>> {
  const options = [...new Set(commands.flatMap((command) => Object.keys(command.options)))];
  const byVariable = new Map(options.map((option) => [variableOf(option), option]));
  const set: Record<string, string> = {};
  for (const [variable, text] of Object.entries(env)) {
    if (!variable.startsWith('PEERSCOPE_') || OTHERS.includes(variable) || text === undefined || text === '')
      continue;
    const option = byVariable.get(variable);
    if (option !== undefined) {
      set[option] = text;
      continue;
    }
    const bare = (name: string): string => name.slice('PEERSCOPE_'.length);
    const near = nearest(bare(variable), [...byVariable.keys(), ...OTHERS].map(bare));
    if (near === undefined) continue;
    throw new PeerscopeError('usage', `unknown setting ${variable} in the environment`, {
      hint: `Did you mean PEERSCOPE_${near}?`,
    });
  }
  return set;
}
