import type { Options, PositionalOptions } from 'yargs';
import type { RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';

/** One subcommand: what help says of it, and how to load it. Heavy imports wait until it runs. */
export interface Command {
  /** yargs' notation: the name, then its positional arguments. */
  readonly usage: string;
  readonly summary: string;
  readonly positionals: Readonly<Record<string, PositionalOptions>>;
  readonly options: Readonly<Record<string, Options>>;
  readonly examples: readonly (readonly [command: string, meaning: string])[];
  readonly load: () => Promise<{
    readonly run: (args: RawArguments, context: CliContext) => Promise<number>;
  }>;
}
