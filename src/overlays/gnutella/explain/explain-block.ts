import { MAX_HANDSHAKE_BYTES, MAX_HEADER_LINE_BYTES, MAX_HEADER_LINES } from '../../../core/limits.ts';
import { type ExplainedPart, NO_PART_ADDRESSES, type PartAddresses } from '../../explanation.ts';
import { decodeAddressList } from '../wire/address-list.ts';
import { decodeGreeting, decodeReply } from '../wire/handshake.ts';
import {
  type Header,
  type HeaderBlock,
  HeaderBlockReader,
  type HeaderBreach,
  type HeaderLimits,
  headerValue,
} from '../wire/header-block.ts';
import { blockFields } from './block-fields.ts';
import {
  describeGreeting,
  describeHttp,
  describeOldReply,
  describeReply,
  statusWords,
} from './describe-block.ts';
import { httpBodyPart } from './http-body.ts';
import { malformedPart } from './malformed-part.ts';
import type { Part, PartContent } from './part.ts';

const LIMITS: HeaderLimits = {
  maxBytes: MAX_HANDSHAKE_BYTES,
  maxLineBytes: MAX_HEADER_LINE_BYTES,
  maxLines: MAX_HEADER_LINES,
};

/** A block of text lines at the beginning of the bytes, and for HTTP its body; gives how many bytes it took. */
export function* explainBlock(bytes: Uint8Array, offset: number): Generator<Part, number, undefined> {
  const reader = new HeaderBlockReader(LIMITS);
  const result = reader.push(bytes);
  if (result?.kind === 'block') {
    const size = bytes.length - result.remainder.length;
    const part = blockPart(result.block, bytes.subarray(0, size), offset);
    yield part;
    if (part.kind !== 'http-answer' || result.remainder.length === 0) return size;
    yield httpBodyPart(part.content.headers, result.remainder, offset + size);
    return bytes.length;
  }
  yield* brokenBlock(reader.soFar(), result?.breach, bytes, offset);
  return bytes.length;
}

/** The lines that are there, then what is wrong with the block. */
function* brokenBlock(
  soFar: HeaderBlock | undefined,
  breach: HeaderBreach | undefined,
  bytes: Uint8Array,
  offset: number,
): Generator<Part, void, undefined> {
  const head = bytes.subarray(0, LIMITS.maxBytes);
  const last = soFar === undefined ? -1 : head.lastIndexOf(10);
  const whole = head.subarray(0, last + 1);
  if (soFar !== undefined) yield blockPart(soFar, whole, offset);
  const problem = breach === undefined ? 'the block has no end: its empty line is missing' : BREACHES[breach];
  const place = { offset: offset + whole.length, inflated: false };
  yield malformedPart(place, bytes.subarray(whole.length), breach ?? 'no-end', problem);
}

const BREACHES: Readonly<Record<HeaderBreach, string>> = {
  'too-long-line': `a line of the block has more than ${LIMITS.maxLineBytes} bytes`,
  'too-many-lines': `the block has more than ${LIMITS.maxLines} header lines`,
  'too-large': `the block has more than ${LIMITS.maxBytes} bytes`,
};

function blockPart(block: HeaderBlock, bytes: Uint8Array, offset: number): Part {
  const { summary, about, addresses = NO_PART_ADDRESSES, ...content } = readBlock(block);
  const fields = blockFields(bytes, offset, block.headers, about);
  if (content.kind === 'malformed') {
    const place = { offset, inflated: false };
    return malformedPart(place, bytes, content.content.why, summary, { fields, layout: 'text' });
  }
  const common = { offset, bytes, inflated: false, layout: 'text', problem: undefined } as const;
  return { ...common, summary, fields, addresses, ...content };
}

/** `about` is what the first line means. */
type ReadBlock = PartContent & { readonly summary: string; readonly about: string | undefined } & Partial<
    Pick<ExplainedPart, 'addresses'>
  >;

function readBlock(block: HeaderBlock): ReadBlock {
  const { firstLine, headers } = block;
  const greeting = decodeGreeting(block);
  if (greeting !== undefined) {
    const about = `wants to connect, speaks Gnutella ${greeting.major}.${greeting.minor}`;
    return { kind: 'greeting', content: greeting, summary: describeGreeting(greeting), about };
  }
  const reply = decodeReply(block);
  if (reply !== undefined) {
    const addresses = replyAddresses(headers);
    const about = statusWords(reply.status);
    return { kind: 'reply', content: reply, summary: describeReply(reply, addresses), about, addresses };
  }
  if (/^GNUTELLA OK[ \t]*$/.test(firstLine))
    return { kind: 'old-reply', content: { headers }, summary: describeOldReply(), about: 'accepted' };
  if (firstLine.startsWith('GNUTELLA')) {
    const summary = 'the first line is neither a greeting nor an answer of Gnutella';
    return { kind: 'malformed', content: { why: 'bad-first-line' }, summary, about: undefined };
  }
  const kind = firstLine.startsWith('HTTP') ? 'http-answer' : 'http-request';
  return { kind, content: { firstLine, headers }, summary: describeHttp(kind, block), about: undefined };
}

function replyAddresses(headers: readonly Header[]): PartAddresses {
  const list = (name: string) => decodeAddressList(headerValue(headers, name) ?? '').addresses;
  return {
    peers: list('peers'),
    leaves: list('leaves'),
    mentions: [...new Set([...list('x-try-ultrapeers'), ...list('x-try')])],
  };
}
