import { createHash } from 'node:crypto';
import type { ServentState } from '../../overlay.ts';
import { GUID_BYTES, type Guid } from '../wire/guid.ts';

/** The GUID that names a servent over its connections: it follows from who it is and when it was started. */
export function serventGuid({ address, agent, startedAt }: ServentState): Guid {
  const text = JSON.stringify([address ?? agent, startedAt]);
  return Uint8Array.from(createHash('sha256').update(text).digest().subarray(0, GUID_BYTES));
}
