import * as z from 'zod';
import { EXIT_CODES } from '../core/errors.ts';
import { oneOf, parseArguments, type RawArguments } from './arguments.ts';
import { COMPLETION_SCRIPTS, SHELLS } from './completion/scripts.ts';
import type { CliContext } from './context.ts';
import { openOutput } from './output.ts';

const schema = z.object({ shell: oneOf(SHELLS, 'shell') });

/** Prints what makes a shell complete command lines of peerscope. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const { shell } = parseArguments(schema, raw);
  await openOutput(context.stdout).write(COMPLETION_SCRIPTS[shell]);
  return EXIT_CODES.ok;
}
