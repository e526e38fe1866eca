import { harmless } from '../../charts/terminal-text.ts';
import { EXIT_CODES } from '../../core/errors.ts';
import { COMMANDS } from '../commands.ts';
import type { CliContext } from '../context.ts';
import { openOutput } from '../output.ts';
import { complete } from './complete.ts';
import { namesFor } from './names.ts';

/** Longer meanings take more than a line of a terminal. */
const MEANING_CHARACTERS = 70;

/** Tells a shell what may stand at the end of the words: a candidate a line, its meaning after a tab. */
export async function answerShell(words: readonly string[], context: CliContext): Promise<number> {
  const { candidates, files } = await complete(words, COMMANDS, (names) => namesFor(names, context));
  const lines = candidates.map(({ word, meaning }) =>
    meaning === '' ? word : `${word}\t${harmless(shortened(meaning))}`,
  );
  const all = [...lines, ...(files ? [':files'] : [])];
  if (all.length > 0) await openOutput(context.stdout).write(`${all.join('\n')}\n`);
  return EXIT_CODES.ok;
}

function shortened(meaning: string): string {
  return meaning.length <= MEANING_CHARACTERS ? meaning : `${meaning.slice(0, MEANING_CHARACTERS - 1)}…`;
}
