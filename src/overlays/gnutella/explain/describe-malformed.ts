import { HEADER_BYTES, maxPayloadBytes } from '../wire/descriptor-header.ts';
import { descriptorName } from '../wire/descriptor-type.ts';
import type { Malformed, MalformedReason } from '../wire/message.ts';
import { counted } from './counted.ts';

/** Why bytes are no descriptor, in words. */
export function describeMalformed(
  why: MalformedReason | 'not-gnutella',
  { header, bytes }: Malformed,
): string {
  const name = header === undefined ? '' : typeText(header.type);
  const claimed = header?.length ?? 0;
  const there = bytes.length - HEADER_BYTES;
  switch (why) {
    case 'not-gnutella':
      return 'text that is neither a handshake (GNUTELLA in capitals) nor HTTP';
    case 'no-header':
      return `${counted(bytes.length, 'byte')}, and the header of a message has ${HEADER_BYTES}`;
    case 'too-large':
      return `the header claims ${claimed} bytes of payload, and ${name} has at most ${maxPayloadBytes(header?.type ?? 0)}`;
    case 'cut-off':
      return `${name} is cut off: its header says ${claimed} bytes of payload, and ${there} are there`;
    case 'trailing-bytes':
      return `${name} has ${there - claimed} bytes too many`;
    case 'bad-payload':
      return `the payload of ${name}, ${counted(claimed, 'byte')}, ends early or breaks its layout`;
    case 'not-inflatable':
      return `the deflated payload of ${name} can not be inflated`;
  }
}

/** Whether bytes are letters, as binary messages never are from the first to the 23rd. */
export function isPlainText(bytes: Uint8Array): boolean {
  return bytes.subarray(0, HEADER_BYTES).every((byte) => (byte >= 32 && byte < 127) || isSpace(byte));
}

function isSpace(byte: number): boolean {
  return byte === 9 || byte === 10 || byte === 13;
}

function typeText(type: number): string {
  const name = descriptorName(type);
  return name === undefined ? `a message of the unknown type ${hexText(type)}` : `a ${name}`;
}

/** `0x0f`. */
export function hexText(byte: number): string {
  return `0x${byte.toString(16).padStart(2, '0')}`;
}
