import type { ByteReader } from '../../../core/byte-reader.ts';
import type { ByteWriter } from '../../../core/byte-writer.ts';

/** UDP crawler ping (LIME/5v1): tell me your neighbours. */
export interface CrawlerPing {
  /** Of the vendor message; servents treat 2 as 1. */
  readonly version: number;
  /** How many of each are wanted; 255 is all. */
  readonly superpeers: number;
  readonly leaves: number;
  /** CRAWL_… bits that are wanted. */
  readonly features: number;
  readonly rest: Uint8Array;
}

export const CRAWL_MINUTES = 0x01;
export const CRAWL_LANGUAGE = 0x02;
/** Only neighbours that announced this message themselves. */
export const CRAWL_NEW_ONLY = 0x04;
export const CRAWL_USER_AGENTS = 0x08;
export const CRAWL_UPTIME = 0x10;
export const CRAWL_REPLIES = 0x20;
export const CRAWL_DHT_STATUS = 0x40;

/** Bytes of data below which no servent answers, and this is no crawler ping. */
export const CRAWLER_PING_BYTES = 3;

/** Reads the data of the vendor message. */
export function readCrawlerPing(reader: ByteReader, version: number): CrawlerPing {
  const superpeers = reader.u8('superpeers wanted');
  const leaves = reader.u8('leaves wanted');
  const features = reader.u8('features');
  if (reader.trace !== undefined) reader.explain(describeCrawlFeatures(features));
  return { version, superpeers, leaves, features, rest: reader.rest('not understood') };
}

export function writeCrawlerPing(writer: ByteWriter, ping: CrawlerPing): void {
  writer.u8(ping.superpeers).u8(ping.leaves).u8(ping.features).bytes(ping.rest);
}

/** The features in words. */
export function describeCrawlFeatures(features: number): string {
  const words = WORDS.filter(([bit]) => (features & bit) !== 0).map(([, word]) => word);
  return words.length === 0 ? 'addresses only' : words.join(', ');
}

const WORDS: readonly (readonly [number, string])[] = [
  [CRAWL_MINUTES, 'connection times'],
  [CRAWL_LANGUAGE, 'languages'],
  [CRAWL_NEW_ONLY, 'only peers that support this message'],
  [CRAWL_USER_AGENTS, 'user agents'],
  [CRAWL_UPTIME, 'uptime'],
  [CRAWL_REPLIES, 'replies'],
  [CRAWL_DHT_STATUS, 'DHT status'],
];
