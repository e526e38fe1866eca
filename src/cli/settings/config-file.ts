import { existsSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, normalize } from 'node:path';
import { PeerscopeError } from '../../core/errors.ts';
import { MAX_CONFIG_BYTES } from '../../core/limits.ts';
import { nearest } from '../../core/nearest.ts';
import { nameOf, type Command } from '../command.ts';
import { jsonFault } from './json-fault.ts';
import { trustOf } from './trust.ts';

/** What a file sets: of every command that has the option, or of one. */
export interface ConfigFile {
  readonly path: string;
  readonly everywhere: Readonly<Record<string, unknown>>;
  readonly byCommand: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * Reads a config file: `{"seed": 7, "crawl": {"rate": 50}}`. All of it is checked, whatever command runs.
 * @throws {PeerscopeError} (bad-input) that names the file and what is wrong in it; (usage) where there is no such file.
 */
export function readConfigFile(
  path: string,
  kind: 'config' | 'project' | 'user',
  commands: readonly Command[],
): ConfigFile {
  const document = parse(textOf(path), path);
  const everywhere: Record<string, unknown> = {};
  const byCommand: Record<string, Readonly<Record<string, unknown>>> = {};
  const allOptions = [...new Set(commands.flatMap(({ options }) => Object.keys(options)))];
  for (const [key, value] of Object.entries(document)) {
    if (!isObject(value)) {
      if (!allOptions.includes(key)) throw unknown(path, key, [...allOptions, ...commands.map(nameOf)]);
      check(path, kind, key, value);
      everywhere[key] = value;
      continue;
    }
    const command = commands.find((candidate) => nameOf(candidate) === key);
    if (command === undefined) throw unknown(path, key, commands.map(nameOf), 'command');
    for (const [option, inner] of Object.entries(value)) {
      if (!Object.hasOwn(command.options, option))
        throw unknown(path, option, Object.keys(command.options), 'setting', ` of ${key}`);
      check(path, kind, option, inner);
    }
    byCommand[key] = value;
  }
  return { path, everywhere, byCommand };
}

function textOf(path: string): string {
  if (!existsSync(path)) throw new PeerscopeError('usage', `config file ${path}: not found`);
  const about = statSync(path);
  if (!about.isFile()) throw new PeerscopeError('bad-input', `config file ${path}: it is no file`);
  if (about.size > MAX_CONFIG_BYTES) {
    throw new PeerscopeError('bad-input', `config file ${path}: it has more than ${MAX_CONFIG_BYTES} bytes`);
  }
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    throw new PeerscopeError('bad-input', `config file ${path}: it cannot be read`, { cause });
  }
}

function parse(text: string, path: string): Readonly<Record<string, unknown>> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    const { line, column } = jsonFault(text);
    throw new PeerscopeError(
      'bad-input',
      `config file ${path}: no JSON from line ${line}, column ${column}`,
      {
        hint: 'Names and texts stand in double quotes, and no comma comes before } or ].',
        cause,
      },
    );
  }
  if (isObject(document)) return document;
  throw new PeerscopeError('bad-input', `config file ${path}: it must hold an object of settings`, {
    hint: 'For example {"seed": 7, "crawl": {"rate": 50}}.',
  });
}

function unknown(
  path: string,
  key: string,
  candidates: readonly string[],
  what = 'setting',
  where = '',
): PeerscopeError {
  const near = nearest(key, candidates);
  return new PeerscopeError('bad-input', `config file ${path}: unknown ${what} "${key}"${where}`, {
    hint:
      near === undefined ? 'Settings are called as the options of the command are.' : `Did you mean ${near}?`,
  });
}

/** Whether the file may set that, and to a value of that kind. */
function check(path: string, kind: 'config' | 'project' | 'user', option: string, value: unknown): void {
  if (!isScalar(value) && !(Array.isArray(value) && value.every(isScalar))) {
    throw new PeerscopeError(
      'bad-input',
      `config file ${path}: "${option}" must be a text, a number, true, false or a list`,
    );
  }
  const trust = trustOf(option);
  if (trust === 'command line') {
    throw new PeerscopeError('bad-input', `config file ${path}: "${option}" is for the command line only`);
  }
  if (kind !== 'project') return;
  if (trust === 'user') {
    throw new PeerscopeError('bad-input', `config file ${path}: "${option}" is not for a file of a project`, {
      hint: 'It may come from somebody else. Your own file, --config FILE and the environment may set it.',
    });
  }
  if (trust === 'inside' && !isInside(value)) {
    throw new PeerscopeError(
      'bad-input',
      `config file ${path}: "${option}" must be a path below that file's folder`,
    );
  }
}

function isInside(value: unknown): boolean {
  return typeof value === 'string' && !isAbsolute(value) && !/^\.\.(?:[\\/]|$)/.test(normalize(value));
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
