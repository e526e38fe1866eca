import { join } from 'node:path';
import * as z from 'zod';
import yargs, { type Argv } from 'yargs';
import { harmless } from '../charts/terminal-text.ts';
import { EXIT_CODES, PeerscopeError, systemCode } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import { VERSION } from '../core/version.ts';
import { kebabCase, parseArguments, text, type RawArguments } from './arguments.ts';
import { nameOf, type Command } from './command.ts';
import { COMMANDS } from './commands.ts';
import { processContext, type CliContext } from './context.ts';
import { EVERYWHERE } from './global-options.ts';
import { openOutput, OutputClosed } from './output.ts';
import { applySettings, withOrigins, type AppliedSettings } from './settings/apply.ts';
import { settingSources, settingsOf } from './settings/settings.ts';

/** The process: runs the command line, and leaves its exit code. */
export async function main(): Promise<void> {
  const context = processContext();
  process.exitCode = await runCommandLine(process.argv.slice(2), context);
}

/** Runs one command line and resolves to its exit code. Nothing is thrown: a failure is one clear message on stderr. */
export async function runCommandLine(argv: readonly string[], context: CliContext): Promise<number> {
  try {
    return await dispatch(argv, context);
  } catch (error) {
    if (error instanceof OutputClosed) return EXIT_CODES.ok;
    const told = isOutOfMemory(error) ? outOfMemory(error) : error;
    context.stderr.stream.write(describe(told, argv.includes('--debug')));
    return told instanceof PeerscopeError ? EXIT_CODES[told.kind] : EXIT_CODES.failure;
  }
}

/** What the engine says where it cannot give an array or a text as much room as is asked for. */
function isOutOfMemory(error: unknown): boolean {
  return (
    error instanceof RangeError &&
    /allocation failed|Invalid (typed )?array (buffer )?length|Invalid string length/.test(error.message)
  );
}

function outOfMemory(cause: unknown): PeerscopeError {
  return new PeerscopeError('failure', 'there is not enough memory for this', {
    hint: 'A machine with more of it, a smaller input, or fewer analyses at a time (--only) may do.',
    cause,
  });
}

async function dispatch(argv: readonly string[], context: CliContext): Promise<number> {
  if (argv[0] === '__complete') {
    const { answerShell } = await import('./completion/answer.ts');
    return answerShell(argv.slice(1), context);
  }
  const chosen: { command: Command; args: RawArguments }[] = [];
  const words = argv.map((word) => (word === '-' ? DASH : word));
  let parser = yargs(words)
    .scriptName('peerscope')
    .usage('$0 COMMAND: measure peer-to-peer overlays')
    .locale('en')
    .version(VERSION)
    .options(EVERYWHERE)
    .help()
    .alias('help', 'h')
    .strict()
    .demandCommand(1, 'no command given')
    .parserConfiguration({
      'strip-aliased': true,
      'strip-dashed': true,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .wrap(Math.min(100, Math.max(80, context.stdout.columns)))
    .exitProcess(false)
    .fail((message, error) => {
      // The handlers below only note what was chosen, so that whatever comes here is about the words.
      throw usageError(message || (error as Error | undefined)?.message || 'the command line is wrong', argv);
    })
    .epilogue(epilogue(argv[0], context));
  for (const [example, meaning] of FIRST_STEPS) parser = parser.example(example, meaning);
  // A command that is named needs none of the others, and telling yargs of them takes time.
  const named = COMMANDS.filter(({ usage }) => usage.split(' ')[0] === argv[0]);
  for (const command of named.length > 0 ? named : COMMANDS) {
    parser = parser.command(
      command.usage,
      command.summary,
      (y) => build(y, command).epilogue(epilogue(argv[0], context)),
      (args) => {
        chosen.push({ command, args: withDashes(args) });
      },
    );
  }
  let printed = '';
  await parser.parseAsync(words, {}, (_error, _args, output) => {
    // Errors are thrown, and reported by whoever catches them; what comes here is help and the version.
    printed = output;
  });
  if (printed !== '') await openOutput(context.stdout).write(`${printed}\n`);
  const [choice] = chosen;
  if (choice === undefined) return EXIT_CODES.ok;
  const { args, settings } = withSettings(choice.command, choice.args, context);
  const { run } = await choice.command.load();
  try {
    return await run(args, context);
  } catch (error) {
    throw withOrigins(error, settings);
  }
}

/** What is set in files and the environment, where the command has options that could be. */
function withSettings(command: Command, args: RawArguments, context: CliContext): AppliedSettings {
  if (Object.keys(command.options).length === 0 || nameOf(command) === 'config')
    return { args, settings: [] };
  const { config } = parseArguments(z.object({ config: text.optional() }), args);
  const sources = settingSources(config, context, COMMANDS);
  return applySettings(command, args, settingsOf(command, sources));
}

/** yargs loses a bare `-` among positional arguments; a word that no command line can hold stands in for it. */
const DASH = '\0-';

function withDashes(args: RawArguments): RawArguments {
  const restored = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(restored) : value === DASH ? '-' : value;
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, restored(value)]));
}

/** For whoever has never used it. Commands have examples of their own. */
const FIRST_STEPS = [
  ['$0 demo', 'simulate, crawl, analyse and chart, in a few seconds'],
  ['$0 crawl --simulate lecture --out snapshot/', 'a crawl of a simulated overlay, scored against the truth'],
  ['$0 analyze snapshot/', 'what its topology is like'],
] as const;

/** Where there is more to read, on this machine. */
function epilogue(word: string | undefined, { packageDir }: CliContext): string {
  const command = COMMANDS.find((candidate) => nameOf(candidate) === word);
  const page = command?.docs ?? (command === undefined ? 'README.md' : 'docs/');
  return [
    'Exit codes: 0 ok, 1 failure, 2 usage, 3 bad input, 4 network refused, 5 partial, 130 interrupted.',
    `More: ${join(packageDir, page)}, and man peerscope.`,
  ].join('\n');
}

function build(parser: Argv, command: Command): Argv {
  for (const [name, positional] of Object.entries(command.positionals)) parser.positional(name, positional);
  for (const [example, meaning] of command.examples) parser.example(example, meaning);
  return parser.options(command.options);
}

function usageError(message: string, argv: readonly string[]): PeerscopeError {
  const command = COMMANDS.find(({ usage }) => usage.split(' ')[0] === argv[0]);
  // yargs tells of an option in camel case, if it has two words.
  const told = /^Unknown arguments?: ([^,]+)/.exec(message)?.[1];
  const unknown = argv.includes(`--${kebabCase(told ?? '')}`) ? kebabCase(told ?? '') : told;
  if (command === undefined && argv[0] !== undefined && !argv[0].startsWith('-')) {
    return new PeerscopeError('usage', `unknown command "${argv[0]}"`, {
      hint: suggestion(
        argv[0],
        COMMANDS.map(({ usage }) => usage.split(' ')[0] ?? ''),
        'peerscope --help lists the commands.',
      ),
    });
  }
  if (
    unknown !== undefined &&
    command !== undefined &&
    !argv.some((word) => word.startsWith(`--${unknown}`))
  ) {
    return new PeerscopeError('usage', `unexpected "${unknown}"`, {
      hint: `It goes: peerscope ${command.usage}`,
    });
  }
  if (command !== undefined && message.startsWith('Not enough non-option arguments')) {
    const missing = /<(\w+)/.exec(command.usage)?.[1]?.toUpperCase() ?? 'something';
    return new PeerscopeError('usage', `${missing} is missing`, {
      hint: `It goes: peerscope ${command.usage}`,
    });
  }
  if (unknown !== undefined && command !== undefined) {
    const near = nearest(unknown, Object.keys(command.options));
    const help = `peerscope ${argv[0] ?? ''} --help lists the options.`;
    return new PeerscopeError('usage', `unknown option --${unknown}`, {
      hint: near === undefined ? help : `Did you mean --${near}?`,
    });
  }
  return new PeerscopeError(
    'usage',
    message.replace(/\n[\s\S]*/, '').replace(/^[A-Z]/, (letter) => letter.toLowerCase()),
    {
      hint:
        command === undefined
          ? 'peerscope --help lists the commands.'
          : `peerscope ${argv[0] ?? ''} --help tells more.`,
    },
  );
}

function suggestion(word: string, candidates: readonly string[], otherwise: string): string {
  const near = nearest(word, candidates);
  return near === undefined ? otherwise : `Did you mean ${near}?`;
}

function describe(error: unknown, debug: boolean): string {
  if (debug && error instanceof Error) return `${error.stack ?? error.message}\n`;
  if (error instanceof PeerscopeError) {
    const hint = error.hint === undefined ? '' : `${harmless(error.hint)}\n`;
    return `peerscope: ${harmless(error.message)}\n${hint}`;
  }
  const refused = fileProblem(error);
  if (refused !== undefined) return `peerscope: ${refused}\n`;
  const message = error instanceof Error ? error.message : String(error);
  return `peerscope: unexpected failure: ${message}\nPlease report it with the output of the same command and --debug.\n`;
}

/** What the system says of a file that cannot be written or read, in words; undefined for any other error. */
function fileProblem(error: unknown): string | undefined {
  const code = systemCode(error);
  if (code === undefined || !(error instanceof Error)) return undefined;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : 'a file';
  return `${path} cannot be used: ${FILE_PROBLEMS[code] ?? error.message}`;
}

const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is no directory',
  EISDIR: 'it is a directory',
  EEXIST: 'it exists already',
  ENOENT: 'it does not exist',
  EMFILE: 'too many files are open',
};
