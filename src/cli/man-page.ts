import { nameOf, type Command, type CommandOption, type CommandPositional } from './command.ts';
import { WITHOUT_COMMAND } from './global-options.ts';
import { EXIT_CODES } from '../core/errors.ts';
import { variableOf } from './settings/environment.ts';
import { PROJECT_FILE } from './settings/settings.ts';

/** What the page tells of itself. */
export interface ManPageSource {
  readonly commands: readonly Command[];
  readonly version: string;
  /** The package's description: one sentence. */
  readonly description: string;
}

/** The manual page peerscope(1), in roff with the macros of man(7), made of the command table. */
export function manPage({ commands, version, description }: ManPageSource): string {
  const lines = [
    '.\\" Made by scripts/man-page.js from the command table.',
    `.TH PEERSCOPE 1 "" "peerscope ${version}" "User Commands"`,
    '.SH NAME',
    'peerscope \\- measure peer\\-to\\-peer overlays',
    '.SH SYNOPSIS',
    ...commands.flatMap((command, index) => [
      ...(index === 0 ? [] : ['.br']),
      `.B peerscope ${text(nameOf(command))}`,
      ...[command.usage.split(' ').slice(1).join(' ')]
        .filter((rest) => rest !== '')
        .map((rest) => `.I ${text(rest)}`),
      ...(Object.keys(command.options).length > 0 ? ['[\\fIoptions\\fR]'] : []),
    ]),
    '.SH DESCRIPTION',
    ...paragraph(description),
    '.SH OPTIONS OF EVERY COMMAND',
    ...Object.entries(WITHOUT_COMMAND).flatMap(([name, option]) => optionLines(name, option)),
    '.SH COMMANDS',
    ...commands.flatMap(commandLines),
    '.SH EXIT STATUS',
    ...Object.entries(EXIT_CODES).flatMap(([kind, code]) => [
      '.TP',
      `.B ${code}`,
      ...paragraph(MEANINGS[kind] ?? kind),
    ]),
    '.SH ENVIRONMENT',
    ...definition('PEERSCOPE_DATASETS', 'A folder with datasets, looked into before the cache.'),
    ...definition('PEERSCOPE_CONFIG', 'A config file, as --config names one.'),
    ...definition(
      `PEERSCOPE_\\fIOPTION\\fR`,
      `Any option of a command, for example ${variableOf('connect-timeout')} for --connect-timeout. Flags are true or false; several values are separated by commas.`,
    ),
    ...definition(
      'XDG_CONFIG_HOME, XDG_CACHE_HOME',
      'Where the config file of the user and the datasets are.',
    ),
    ...definition('NO_COLOR', 'Output without colours.'),
    '.SH FILES',
    ...definition(text(`./${PROJECT_FILE}`), 'Settings of a project. They have no part in a live crawl.'),
    ...definition('$XDG_CONFIG_HOME/peerscope/config.json', 'Settings of the user.'),
    '.PP',
    ...paragraph(
      'The command line comes before the environment, that before the file of --config, that before the file of the project, that before the file of the user.',
    ),
    '.SH SEE ALSO',
    ...paragraph('The folder docs of the package, and ETHICS.md before any crawl beyond this machine.'),
  ];
  return `${lines.join('\n')}\n`;
}

const MEANINGS: Readonly<Record<string, string>> = {
  ok: 'All is well; peers that could not be reached are no failure.',
  failure: 'Something failed.',
  usage: 'The command line, or a setting, is wrong.',
  'bad-input': 'A file is not as it should be.',
  'network-refused':
    'The network refused: no first peer answered, or one is elsewhere and the crawl is not live.',
  partial: 'A limit, a full disk or --until ended it before its end.',
  interrupted: 'The user ended it.',
};

function commandLines(command: Command): string[] {
  const { usage, summary, positionals, options, examples } = command;
  const groups = [...new Set(Object.values(options).map(({ group }) => group ?? ''))];
  return [
    `.SS peerscope ${text(usage)}`,
    ...paragraph(`${summary}.`),
    ...Object.entries(positionals).flatMap(positionalLines),
    ...groups.flatMap((group) => [
      '.PP',
      `.I ${text(group)}`,
      ...Object.entries(options)
        .filter(([, option]) => (option.group ?? '') === group)
        .flatMap(([name, option]) => optionLines(name, option)),
    ]),
    ...(examples.length > 0 ? ['.PP', '.I Examples:'] : []),
    ...examples.flatMap(([example, meaning]) => [
      '.TP',
      `.B ${text(example.replaceAll('$0', 'peerscope'))}`,
      ...paragraph(meaning),
    ]),
  ];
}

function positionalLines([name, { describe }]: readonly [string, CommandPositional]): string[] {
  return ['.TP', `.I ${text(name)}`, ...paragraph(describe ?? '')];
}

function optionLines(name: string, { type, alias, array, describe }: CommandOption): string[] {
  const short = typeof alias === 'string' ? `\\fB\\-${alias}\\fR, ` : '';
  const value = type === 'boolean' ? '' : ` \\fI${array === true ? 'value ...' : 'value'}\\fR`;
  return ['.TP', `${short}\\fB\\-\\-${text(name)}\\fR${value}`, ...paragraph(describe ?? '')];
}

function definition(term: string, meaning: string): string[] {
  return ['.TP', `.B ${term}`, ...paragraph(meaning)];
}

/** A paragraph in lines of no more than 80 bytes, where its words allow that; none of them begins like a request. */
function paragraph(plain: string): string[] {
  const lines: string[] = [];
  for (const word of text(plain).split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && Buffer.byteLength(last) + Buffer.byteLength(word) < 78)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word.replace(/^(?=[.'])/, '\\&'));
  }
  return lines;
}

/** Text as roff takes it: no escapes, hyphens that can be copied, and no line that begins like a request. */
function text(plain: string): string {
  const escaped = plain.replaceAll('\\', '\\e').replaceAll('-', '\\-');
  return escaped.replace(/^(?=[.'])/, '\\&');
}
