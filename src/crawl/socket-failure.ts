import { systemCode } from '../core/errors.ts';
import type { Outcome } from '../core/outcome.ts';

/** What the system says when this machine has no means for another socket: that says nothing about the peer. */
export const EXHAUSTED: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EAGAIN']);

/** Why no connection came about. */
export function connectFailure(error: Error): Outcome {
  switch (systemCode(error)) {
    case 'ECONNREFUSED':
      return 'connect-refused';
    case 'ECONNRESET':
      return 'reset';
    case 'ETIMEDOUT':
      return 'connect-timeout';
    default:
      return 'unreachable';
  }
}
