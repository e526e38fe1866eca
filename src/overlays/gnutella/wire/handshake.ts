import { PeerscopeError } from '../../../core/errors.ts';
import type { Status } from '../../../core/visit.ts';
import { FOLD, type Header, type HeaderBlock } from './header-block.ts';

/** Block 1, from the side that connects: `GNUTELLA CONNECT/0.6`, then what it is and can do. */
export interface Greeting {
  readonly major: number;
  readonly minor: number;
  readonly headers: readonly Header[];
}

/** Block 2 from the side that was called, and block 3 back: `GNUTELLA/0.6 200 OK`, then headers. */
export interface Reply {
  readonly status: Status;
  readonly headers: readonly Header[];
}

const GREETING = 'GNUTELLA CONNECT/';
const REPLY = 'GNUTELLA/';
const OLD_REPLY = 'GNUTELLA OK';

/** The bytes of block 1. Throws a usage error where a header can not be sent (see `encodeBlock`). */
export function encodeGreeting(headers: readonly Header[]): Uint8Array {
  return encodeBlock(`${GREETING}0.6`, headers);
}

/** Block 1, or undefined where the first line is none; case-sensitive, as servents are. */
export function decodeGreeting(block: HeaderBlock): Greeting | undefined {
  const match = /^GNUTELLA CONNECT\/(\d{1,3})\.(\d{1,3})[ \t]*$/.exec(block.firstLine);
  if (match === null) return undefined;
  return { major: Number(match[1]), minor: Number(match[2]), headers: block.headers };
}

/** The bytes of block 2 or 3. Throws a usage error where a header or the reason can not be sent. */
export function encodeReply(reply: Reply): Uint8Array {
  return encodeBlock(`${REPLY}0.6 ${reply.status.code} ${reply.status.reason}`, reply.headers);
}

/** Block 2 or 3, or undefined where the first line is no status line; the reason may be missing. */
export function decodeReply(block: HeaderBlock): Reply | undefined {
  const match = /^GNUTELLA\/\d{1,3}\.\d{1,3}[ \t]+(\d{3})(?:[ \t]+([^]*?))?[ \t]*$/.exec(block.firstLine);
  if (match === null) return undefined;
  return { status: { code: Number(match[1]), reason: match[2] ?? '' }, headers: block.headers };
}

/** Whether a block that begins like this may still turn out to be block 1. */
export function mayBeGreeting(head: string): boolean {
  return startsAlike(head, GREETING);
}

/**
 * What the beginning of an answer can be: `reply` a status line of 0.6, as far as one can see; `old` the whole answer of
 * a 0.4 servent; `foreign` neither.
 */
export function kindOfAnswer(head: string): 'reply' | 'old' | 'foreign' {
  if (startsAlike(head, REPLY)) return 'reply';
  if (!startsAlike(head, OLD_REPLY)) return 'foreign';
  const next = head.charAt(OLD_REPLY.length);
  if (next === '') return 'reply';
  return next === '\r' || next === '\n' ? 'old' : 'foreign';
}

function startsAlike(head: string, expected: string): boolean {
  return head.startsWith(expected) || expected.startsWith(head);
}

/** Text that would end its line early or is outside Latin-1 (its low byte might be a line end) is never sent; folds are. */
function encodeBlock(firstLine: string, headers: readonly Header[]): Uint8Array {
  let text = `${firstLine}\r\n`;
  for (const { name, value } of headers) text += `${name}: ${value}\r\n`;
  const sendable =
    isPlain(firstLine) &&
    headers.every(
      ({ name, value }) => isPlain(name) && (isPlain(value) || isPlain(value.replaceAll(FOLD, ' '))),
    );
  if (!sendable) {
    throw new PeerscopeError('usage', 'a handshake header holds a control character or one outside Latin-1', {
      hint: 'Use plain letters in the names that peers and crawlers give themselves.',
    });
  }
  return Buffer.from(`${text}\r\n`, 'latin1');
}

function isPlain(text: string): boolean {
  return !/[^\t\x20-\x7e\x80-\xff]/.test(text);
}
