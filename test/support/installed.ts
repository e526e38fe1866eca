import { execFileSync } from 'node:child_process';

/** Whether there is such a program on this machine, for tests that need it. */
export function isInstalled(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
