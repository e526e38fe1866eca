import { byeReason } from '../wire/bye.ts';
import { describeCrawlFeatures, type CrawlerPing } from '../wire/crawler-ping.ts';
import type { CrawlerPong } from '../wire/crawler-pong.ts';
import { TTL_MAY_DEFLATE } from '../wire/descriptor-header.ts';
import { descriptorName } from '../wire/descriptor-type.ts';
import { guidText } from '../wire/guid.ts';
import type { Message } from '../wire/message.ts';
import { QRP_ZLIB, type Qrp } from '../wire/qrp.ts';
import { describeQueryFlags } from '../wire/query.ts';
import type { QueryHit } from '../wire/query-hit.ts';
import { shownText } from '../wire/text.ts';
import { describeVendorMessage } from '../wire/vendor-message.ts';
import { counted } from './counted.ts';
import { hexText } from './describe-malformed.ts';
import { describePing, describePong } from './describe-ping-pong.ts';

/** What a message says, in one line for someone who does not know the protocol. */
export function describeMessage(message: Message): string {
  const left = leftOver(message);
  return left === 0
    ? sentence(message)
    : `${sentence(message)}; ${counted(left, 'byte')} at the end not understood`;
}

function sentence(message: Message): string {
  const { header } = message;
  switch (message.kind) {
    case 'ping':
      return describePing(message.body, header);
    case 'pong':
      return describePong(message.body, header);
    case 'bye':
      return `Bye: closes the connection, ${byeWords(message.body.code)} (${message.body.code} ${shownText(byeReason(message.body))})`;
    case 'qrp':
      return describeQrp(message.body);
    case 'push':
      return `Push: asks servent ${guidText(message.body.servent)} to connect to ${message.body.endpoint} and offer file ${message.body.fileIndex}`;
    case 'query':
      return `Query: who has "${shownText(message.body.text)}"? (${describeQueryFlags(message.body.flags)}; ${reach(header)})`;
    case 'query-hit':
      return describeQueryHit(message.body);
    case 'messages-supported':
      return `Messages supported: the sender understands ${counted(message.body.messages.length, 'vendor message')}`;
    case 'features-supported':
      return `Features supported: ${message.body.features.map(({ name, version }) => `${shownText(name)} ${version}`).join(', ')}`;
    case 'hops-flow':
      return `Hops flow: send me only Queries that have travelled fewer than ${counted(message.body.hops, 'hop')}`;
    case 'crawler-ping':
      return describeCrawlerPing(message.body, (header.ttl & TTL_MAY_DEFLATE) !== 0);
    case 'crawler-pong':
      return describeCrawlerPong(message.body);
    case 'vendor':
      return `Vendor message ${describeVendorMessage(message.body)}: ${counted(message.body.data.length, 'byte')} not looked into`;
    case 'opaque': {
      const name = descriptorName(header.type) ?? 'Unknown message';
      return `${name}, type ${hexText(header.type)}: ${counted(message.body.length, 'byte')} not looked into`;
    }
  }
}

/** Bytes that belong to no field. */
function leftOver(message: Message): number {
  if (message.kind === 'opaque' || message.kind === 'query' || message.kind === 'query-hit') return 0;
  return 'rest' in message.body ? message.body.rest.length : 0;
}

function byeWords(code: number): string {
  if (code >= 200 && code < 300) return 'because it wants to';
  if (code >= 400 && code < 500) return 'because of what the other side did';
  return code >= 500 && code < 600 ? 'because of trouble of its own' : 'for a reason of its own';
}

function describeQrp(qrp: Qrp): string {
  if (qrp.kind === 'reset')
    return `Query routing: begins a new table of ${counted(qrp.slots, 'slot')}, with no words in it`;
  const how = qrp.compressor === QRP_ZLIB ? 'compressed' : 'plain';
  return `Query routing: part ${qrp.sequence} of ${qrp.count} of the table of words that the sender has files for, ${counted(qrp.data.length, 'byte')} ${how}`;
}

function reach({ ttl, hops }: Message['header']): string {
  return hops === 0 ? `may go ${counted(ttl, 'hop')}` : `came ${counted(hops, 'hop')}, may go ${ttl} more`;
}

function describeQueryHit({ endpoint, results, trailer }: QueryHit): string {
  const [first] = results;
  const more = results.length > 1 ? ` and ${results.length - 1} more` : '';
  const file =
    first === undefined ? '' : `: "${shownText(first.name)}" (${counted(first.size, 'byte')})${more}`;
  const vendor = trailer === undefined ? '' : `, vendor ${shownText(trailer.vendor)}`;
  return `Query Hit: ${endpoint}${vendor} has ${counted(results.length, 'matching file')}${file}`;
}

const ALL = 255;

function describeCrawlerPing({ superpeers, leaves, features }: CrawlerPing, mayDeflate: boolean): string {
  const how = mayDeflate ? '; the answer may be deflated' : '';
  const asked =
    superpeers === 0 && leaves === 0
      ? 'nothing'
      : superpeers === ALL && leaves === ALL
        ? 'all superpeers and leaves'
        : `${upTo(superpeers, 'superpeer', 'superpeers')} and ${upTo(leaves, 'leaf', 'leaves')}`;
  return `UDP crawler ping: asks for ${asked} connected to the peer, with: ${describeCrawlFeatures(features)}${how}`;
}

function upTo(number: number, one: string, many: string): string {
  if (number === 0) return `no ${many}`;
  return number === ALL ? `all ${many}` : `up to ${counted(number, one, many)}`;
}

function describeCrawlerPong({ superpeers, leaves, agents }: CrawlerPong): string {
  const own = agents === undefined ? '' : `; runs ${shownText(agents.own)}`;
  const who = `${counted(superpeers.length, 'superpeer')} and ${counted(leaves.length, 'leaf', 'leaves')}`;
  return `UDP crawler pong: the sender is connected to ${who}${own}`;
}
