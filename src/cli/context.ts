import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Readable, Writable } from 'node:stream';

/** Everything a command may touch of the world outside; tests pass their own. */
export interface CliContext {
  readonly stdin: Readable;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970, and milliseconds of a clock that never jumps. */
  readonly now: () => number;
  readonly monotonic: () => number;
  /** Aborted when the user asks to stop (Ctrl-C, or a termination signal). */
  readonly interrupt: AbortSignal;
  /** The folder with package.json: the catalogue of datasets lies below it. */
  readonly packageDir: string;
}

export interface Terminal {
  readonly stream: Writable;
  readonly isTTY: boolean;
  readonly columns: number;
}

/** The context of a real process. The first interrupt asks to stop, the second one stops at once. */
export function processContext(): CliContext {
  const stopping = new AbortController();
  const stop = (): void => {
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    stdin: process.stdin,
    stdout: terminal(process.stdout),
    stderr: terminal(process.stderr),
    env: process.env,
    now: Date.now,
    monotonic: () => performance.now(),
    interrupt: stopping.signal,
    packageDir: fileURLToPath(new URL('../../', import.meta.url)),
  };
}

/** Folders in which datasets are looked for, in this order. */
export function datasetFolders({ env }: CliContext): readonly string[] {
  const cache = env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return [
    ...(env['PEERSCOPE_DATASETS'] ? [env['PEERSCOPE_DATASETS']] : []),
    join(cache, 'peerscope', 'datasets'),
  ];
}

function terminal(stream: NodeJS.WriteStream): Terminal {
  const fromEnv = Number(process.env['COLUMNS']);
  return {
    stream,
    isTTY: stream.isTTY,
    columns: stream.isTTY ? stream.columns : fromEnv >= 40 ? fromEnv : 80,
  };
}
