import { type ByteReader, EMPTY } from '../../../core/byte-reader.ts';
import type { ByteWriter } from '../../../core/byte-writer.ts';
import {
  CRAWL_DHT_STATUS,
  CRAWL_LANGUAGE,
  CRAWL_MINUTES,
  CRAWL_REPLIES,
  CRAWL_UPTIME,
  CRAWL_USER_AGENTS,
  describeCrawlFeatures,
} from './crawler-ping.ts';
import { type Endpoint, readIpv4Endpoint, writeIpv4Endpoint } from './endpoint.ts';
import { encodeFixed, shownText } from './text.ts';
import { decodeUserAgents, type UserAgents } from './user-agents.ts';

/** UDP crawler pong (LIME/6v1): the neighbours, under the GUID of the ping. */
export interface CrawlerPong {
  /** Of the vendor message. */
  readonly version: number;
  /** CRAWL_… bits of this answer: they say which of the fields below are there, whatever was asked for. */
  readonly features: number;
  /** The servent's average uptime, seconds. */
  readonly uptime: number | undefined;
  readonly dhtStatus: number | undefined;
  /** Up to 255 of each; they are the neighbours that the servent chose to tell. */
  readonly superpeers: readonly CrawlerEntry[];
  readonly leaves: readonly CrawlerEntry[];
  /** Undefined where there are none, even with CRAWL_USER_AGENTS: gtk-gnutella leaves them out where they do not fit. */
  readonly agents: UserAgents | undefined;
  /** What was not understood, such as agents that are corrupt or too few. */
  readonly rest: Uint8Array;
}

export interface CrawlerEntry {
  readonly endpoint: Endpoint;
  /** For how long the connection has lasted. */
  readonly minutes: number | undefined;
  /** Two letters. */
  readonly language: string | undefined;
  readonly replies: number | undefined;
}

const LANGUAGE_BYTES = 2;

/** Reads the data of the vendor message. */
export function readCrawlerPong(reader: ByteReader, version: number): CrawlerPong {
  const superpeerCount = reader.u8('superpeers');
  const leafCount = reader.u8('leaves');
  const features = reader.u8('features');
  if (reader.trace !== undefined) reader.explain(describeCrawlFeatures(features));
  const uptime = has(features, CRAWL_UPTIME) ? reader.u32('average uptime (s)') : undefined;
  const dhtStatus = has(features, CRAWL_DHT_STATUS) ? reader.u8('DHT status') : undefined;
  const superpeers = readEntries(reader, 'superpeer', superpeerCount, features);
  const leaves = readEntries(reader, 'leaf', leafCount, features);
  const left = reader.rest(has(features, CRAWL_USER_AGENTS) ? 'user agents' : 'not understood');
  const agents =
    has(features, CRAWL_USER_AGENTS) && reader.ok
      ? decodeUserAgents(left, superpeerCount + leafCount)
      : undefined;
  if (agents !== undefined && reader.trace !== undefined)
    reader.explain(shownText(`${agents.packing}: ${[...agents.names, agents.own].join(', ')}`));
  const rest = agents === undefined ? left : EMPTY;
  return { version, features, uptime, dhtStatus, superpeers, leaves, agents, rest };
}

/** Writes the data of the vendor message: of the fields those that `features` names, and 0 for those that are undefined. */
export function writeCrawlerPong(writer: ByteWriter, pong: CrawlerPong): void {
  const { features } = pong;
  writer.u8(pong.superpeers.length).u8(pong.leaves.length).u8(features);
  if (has(features, CRAWL_UPTIME)) writer.u32(pong.uptime ?? 0);
  if (has(features, CRAWL_DHT_STATUS)) writer.u8(pong.dhtStatus ?? 0);
  for (const entry of [...pong.superpeers, ...pong.leaves]) {
    writeIpv4Endpoint(writer, entry.endpoint);
    if (has(features, CRAWL_MINUTES)) writer.u16(entry.minutes ?? 0);
    if (has(features, CRAWL_LANGUAGE)) writer.bytes(encodeFixed(entry.language ?? '', LANGUAGE_BYTES));
    if (has(features, CRAWL_REPLIES)) writer.u32(entry.replies ?? 0);
  }
  writer.bytes(pong.agents?.packed ?? EMPTY).bytes(pong.rest);
}

function readEntries(
  reader: ByteReader,
  name: string,
  count: number,
  features: number,
): readonly CrawlerEntry[] {
  const entries: CrawlerEntry[] = [];
  for (let i = 0; i < count && reader.ok; i++) {
    reader.open(name);
    const endpoint = readIpv4Endpoint(reader, 'endpoint');
    const minutes = has(features, CRAWL_MINUTES) ? reader.u16('minutes connected') : undefined;
    const language = has(features, CRAWL_LANGUAGE) ? reader.latin1('language', LANGUAGE_BYTES) : undefined;
    const replies = has(features, CRAWL_REPLIES) ? reader.u32('replies') : undefined;
    reader.close(endpoint);
    entries.push({ endpoint, minutes, language, replies });
  }
  return entries;
}

function has(features: number, bit: number): boolean {
  return (features & bit) !== 0;
}
