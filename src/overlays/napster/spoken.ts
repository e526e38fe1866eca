import type { Spoken, SpokenKind } from '../spoken.ts';
import type { NapsterPart } from './explain.ts';
import { MESSAGE_TYPES, type NapsterMessage } from './wire/message.ts';

/** A part of a conversation as one message of a chart; undefined for what is cut off. */
export function spokenOfNapster(part: NapsterPart): Spoken | undefined {
  switch (part.kind) {
    case 'message':
      return spokenMessage(part.content);
    case 'welcome':
      return say('transfer', '"1"', 'ready');
    case 'file-request':
      return say('transfer', 'GET', `"${part.content.name}"`);
    case 'file':
      return say('transfer', 'FILE', `${part.content.bytes} bytes`);
    case 'refusal':
      return say('transfer', 'REFUSAL', part.content.text);
    case 'cut-off':
      return undefined;
  }
}

function say(kind: SpokenKind, type: string, detail?: string): Spoken {
  return { kind, type, detail, request: undefined };
}

/** The words that the specification describes its types with, and their numbers. */
function spokenMessage(message: NapsterMessage): Spoken {
  switch (message.kind) {
    case 'login':
      return say('connect', typed('LOGIN', message), message.nick);
    case 'login-ack':
      return say('connect', typed('LOGIN ACK', message));
    case 'share':
      return say('connect', typed('SHARE', message), `"${message.file.name}"`);
    case 'search':
      return say('request', typed('SEARCH', message), `"${message.text}"`);
    case 'search-result':
      return say('answer', typed('RESULT', message), `"${message.file.name}" at ${message.nick}`);
    case 'search-end':
      return say('answer', typed('END OF RESULTS', message));
    case 'download-request':
      return say('request', typed('DOWNLOAD REQUEST', message), `at ${message.nick}`);
    case 'download-ack':
      return say('answer', typed('DOWNLOAD ACK', message), `port ${message.port}`);
    case 'download-error':
      return say('answer', typed('DOWNLOAD ERROR', message));
    case 'error':
      return say('answer', typed('ERROR', message), message.text);
    case 'download-begins':
      return say('upkeep', typed('DOWNLOADING', message));
    case 'download-ends':
      return say('upkeep', typed('DOWNLOADED', message));
    case 'upload-begins':
      return say('upkeep', typed('UPLOADING', message));
    case 'upload-ends':
      return say('upkeep', typed('UPLOADED', message));
    case 'other':
      return say('upkeep', `TYPE ${message.type}`);
  }
}

function typed(words: string, { kind }: { readonly kind: Exclude<NapsterMessage['kind'], 'other'> }): string {
  return `${words} (${MESSAGE_TYPES[kind]})`;
}
