import type { Command } from './command.ts';
import { format } from './option-lists.ts';

/** What is about the program itself. */
export const PROGRAM_COMMANDS: readonly Command[] = [
  {
    usage: 'config [command]',
    summary: 'Say what files and the environment set, and where each value comes from',
    positionals: {
      command: { type: 'string', names: 'commands', describe: 'the command whose options to show' },
    },
    options: { format },
    examples: [
      ['$0 config', 'what is set, for all commands'],
      ['$0 config crawl', 'every option of crawl, with its value and where that comes from'],
    ],
    docs: 'docs/configuration.md',
    load: () => import('./config.ts'),
  },
  {
    usage: 'completion <shell>',
    summary: 'Print what makes a shell complete command lines of peerscope',
    positionals: {
      shell: { type: 'string', names: ['bash', 'zsh', 'fish'], describe: 'bash, zsh or fish' },
    },
    options: {},
    examples: [
      ['$0 completion bash > peerscope.bash', 'for bash: source that file in ~/.bashrc'],
      ['$0 completion fish > peerscope.fish', 'for fish: put it into ~/.config/fish/completions'],
    ],
    docs: 'docs/configuration.md',
    load: () => import('./completion.ts'),
  },
];
