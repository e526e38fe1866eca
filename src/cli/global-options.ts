import type { CommandOption } from './command.ts';

/** What every command takes. */
export const EVERYWHERE: Readonly<Record<string, CommandOption>> = {
  config: {
    type: 'string',
    requiresArg: true,
    describe: 'a file with settings; docs/configuration.md says what comes before what',
  },
  debug: { type: 'boolean', describe: 'show the stack of an error' },
  help: { type: 'boolean', alias: 'h', describe: 'show help' },
};

/** The same, and what the program takes without a command. */
export const WITHOUT_COMMAND: Readonly<Record<string, CommandOption>> = {
  ...EVERYWHERE,
  version: { type: 'boolean', describe: 'show the version' },
};
