import { nameOf, type Command, type CommandOption, type CommandPositional } from '../command.ts';
import { EVERYWHERE, WITHOUT_COMMAND } from '../global-options.ts';
import type { Names } from './names.ts';

/** What may stand where the cursor is. */
export interface Completion {
  readonly candidates: readonly Candidate[];
  /** Whether files may stand there too; the shell knows best how to complete those. */
  readonly files: boolean;
}

export interface Candidate {
  readonly word: string;
  readonly meaning: string;
}

const NOTHING: Completion = { candidates: [], files: false };

/**
 * What may stand at the end of a command line.
 * @param words the words after the program's name; the last one is what is being written, perhaps empty. bash makes a word
 *   of each `=`.
 * @param namesFor the names behind {@link Names}
 */
export async function complete(
  words: readonly string[],
  commands: readonly Command[],
  namesFor: (names: Names) => Promise<readonly string[]>,
): Promise<Completion> {
  const written = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const [first] = before;
  if (first === undefined || first.startsWith('-')) {
    return written.startsWith('-')
      ? flags(WITHOUT_COMMAND, before, written)
      : commandNames(commands, written);
  }
  const command = commands.find((candidate) => nameOf(candidate) === first);
  if (command === undefined) return NOTHING;
  const options = { ...command.options, ...EVERYWHERE };
  const { expects, positionals, onlyPositionals } = readAlong(before.slice(1), options);

  const joined = /^--([^=]+)=(.*)$/s.exec(written);
  if (joined !== null && !onlyPositionals) {
    const [, name = '', value = ''] = joined;
    const option = options[name];
    return option === undefined ? NOTHING : await values(option, value, namesFor, `--${name}=`);
  }
  if (expects?.type === 'value')
    return await values(expects.option, written === '=' ? '' : written, namesFor);
  if (written.startsWith('-') && !onlyPositionals) return flags(options, before, written);
  if (expects !== undefined) return await values(expects.option, written, namesFor);
  const positional = positionalAt(command, positionals);
  if (positional !== undefined) return await values(positional, written, namesFor);
  return written === '' ? flags(options, before, '') : NOTHING;
}

interface State {
  /** The option whose value comes next, or which may have another one. */
  readonly expects?: { readonly type: 'value' | 'another value'; readonly option: CommandOption } | undefined;
  readonly positionals: number;
  /** After `--` there are no options. */
  readonly onlyPositionals: boolean;
}

/** Goes along the words as the parser does: what is next, and how many positional arguments there have been. */
function readAlong(words: readonly string[], options: Readonly<Record<string, CommandOption>>): State {
  let state: State = { positionals: 0, onlyPositionals: false };
  for (const word of words) {
    const name = /^--([^=]+)(=?)/.exec(word);
    if (word === '=') continue;
    if (word === '--' && !state.onlyPositionals)
      state = { ...state, expects: undefined, onlyPositionals: true };
    else if (state.expects?.type === 'value') {
      const { option } = state.expects;
      state = { ...state, expects: option.array === true ? { type: 'another value', option } : undefined };
    } else if (word.startsWith('-') && word !== '-' && !state.onlyPositionals) {
      const option = options[name?.[1] ?? ''];
      const takesValue = option !== undefined && option.type !== 'boolean' && name?.[2] === '';
      state = { ...state, expects: takesValue ? { type: 'value', option } : undefined };
    } else if (state.expects === undefined) state = { ...state, positionals: state.positionals + 1 };
  }
  return state;
}

function positionalAt({ usage, positionals }: Command, index: number): CommandPositional | undefined {
  const names = usage
    .split(' ')
    .slice(1)
    .map((word) => word.replace(/[<>[\]]|\.\.$/g, '').replace(/\.\.$/, ''));
  const last = names.at(-1) ?? '';
  const isRepeated = positionals[last]?.array === true;
  return positionals[names[index] ?? (isRepeated ? last : '')];
}

function commandNames(commands: readonly Command[], written: string): Completion {
  const candidates = commands.map((command) => ({ word: nameOf(command), meaning: command.summary }));
  return { candidates: candidates.filter(({ word }) => word.startsWith(written)), files: false };
}

/** The options that are not there yet; those that switch something off only for whoever begins to write one. */
function flags(
  options: Readonly<Record<string, CommandOption>>,
  before: readonly string[],
  written: string,
): Completion {
  const candidates = Object.entries(options).flatMap(([name, { type, array, describe }]) => {
    if (before.includes(`--${name}`) && array !== true) return [];
    const meaning = describe ?? '';
    const off =
      type === 'boolean' && written.startsWith('--no-')
        ? [{ word: `--no-${name}`, meaning: `not: ${meaning}` }]
        : [];
    return [{ word: `--${name}`, meaning }, ...off];
  });
  return { candidates: candidates.filter(({ word }) => word.startsWith(written)), files: false };
}

/** The values of an option, or a positional argument; of a list, the next one. */
async function values(
  { type, names, listed, orFile }: CommandOption | CommandPositional,
  written: string,
  namesFor: (names: Names) => Promise<readonly string[]>,
  prefix = '',
): Promise<Completion> {
  if (type === 'boolean') return NOTHING;
  if (names === undefined) return { candidates: [], files: true };
  const there = listed === true ? written.slice(0, written.lastIndexOf(',') + 1) : '';
  const used = there.split(',');
  const candidates = (await namesFor(names))
    .filter((name) => name.startsWith(written.slice(there.length)) && !used.includes(name))
    .map((name) => ({ word: `${prefix}${there}${name}`, meaning: '' }));
  return { candidates, files: orFile === true };
}
