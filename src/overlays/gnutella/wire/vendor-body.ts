import type { ByteReader } from '../../../core/byte-reader.ts';
import type { ByteWriter } from '../../../core/byte-writer.ts';
import { CRAWLER_PING_BYTES, type CrawlerPing, readCrawlerPing, writeCrawlerPing } from './crawler-ping.ts';
import { type CrawlerPong, readCrawlerPong, writeCrawlerPong } from './crawler-pong.ts';
import {
  type FeaturesSupported,
  readFeaturesSupported,
  writeFeaturesSupported,
} from './features-supported.ts';
import { type HopsFlow, readHopsFlow, writeHopsFlow } from './hops-flow.ts';
import {
  type MessagesSupported,
  readMessagesSupported,
  writeMessagesSupported,
} from './messages-supported.ts';
import {
  EVERYBODY,
  readVendorMessageId,
  type VendorMessage,
  type VendorMessageId,
  writeVendorMessageId,
} from './vendor-message.ts';

/** What a vendor message says; `vendor` for all those that are not looked into. */
export type VendorBody =
  | { readonly kind: 'messages-supported'; readonly body: MessagesSupported }
  | { readonly kind: 'features-supported'; readonly body: FeaturesSupported }
  | { readonly kind: 'hops-flow'; readonly body: HopsFlow }
  | { readonly kind: 'crawler-ping'; readonly body: CrawlerPing }
  | { readonly kind: 'crawler-pong'; readonly body: CrawlerPong }
  | { readonly kind: 'vendor'; readonly body: VendorMessage };

/** Reads the payload of a vendor message. */
export function readVendorBody(reader: ByteReader): VendorBody {
  const id = readVendorMessageId(reader);
  switch (kindOf(id, reader.remaining)) {
    case 'messages-supported':
      return { kind: 'messages-supported', body: readMessagesSupported(reader) };
    case 'features-supported':
      return { kind: 'features-supported', body: readFeaturesSupported(reader) };
    case 'hops-flow':
      return { kind: 'hops-flow', body: readHopsFlow(reader) };
    case 'crawler-ping':
      return { kind: 'crawler-ping', body: readCrawlerPing(reader, id.version) };
    case 'crawler-pong':
      return { kind: 'crawler-pong', body: readCrawlerPong(reader, id.version) };
    case 'vendor':
      return { kind: 'vendor', body: { ...id, data: reader.rest('data') } };
  }
}

export function writeVendorBody(writer: ByteWriter, message: VendorBody): void {
  switch (message.kind) {
    case 'messages-supported':
      writeVendorMessageId(writer, MESSAGES_SUPPORTED);
      writeMessagesSupported(writer, message.body);
      break;
    case 'features-supported':
      writeVendorMessageId(writer, FEATURES_SUPPORTED);
      writeFeaturesSupported(writer, message.body);
      break;
    case 'hops-flow':
      writeVendorMessageId(writer, HOPS_FLOW);
      writeHopsFlow(writer, message.body);
      break;
    case 'crawler-ping':
      writeVendorMessageId(writer, { ...CRAWLER_PING, version: message.body.version });
      writeCrawlerPing(writer, message.body);
      break;
    case 'crawler-pong':
      writeVendorMessageId(writer, { ...CRAWLER_PONG, version: message.body.version });
      writeCrawlerPong(writer, message.body);
      break;
    case 'vendor':
      writeVendorMessageId(writer, message.body);
      writer.bytes(message.body.data);
  }
}

const MESSAGES_SUPPORTED: VendorMessageId = { vendor: EVERYBODY, selector: 0, version: 0 };
const FEATURES_SUPPORTED: VendorMessageId = { vendor: EVERYBODY, selector: 10, version: 0 };
const HOPS_FLOW: VendorMessageId = { vendor: 'BEAR', selector: 4, version: 1 };
const CRAWLER_PING: VendorMessageId = { vendor: 'LIME', selector: 5, version: 1 };
const CRAWLER_PONG: VendorMessageId = { vendor: 'LIME', selector: 6, version: 1 };

/** Servents read a crawler ping of any version, and none of too few bytes. */
function kindOf(id: VendorMessageId, bytes: number): VendorBody['kind'] {
  if (isSame(id, MESSAGES_SUPPORTED)) return 'messages-supported';
  if (isSame(id, FEATURES_SUPPORTED)) return 'features-supported';
  if (isSame(id, HOPS_FLOW)) return 'hops-flow';
  if (isSame({ ...id, version: 1 }, CRAWLER_PING) && bytes >= CRAWLER_PING_BYTES) return 'crawler-ping';
  if (isSame({ ...id, version: 1 }, CRAWLER_PONG)) return 'crawler-pong';
  return 'vendor';
}

function isSame(a: VendorMessageId, b: VendorMessageId): boolean {
  return a.vendor === b.vendor && a.selector === b.selector && a.version === b.version;
}
