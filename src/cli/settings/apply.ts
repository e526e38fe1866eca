import { PeerscopeError } from '../../core/errors.ts';
import type { RawArguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import type { Setting } from './settings.ts';

/** The arguments of a command, with what is set besides the command line where that says nothing. */
export interface AppliedSettings {
  readonly args: RawArguments;
  /** Those that had an effect. */
  readonly settings: readonly Setting[];
}

/**
 * Puts settings where the command line says nothing.
 * @throws {PeerscopeError} (usage) where a live crawl would take something from a file that may be a stranger's.
 */
export function applySettings(
  command: Command,
  given: RawArguments,
  all: readonly Setting[],
): AppliedSettings {
  const open = all.filter(({ option }) => given[camelCase(option)] === undefined);
  const isSet = (option: string): boolean =>
    given[camelCase(option)] !== undefined || open.some((setting) => setting.option === option);
  const settings = open.filter(({ option }) => command.heeds?.(option, isSet) ?? true);
  refuseForeign(command, given['live'] === true || isSet('resume'), settings);
  const values = Object.fromEntries(settings.map(({ option, value }) => [camelCase(option), value]));
  return { args: { ...given, ...values }, settings };
}

/**
 * What may be a stranger's has no part in a crawl that contacts strangers: one that goes on may be live. Commands that can
 * not go live have no such options, or some of the same name that contact nobody.
 */
function refuseForeign(command: Command, mayBeLive: boolean, settings: readonly Setting[]): void {
  if (!mayBeLive || !Object.hasOwn(command.options, 'contact')) return;
  const foreign = settings.find(({ option, source }) => source.kind === 'project' && option !== 'format');
  if (foreign === undefined) return;
  const { option, origin } = foreign;
  throw new PeerscopeError(
    'usage',
    `a crawl that is live, or goes on, takes nothing from ${origin}, which sets ${option}`,
    { hint: `Say --${option} on the command line, or trust that file with --config ./${origin}.` },
  );
}

/** The same error, with where the options came from that nobody typed. */
export function withOrigins(error: unknown, settings: readonly Setting[]): unknown {
  if (!(error instanceof PeerscopeError) || error.kind !== 'usage' || settings.length === 0) return error;
  const told = settings.map(({ option, origin }) => `--${option} (${origin})`).join(', ');
  const hint = `${error.hint === undefined ? '' : `${error.hint} `}Set besides the command line: ${told}.`;
  return new PeerscopeError(error.kind, error.message, { hint, cause: error.cause });
}

/** `leaf-cap`, as the parser hands it over. */
function camelCase(option: string): string {
  return option.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
