import type { Spoken, SpokenKind } from '../../spoken.ts';
import { guidText } from '../wire/guid.ts';
import { headerValue, type Header } from '../wire/header-block.ts';
import type { Message } from '../wire/message.ts';
import { shownText } from '../wire/text.ts';
import { decodeFlag } from '../wire/values.ts';
import { counted } from './counted.ts';
import type { HttpHead, Part } from './part.ts';

/** A part of a conversation as one message of a chart; undefined for what is none of its own: a body, a stream, what is broken. */
export function spokenOf(part: Part): Spoken | undefined {
  switch (part.kind) {
    case 'greeting': {
      const { major, minor, headers } = part.content;
      return say('connect', `GNUTELLA CONNECT/${major}.${minor}`, roleOf(headers));
    }
    case 'reply': {
      const { code, reason } = part.content.status;
      return say('connect', `GNUTELLA/0.6 ${code} ${shownText(reason)}`, roleOf(part.content.headers));
    }
    case 'old-reply':
      return say('connect', 'GNUTELLA OK');
    case 'http-request':
      return spokenRequest(part.content);
    case 'http-answer':
      return spokenAnswer(part.content);
    case 'http-body':
    case 'tls':
    case 'deflated':
    case 'malformed':
      return undefined;
    default:
      return spokenMessage(part.content);
  }
}

function say(kind: SpokenKind, type: string, detail?: string, request?: string): Spoken {
  return { kind, type, detail, request };
}

function roleOf(headers: readonly Header[]): string | undefined {
  const flag = decodeFlag(headerValue(headers, 'x-ultrapeer'));
  return flag === undefined ? undefined : flag ? '(superpeer)' : '(leaf)';
}

function spokenRequest({ firstLine }: HttpHead): Spoken {
  const [method = '', path = ''] = shownText(firstLine).split(' ');
  return say('transfer', `HTTP ${method}`, path.slice(path.lastIndexOf('/') + 1));
}

function spokenAnswer({ firstLine, headers }: HttpHead): Spoken {
  const [, ...status] = shownText(firstLine).split(' ');
  const length = headerValue(headers, 'content-length');
  return say('transfer', `HTTP ${status.join(' ')}`, length === undefined ? undefined : `${length} bytes`);
}

function spokenMessage(message: Message): Spoken {
  const { header } = message;
  const guid = guidText(header.guid);
  switch (message.kind) {
    case 'ping':
      // One that nobody passes on asks whether the neighbour is there.
      return say(header.ttl + header.hops <= 1 ? 'upkeep' : 'request', 'PING', `TTL ${header.ttl}`, guid);
    case 'pong':
      return say('answer', 'PONG', `of ${message.body.endpoint}`, guid);
    case 'query':
      return say('request', 'QUERY', `"${shownText(message.body.text)}", TTL ${header.ttl}`, guid);
    case 'query-hit':
      return say(
        'answer',
        'QUERY HIT',
        `${counted(message.body.results.length, 'file')} at ${message.body.endpoint}`,
        guid,
      );
    case 'qrp':
      return say(
        'connect',
        'ROUTE TABLE UPDATE',
        message.body.kind === 'reset' ? `${message.body.slots} slots, empty` : 'words of its files',
      );
    case 'push':
      return say('request', 'PUSH', undefined, guid);
    case 'bye':
      return say('upkeep', 'BYE');
    default:
      return say('upkeep', message.kind.toUpperCase().replaceAll('-', ' '));
  }
}
