import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PeerscopeError } from '../core/errors.ts';
import {
  MAX_PARQUET_GROUP_ROWS,
  MAX_PARQUET_PAGE_BYTES,
  PARQUET_MEMORY,
  PARQUET_SECONDS,
} from '../core/limits.ts';
import type { ParquetBounds, ParquetFailure, ParquetQuestion } from './parquet-answers.ts';

/** What unpacking may take. */
export interface UnpackingBounds {
  readonly memoryBytes: number;
  readonly seconds: number;
}

/** What unpacking a file of so many bytes may take. */
export function unpackingBounds(bytes: number): UnpackingBounds {
  const { perByte, least, most } = PARQUET_MEMORY;
  return {
    memoryBytes: Math.min(most, Math.max(least, perByte * bytes)),
    seconds: PARQUET_SECONDS.least + (PARQUET_SECONDS.perMegabyte * bytes) / 1e6,
  };
}

/**
 * The process that decodes a Parquet file (parquet-decoder.js), bounded in memory and time. Whoever starts one has to end it. A
 * worker thread would not do: some of what damaged files ask of V8 ends the whole process, whatever limits the thread has.
 */
export class ParquetProcess {
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly #bounds: UnpackingBounds;
  /** What of the time is left: what is counted is how long somebody waits. */
  #milliseconds: number;
  readonly #answers: unknown[] = [];
  #ending: PeerscopeError | undefined;
  #wake: (() => void) | undefined;

  constructor(name: string, bytes: Uint8Array, bounds = unpackingBounds(bytes.length)) {
    this.#name = name;
    this.#bounds = bounds;
    this.#milliseconds = 1000 * bounds.seconds;
    const heap = `--max-old-space-size=${Math.ceil(bounds.memoryBytes / 2 ** 20)}`;
    const program = fileURLToPath(new URL('./parquet-decoder.js', import.meta.url));
    const limits: ParquetBounds = { pageBytes: MAX_PARQUET_PAGE_BYTES, rows: MAX_PARQUET_GROUP_ROWS };
    this.#child = spawn(process.execPath, [heap, program, JSON.stringify(limits)], {
      // What V8 prints at its end is no sentence.
      stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
      env: { ...process.env, NODE_OPTIONS: '' },
      windowsHide: true,
    });
    this.#child.on('message', (answer: unknown) => {
      this.#answers.push(answer);
      this.#wake?.();
    });
    this.#child.on('error', (cause) => {
      this.#end(new PeerscopeError('failure', `no process can be started to read ${name}`, { cause }));
    });
    // After its last answer, which its exit may overtake.
    this.#child.on('close', () => {
      this.#end(this.#tooLarge());
    });
    // A process that has ended takes no more bytes, and says why below.
    this.#child.stdin?.on('error', () => undefined).end(bytes);
  }

  /** Answers come in the order of their questions. */
  ask(question: ParquetQuestion): void {
    // A process that has ended is noticed when its answer is waited for.
    if (this.#child.connected) this.#child.send(question, () => undefined);
  }

  /**
   * The next answer.
   * @throws {PeerscopeError} (bad-input) where there is none within the bounds; {UndecodedParquet} where the file is not as it should be.
   */
  async answer(): Promise<unknown> {
    if (this.#answers.length === 0 && this.#ending === undefined) await this.#waited();
    if (this.#answers.length > 0) {
      const answer = this.#answers.shift();
      if (isFailure(answer)) throw new UndecodedParquet(answer.failed, answer.isClear);
      return answer;
    }
    throw this.#ending ?? this.#tooSlow();
  }

  end(): void {
    this.#end(this.#tooLarge());
    this.#child.kill('SIGKILL');
  }

  /** Until there is an answer or an end, or the time is up. */
  async #waited(): Promise<void> {
    const began = performance.now();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
    this.#milliseconds = Math.max(0, this.#milliseconds - (performance.now() - began));
  }

  #end(why: PeerscopeError): void {
    this.#ending ??= why;
    this.#wake?.();
  }

  #tooSlow(): PeerscopeError {
    const seconds = Math.ceil(this.#bounds.seconds);
    return unreadable(`${this.#name} is damaged: unpacking it took more than ${seconds} s`);
  }

  #tooLarge(): PeerscopeError {
    const megabytes = Math.ceil(this.#bounds.memoryBytes / 1e6);
    return unreadable(
      `${this.#name} is damaged, or has too many rows in a row group: unpacking it took more than ${megabytes} MB`,
    );
  }
}

function unreadable(message: string): PeerscopeError {
  return new PeerscopeError('bad-input', message, {
    hint: 'Get or write the file anew; if it is good, write it with at most a million rows in a row group, or as CSV.',
  });
}

/** What the decoder says of a file; clear where it is in words for a person. */
export class UndecodedParquet extends Error {
  readonly isClear: boolean;

  constructor(message: string, isClear: boolean) {
    super(message);
    this.isClear = isClear;
  }
}

function isFailure(answer: unknown): answer is ParquetFailure {
  return typeof answer === 'object' && answer !== null && 'failed' in answer;
}
