import { MAX_HANDSHAKE_BYTES, MAX_HEADER_LINE_BYTES, MAX_HEADER_LINES } from '../../core/limits.ts';
import type { Status } from '../../core/visit.ts';
import { type Header, type HeaderLimits, headerValue } from './wire/header-block.ts';
import { plainName } from './wire/values.ts';

// What every reader of block 2 has in common, whatever it asked for.

/** How much of it is read. */
export const BLOCK_TWO_LIMITS: HeaderLimits = {
  maxBytes: MAX_HANDSHAKE_BYTES,
  maxLineBytes: MAX_HEADER_LINE_BYTES,
  maxLines: MAX_HEADER_LINES,
};

/** The status of a 0.4 servent, whose whole answer is a line without a number. */
export const OLD_SERVENT: Status = { code: 0, reason: 'GNUTELLA OK' };

/** Whether the servent goes on in the protocol of another overlay. */
export function isGnutella2(headers: readonly Header[]): boolean {
  return headerValue(headers, 'content-type')?.toLowerCase().includes('application/x-gnutella2') ?? false;
}

/** The status with a reason fit to be stored. */
export function plainStatus({ code, reason }: Status): Status {
  return { code, reason: plainName(reason) };
}
