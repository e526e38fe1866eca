import type { Style } from '../charts/style.ts';
import type { Format } from '../reports/format.ts';
import type { CliContext } from './context.ts';
import { openOutput } from './output.ts';
import { terminalStyle } from './style.ts';

/**
 * Prints a report on standard output: in the format asked for, else as tables on a terminal and as CSV in a pipe.
 * @throws {OutputClosed} when nobody reads any more.
 */
export async function print(
  context: CliContext,
  format: Format | undefined,
  report: (
    format: Format,
    terminal: { readonly width: number; readonly style: Style },
  ) => Iterable<string> | Promise<Iterable<string>>,
): Promise<void> {
  const { stdout } = context;
  const output = openOutput(stdout);
  const terminal = { width: stdout.columns, style: terminalStyle(stdout) };
  const chunks = await report(format ?? (stdout.isTTY ? 'table' : 'csv'), terminal);
  for (const chunk of chunks) await output.write(chunk);
}
