import type { Options, PositionalOptions } from 'yargs';
import type { RawArguments } from './arguments.ts';
import type { Names } from './completion/names.ts';
import type { CliContext } from './context.ts';

/** What the shell completes an argument with. Without names, that is files. */
interface Completed {
  readonly names?: Names;
  /** Whether it is a list of them, separated by commas. */
  readonly listed?: boolean;
  /** Whether it may also be a file. */
  readonly orFile?: boolean;
}

export type CommandOption = Options & Completed;
export type CommandPositional = PositionalOptions & Completed;

/** One subcommand: what help says of it, and how to load it. Heavy imports wait until it runs. */
export interface Command {
  /** yargs' notation: the name, then its positional arguments. */
  readonly usage: string;
  readonly summary: string;
  readonly positionals: Readonly<Record<string, CommandPositional>>;
  readonly options: Readonly<Record<string, CommandOption>>;
  /**
   * Whether an option that is set besides the command line concerns a use of the command, which has these options [always]. So
   * what is set for every command does not stop one that has no use for it.
   */
  readonly heeds?: (option: string, isSet: (option: string) => boolean) => boolean;
  readonly examples: readonly (readonly [command: string, meaning: string])[];
  /** The page that tells more, from the folder of the package [its folder docs/]. */
  readonly docs?: string;
  readonly load: () => Promise<{
    readonly run: (args: RawArguments, context: CliContext) => Promise<number>;
  }>;
}

/** The word by which a command is called. */
export function nameOf({ usage }: Pick<Command, 'usage'>): string {
  return usage.split(' ')[0] ?? '';
}
