import type { CliContext } from './context.ts';
import type { Output } from './output.ts';
import { statusLine } from './progress.ts';

/** What runs until somebody interrupts it. */
export interface Watched {
  /** Does what is due, `elapsed` milliseconds after the last pass; some ten times a second. */
  pass(elapsed: number): void;
  /** What goes on, in a line; with what happened a second, `seconds` after the last look. */
  look(seconds: number): string;
  /** What a log need not be told again while it stays the same [the line]. */
  state?(): string;
}

/** Milliseconds between two passes, two looks, and two lines where there is no terminal. */
const PASS_EVERY = 100;
const GLANCE = 1_000;
const PLAIN_LINE_EVERY = 10_000;

/** Runs something until it is interrupted, and tells how it goes: on a terminal in one line, else in a line now and then. */
export async function watch(
  watched: Watched,
  signal: AbortSignal,
  output: Output,
  { stderr, monotonic }: CliContext,
): Promise<void> {
  const status = statusLine(stderr, monotonic);
  let [passedAt, lookedAt, toldAt] = [monotonic(), monotonic(), monotonic()];
  let told = '';
  try {
    while (!signal.aborted) {
      await pause(PASS_EVERY, signal);
      const at = monotonic();
      watched.pass(at - passedAt);
      passedAt = at;
      if (at - lookedAt < GLANCE) continue;
      const line = watched.look((at - lookedAt) / 1000);
      lookedAt = at;
      status.show(line);
      if (stderr.isTTY || at - toldAt < PLAIN_LINE_EVERY) continue;
      toldAt = at;
      const state = watched.state?.() ?? line;
      if (state !== told) await output.write(`${line}\n`);
      told = state;
    }
  } finally {
    status.clear();
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
