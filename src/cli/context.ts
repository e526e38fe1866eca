import { availableParallelism, homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT_CODES } from '../core/errors.ts';
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
  /**
   * From here on Ctrl-C asks to stop, by the signal, instead of ending the process; until it is released. For work that
   * leaves something valid behind when it stops early.
   */
  readonly catchInterrupts: () => Interrupts;
  /** How many threads can run at the same time, and how many bytes of memory are free. */
  readonly processors: number;
  readonly memory: () => number;
  /** The folder with package.json: the catalogue of datasets lies below it. */
  readonly packageDir: string;
}

export interface Interrupts {
  /** Aborted when the user asks to stop (Ctrl-C, or a termination signal). */
  readonly signal: AbortSignal;
  readonly release: () => void;
}

export interface Terminal {
  readonly stream: Writable;
  readonly isTTY: boolean;
  readonly columns: number;
}

/** The context of a real process. */
export function processContext(): CliContext {
  return {
    stdin: process.stdin,
    stdout: terminal(process.stdout),
    stderr: terminal(process.stderr),
    env: process.env,
    now: Date.now,
    monotonic: () => performance.now(),
    catchInterrupts,
    processors: availableParallelism(),
    memory: () => process.availableMemory(),
    packageDir: fileURLToPath(new URL('../../', import.meta.url)),
  };
}

/** Folders in which datasets are looked for, in this order. */
export function datasetFolders({ env }: CliContext): readonly string[] {
  return [...(env['PEERSCOPE_DATASETS'] ? [env['PEERSCOPE_DATASETS']] : []), datasetCache({ env })];
}

/** Where datasets that were fetched lie. A path that is not absolute does not count (XDG Base Directory Specification). */
export function datasetCache({ env }: Pick<CliContext, 'env'>): string {
  const named = env['XDG_CACHE_HOME'] ?? '';
  return join(isAbsolute(named) ? named : join(homedir(), '.cache'), 'peerscope', 'datasets');
}

/** The first interrupt asks to stop, the second one stops at once. */
function catchInterrupts(): Interrupts {
  const stopping = new AbortController();
  const stop = (): void => {
    if (stopping.signal.aborted) process.exit(EXIT_CODES.interrupted);
    stopping.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: stopping.signal,
    release: () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}

function terminal(stream: NodeJS.WriteStream): Terminal {
  const fromEnv = Number(process.env['COLUMNS']);
  return {
    stream,
    isTTY: stream.isTTY,
    // Some terminals say that they have no columns at all.
    columns: (stream.isTTY ? stream.columns : 0) || (fromEnv >= 40 ? fromEnv : 80),
  };
}
