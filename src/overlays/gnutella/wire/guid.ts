/** The 16 bytes that name a descriptor or a servent; a view of the message that they were read from. */
export type Guid = Uint8Array;

export const GUID_BYTES = 16;

/** What modern servents set in the GUIDs they make (gtk-gnutella, LimeWire): byte 8 is 0xFF, byte 15 is 0. */
const MODERN_BYTE = 8;
const RESERVED_BYTE = 15;

/** A GUID as modern servents make them, from 16 random bytes. */
export function modernGuid(random: Uint8Array): Guid {
  const guid = Uint8Array.from(random.subarray(0, GUID_BYTES));
  guid[MODERN_BYTE] = 0xff;
  guid[RESERVED_BYTE] = 0;
  return guid;
}

export function isModernGuid(guid: Guid): boolean {
  return guid[MODERN_BYTE] === 0xff && guid[RESERVED_BYTE] === 0;
}

/** 32 hexadecimal digits: to print, or as a key to match answers with. */
export function guidText(guid: Guid): string {
  return Buffer.from(guid.buffer, guid.byteOffset, guid.byteLength).toString('hex');
}

/** The GUID of 32 hexadecimal digits, in either case; undefined for all else. */
export function parseGuid(text: string): Guid | undefined {
  return /^[0-9a-f]{32}$/i.test(text) ? Uint8Array.from(Buffer.from(text, 'hex')) : undefined;
}
