import { PeerscopeError, systemCode } from '../core/errors.ts';
import type { Terminal } from './context.ts';

/** Whoever read our output has gone (`… | head`): not a failure, only the end. */
export class OutputClosed extends Error {}

/** Writes to standard output, no faster than it is read. */
export interface Output {
  /** @throws {OutputClosed} when nobody reads any more. */
  write(text: string): Promise<void>;
}

/** The same for bytes too. */
export interface ByteOutput {
  write(piece: string | Uint8Array): Promise<void>;
}

export function openOutput({ stream }: Terminal): ByteOutput {
  let failure: Error | undefined;
  // A stream without a listener would end the process with a stack; the write that comes to know of it reports it.
  stream.on('error', (error) => (failure = error));
  return {
    write: async (text) => {
      if (failure !== undefined) throw explained(failure);
      await new Promise<void>((resolve, reject) => {
        stream.write(text, (error) => {
          if (error === undefined || error === null) resolve();
          else reject(explained(error));
        });
      });
    },
  };
}

function explained(error: Error): Error {
  const code = systemCode(error);
  if (code === 'EPIPE') return new OutputClosed();
  const reason = code === 'ENOSPC' ? 'the disk is full' : (code ?? error.message);
  return new PeerscopeError('failure', `standard output cannot be written: ${reason}`, { cause: error });
}
