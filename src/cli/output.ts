import { systemCode } from '../core/errors.ts';
import type { Terminal } from './context.ts';

/** Whoever read our output has gone (`… | head`): not a failure, only the end. */
export class OutputClosed extends Error {}

/** Writes to standard output, no faster than it is read. */
export interface Output {
  /** @throws {OutputClosed} when nobody reads any more. */
  write(text: string): Promise<void>;
}

export function openOutput({ stream }: Terminal): Output {
  let closed = false;
  stream.on('error', (error) => {
    if (systemCode(error) === 'EPIPE') closed = true;
    else throw error;
  });
  return {
    write: async (text) => {
      if (closed) throw new OutputClosed();
      await new Promise<void>((resolve, reject) => {
        stream.write(text, (error) => {
          if (error === undefined || error === null) resolve();
          else reject(systemCode(error) === 'EPIPE' ? new OutputClosed() : error);
        });
      });
    },
  };
}
