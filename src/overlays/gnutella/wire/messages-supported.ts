import type { ByteReader } from '../../../core/byte-reader.ts';
import type { ByteWriter } from '../../../core/byte-writer.ts';
import { readVendorMessageId, type VendorMessageId, writeVendorMessageId } from './vendor-message.ts';

/** MessagesSupported (0/0v0): the vendor messages that a servent understands. */
export interface MessagesSupported {
  /** Up to 65,535. */
  readonly messages: readonly VendorMessageId[];
  readonly rest: Uint8Array;
}

/** Reads the data of the vendor message. */
export function readMessagesSupported(reader: ByteReader): MessagesSupported {
  const count = reader.u16('messages');
  const messages: VendorMessageId[] = [];
  for (let i = 0; i < count && reader.ok; i++) messages.push(readVendorMessageId(reader));
  return { messages, rest: reader.rest('not understood') };
}

export function writeMessagesSupported(writer: ByteWriter, { messages, rest }: MessagesSupported): void {
  writer.u16(messages.length);
  for (const message of messages) writeVendorMessageId(writer, message);
  writer.bytes(rest);
}
