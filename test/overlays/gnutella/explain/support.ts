import { explain } from '../../../../src/overlays/gnutella/explain/explain.ts';
import type { Part } from '../../../../src/overlays/gnutella/explain/part.ts';
import { bytesOf } from '../support.ts';

/** Bytes of the largest descriptor: header and Query Hit. */
export const MAX_CAPTURE_PIECE = 23 + 65_536;

/** A descriptor by hand: GUID of 0xab, type, TTL 1, hops 0, length, payload. */
export function descriptor(type: number, payload = '', ttl = 1): Buffer {
  const body = Buffer.from(payload, 'hex');
  const header = Buffer.concat([Buffer.alloc(16, 0xab), Buffer.from([type, ttl, 0, 0, 0, 0, 0])]);
  header.writeUInt32LE(body.length, 19);
  return Buffer.concat([header, body]);
}

export const PING = descriptor(0x00);
/** 192.0.2.1:6346, one file, 8 KiB. */
export const PONG = descriptor(0x01, 'ca18c00002010100000008000000');

export function told(bytes: Uint8Array): Part[] {
  return [...explain(bytes)];
}

export function kindsOf(bytes: Uint8Array): string[] {
  return told(bytes).map(({ kind }) => kind);
}

/** The one part of a text. */
export function only(text: string): Part {
  const [part, ...more] = told(bytesOf(text));
  if (part === undefined || more.length > 0) throw new Error(`not one part: ${1 + more.length}`);
  return part;
}
