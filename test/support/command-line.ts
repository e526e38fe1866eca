import { PassThrough, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { runCommandLine } from '../../src/cli/main.ts';

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line inside the test, with its own streams, as if in a pipe of 80 columns. */
export async function peerscope(
  argv: readonly string[],
  options: {
    stdin?: string;
    interrupt?: AbortSignal;
    env?: Record<string, string>;
    onStdout?: (text: string) => void;
    onStderr?: (text: string) => void;
    packageDir?: string;
  } = {},
): Promise<Run> {
  const stdout = collect(options.onStdout);
  const stderr = collect(options.onStderr);
  const code = await runCommandLine(argv, {
    stdin: Readable.from([Buffer.from(options.stdin ?? '')]),
    stdout: { stream: stdout.stream, isTTY: false, columns: 80 },
    stderr: { stream: stderr.stream, isTTY: false, columns: 80 },
    env: options.env ?? {},
    now: Date.now,
    monotonic: () => performance.now(),
    catchInterrupts: () => ({
      signal: options.interrupt ?? new AbortController().signal,
      release: () => undefined,
    }),
    processors: 1,
    memory: () => 1e10,
    packageDir: options.packageDir ?? fileURLToPath(new URL('../../', import.meta.url)),
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collect(onText?: (text: string) => void): { stream: PassThrough; text: () => string } {
  const stream = new PassThrough();
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    onText?.(text);
  });
  return { stream, text: () => text };
}
