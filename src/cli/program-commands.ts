import type { Command } from './command.ts';

/** What is about the program itself. */
export const PROGRAM_COMMANDS: readonly Command[] = [
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
    load: () => import('./completion.ts'),
  },
];
