import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { PeerscopeError } from '../../core/errors.ts';
import { nameOf, type Command, type CommandOption } from '../command.ts';
import type { CliContext } from '../context.ts';
import { readConfigFile } from './config-file.ts';
import { readEnvironment, variableOf } from './environment.ts';
import { trustOf } from './trust.ts';

/** Looked for in the working directory. */
export const PROJECT_FILE = 'peerscope.config.json';

/** A place besides the command line where options are set. */
export interface SettingSource {
  readonly kind: 'environment' | 'config' | 'project' | 'user';
  /** The file, or `environment`. */
  readonly place: string;
  /** What it sets of a command's option; undefined where it does not. */
  readonly valueOf: (command: string, option: string) => unknown;
  /** Options that it sets of every command, and of one. */
  readonly everywhere: Readonly<Record<string, unknown>>;
  readonly byCommand: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** One option, set besides the command line. */
export interface Setting {
  readonly option: string;
  /** As the parser would have it. */
  readonly value: string | boolean | readonly string[];
  readonly source: SettingSource;
  /** For people: the file, or the variable. */
  readonly origin: string;
}

/**
 * The places where options are set besides the command line; whichever comes first has its way: the environment, the file of
 * --config (or PEERSCOPE_CONFIG), that of the working directory, the user's.
 * @throws {PeerscopeError} (usage, bad-input) that says what is wrong in which of them.
 */
export function settingSources(
  named: string | undefined,
  { env }: Pick<CliContext, 'env'>,
  commands: readonly Command[],
): readonly SettingSource[] {
  const everywhere = readEnvironment(env, commands);
  const sources: SettingSource[] = [sourceOf('environment', 'environment', everywhere, {})];
  const config = named ?? (env['PEERSCOPE_CONFIG'] === '' ? undefined : env['PEERSCOPE_CONFIG']);
  const files: { kind: 'config' | 'project' | 'user'; path: string }[] = [
    ...(config === undefined ? [] : [{ kind: 'config' as const, path: config }]),
    { kind: 'project', path: PROJECT_FILE },
    ...userFile(env).map((path) => ({ kind: 'user' as const, path })),
  ];
  for (const { kind, path } of files) {
    if (kind !== 'config' && !existsSync(path)) continue;
    // Whoever names the project's file trusts it: it is not read a second time as one that may be a stranger's.
    if (kind !== 'config' && config !== undefined && isSameFile(path, config)) continue;
    const file = readConfigFile(path, kind, commands);
    sources.push(sourceOf(kind, path, file.everywhere, file.byCommand));
  }
  return sources;
}

/** The user's file, whether it is there or not; none where nobody says where the user's files are. */
export function userFile(env: CliContext['env']): readonly string[] {
  const xdg = env['XDG_CONFIG_HOME'];
  const home = env['HOME'] ?? env['USERPROFILE'];
  // The XDG specification has relative paths ignored.
  const folder =
    xdg !== undefined && isAbsolute(xdg) ? xdg : home === undefined ? undefined : join(home, '.config');
  return folder === undefined ? [] : [join(folder, 'peerscope', 'config.json')];
}

/**
 * What is set of a command's options besides the command line.
 * @throws {PeerscopeError} where a value is of the wrong kind, or consent is not given on the command line.
 */
export function settingsOf(command: Command, sources: readonly SettingSource[]): readonly Setting[] {
  return Object.entries(command.options).flatMap(([option, how]) => {
    for (const source of sources) {
      const raw = source.valueOf(nameOf(command), option);
      if (raw === undefined) continue;
      const origin = source.kind === 'environment' ? variableOf(option) : source.place;
      if (trustOf(option) === 'command line') {
        throw new PeerscopeError('usage', `--${option} is for the command line only, and ${origin} sets it`);
      }
      return [{ option, value: asArgument(option, how, raw, source, origin), source, origin }];
    }
    return [];
  });
}

function sourceOf(
  kind: SettingSource['kind'],
  place: string,
  everywhere: SettingSource['everywhere'],
  byCommand: SettingSource['byCommand'],
): SettingSource {
  const valueOf = (command: string, option: string): unknown => {
    const own = Object.hasOwn(byCommand, command) ? byCommand[command] : undefined;
    const found = [own, everywhere].find(
      (settings) => settings !== undefined && Object.hasOwn(settings, option),
    );
    return found?.[option];
  };
  return { kind, place, valueOf, everywhere, byCommand };
}

function asArgument(
  option: string,
  { type, array }: CommandOption,
  raw: unknown,
  { kind }: SettingSource,
  origin: string,
): Setting['value'] {
  const wrong = (expected: string): PeerscopeError =>
    new PeerscopeError(
      kind === 'environment' ? 'usage' : 'bad-input',
      `${origin}: "${option}" must be ${expected}`,
    );
  if (type === 'boolean') {
    if (typeof raw === 'boolean') return raw;
    if (kind === 'environment' && /^(1|true)$/.test(String(raw))) return true;
    if (kind === 'environment' && /^(0|false)$/.test(String(raw))) return false;
    throw wrong('true or false');
  }
  if (typeof raw === 'boolean') throw wrong('a text or a number');
  const parts = Array.isArray(raw)
    ? raw.map(String)
    : kind === 'environment'
      ? String(raw).split(',')
      : [String(raw)];
  // An option that takes one text takes a list of them with commas.
  return array === true ? parts : parts.join(',');
}

function isSameFile(a: string, b: string): boolean {
  return existsSync(b) && realpathSync(a) === realpathSync(b);
}
