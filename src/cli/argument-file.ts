import { readFileSync } from 'node:fs';
import { PeerscopeError, systemCode } from '../core/errors.ts';

/** The text of a file that an option names; a PeerscopeError (bad-input) where it cannot be had. */
export function readArgumentFile(kind: string, file: string, hint?: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const missing = systemCode(error) === 'ENOENT';
    throw new PeerscopeError(
      'bad-input',
      `the ${kind} ${file} ${missing ? 'does not exist' : 'cannot be read'}`,
      { ...(hint === undefined ? {} : { hint }), cause: error },
    );
  }
}
