import { expect } from 'vitest';
import type { Run } from './command-line.ts';

/** Every failure is one clear message on stderr, never a stack, and nothing on stdout. */
export function expectFailure(run: Run, code: number, message: RegExp): void {
  expect(run).toMatchObject({ code, stdout: '' });
  expect(run.stderr).toMatch(/^peerscope: /);
  expect(run.stderr).toMatch(message);
  expect(run.stderr).not.toMatch(/^ +at /m);
  expect(run.stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
}
