import { encodeFrame, type Frame } from './frame.ts';
import { quoted, splitFields, textField, wholeField, wordField } from './fields.ts';

/** A file as it stands in messages. */
export interface FileLine {
  readonly name: string;
  /** Of its beginning, 32 hexadecimal digits; whatever stands there is taken. */
  readonly md5: string;
  /** Bytes. */
  readonly size: number;
  /** kbit/s. */
  readonly bitrate: number;
  /** Hz. */
  readonly frequency: number;
  /** Seconds. */
  readonly length: number;
}

/**
 * What clients and servers of Napster say to each other, as far as it is read here; `other` for all types that are not, and
 * for those whose data is not laid out as their type has it. Source: "napster messages" (napster.txt), drscholl 2000,
 * sections 1 and 2; the numbers are its types.
 */
export type NapsterMessage =
  /** 2: a client logs in; a port of 0 takes no connections. */
  | {
      readonly kind: 'login';
      readonly nick: string;
      readonly password: string;
      readonly port: number;
      readonly client: string;
      readonly link: number;
    }
  /** 3: it is in; the mail address it registered with, or a dummy. */
  | { readonly kind: 'login-ack'; readonly mail: string }
  /** 404 */
  | { readonly kind: 'error'; readonly text: string }
  /** 100: it shares this file. */
  | { readonly kind: 'share'; readonly file: FileLine }
  /** 200: a search for names with these words. */
  | { readonly kind: 'search'; readonly text: string; readonly most: number }
  /** 201: one file that was found, and who has it; the IP address as a number (ip.ts). */
  | {
      readonly kind: 'search-result';
      readonly file: FileLine;
      readonly nick: string;
      readonly ip: number;
      readonly link: number;
    }
  /** 202: there are no more. */
  | { readonly kind: 'search-end' }
  /** 203: where is this file to be had? */
  | { readonly kind: 'download-request'; readonly nick: string; readonly name: string }
  /** 204: there. */
  | {
      readonly kind: 'download-ack';
      readonly nick: string;
      readonly ip: number;
      readonly port: number;
      readonly name: string;
      readonly md5: string;
      readonly link: number;
    }
  /** 206: nowhere. */
  | { readonly kind: 'download-error'; readonly nick: string; readonly name: string }
  /** 218 to 221: a download or an upload begins or ends; the server counts them. */
  | { readonly kind: 'download-begins' | 'download-ends' | 'upload-begins' | 'upload-ends' }
  | { readonly kind: 'other'; readonly type: number; readonly data: Uint8Array };

export type NapsterKind = NapsterMessage['kind'];

export const MESSAGE_TYPES = {
  login: 2,
  'login-ack': 3,
  share: 100,
  search: 200,
  'search-result': 201,
  'search-end': 202,
  'download-request': 203,
  'download-ack': 204,
  'download-error': 206,
  'download-begins': 218,
  'download-ends': 219,
  'upload-begins': 220,
  'upload-ends': 221,
  error: 404,
} as const satisfies Readonly<Record<Exclude<NapsterKind, 'other'>, number>>;

const KINDS: ReadonlyMap<number, Exclude<NapsterKind, 'other'>> = new Map(
  Object.entries(MESSAGE_TYPES).map(([kind, type]) => [type, kind as Exclude<NapsterKind, 'other'>]),
);

/** The bytes of a message. Characters beyond Latin-1 are cut to their low byte. */
export function encodeMessage(message: NapsterMessage): Uint8Array {
  if (message.kind === 'other') return encodeFrame(message);
  return encodeFrame({
    type: MESSAGE_TYPES[message.kind],
    data: Buffer.from(dataOf(message), 'latin1'),
  });
}

/** Reads a frame. Never throws. O(bytes). */
export function decodeMessage(frame: Frame): NapsterMessage {
  const kind = KINDS.get(frame.type);
  const read = kind === undefined ? undefined : readData(kind, Buffer.from(frame.data).toString('latin1'));
  return read ?? { kind: 'other', ...frame };
}

function dataOf(message: Exclude<NapsterMessage, { kind: 'other' }>): string {
  switch (message.kind) {
    case 'login':
      return `${message.nick} ${message.password} ${message.port} ${quoted(message.client)} ${message.link}`;
    case 'login-ack':
      return message.mail;
    case 'error':
      return message.text;
    case 'share':
      return fileText(message.file);
    case 'search':
      return `FILENAME CONTAINS ${quoted(message.text)} MAX_RESULTS ${message.most}`;
    case 'search-result':
      return `${fileText(message.file)} ${message.nick} ${message.ip} ${message.link}`;
    case 'download-request':
    case 'download-error':
      return `${message.nick} ${quoted(message.name)}`;
    case 'download-ack':
      return `${message.nick} ${message.ip} ${message.port} ${quoted(message.name)} ${message.md5} ${message.link}`;
    case 'search-end':
    case 'download-begins':
    case 'download-ends':
    case 'upload-begins':
    case 'upload-ends':
      return '';
  }
}

function fileText({ name, md5, size, bitrate, frequency, length }: FileLine): string {
  return `${quoted(name)} ${md5} ${size} ${bitrate} ${frequency} ${length}`;
}

const MAX_PORT = 0xffff;

function readData(kind: Exclude<NapsterKind, 'other'>, data: string): NapsterMessage | undefined {
  const fields = splitFields(data);
  switch (kind) {
    case 'login-ack':
      return { kind, mail: data };
    case 'error':
      return { kind, text: data };
    case 'search-end':
    case 'download-begins':
    case 'download-ends':
    case 'upload-begins':
    case 'upload-ends':
      return { kind };
    case 'login': {
      const [nick, password, client] = [wordField(fields[0]), wordField(fields[1]), textField(fields[3])];
      const [port, link] = [wholeField(fields[2], MAX_PORT), wholeField(fields[4])];
      if (nick === undefined || password === undefined || port === undefined) return undefined;
      if (client === undefined || link === undefined) return undefined;
      return { kind, nick, password, port, client, link };
    }
    case 'share': {
      const file = fileOf(data);
      return file === undefined ? undefined : { kind, file };
    }
    case 'search':
      return readSearch(data);
    case 'search-result': {
      const file = fileOf(data);
      const [nick, ip, link] = [wordField(fields[6]), wholeField(fields[7]), wholeField(fields[8])];
      if (file === undefined || nick === undefined || ip === undefined || link === undefined)
        return undefined;
      return { kind, file, nick, ip, link };
    }
    case 'download-request':
    case 'download-error': {
      const [nick, name] = [wordField(fields[0]), textField(fields[1])];
      return nick === undefined || name === undefined ? undefined : { kind, nick, name };
    }
    case 'download-ack': {
      const [nick, name, md5] = [wordField(fields[0]), textField(fields[3]), wordField(fields[4])];
      const [ip, port, link] = [
        wholeField(fields[1]),
        wholeField(fields[2], MAX_PORT),
        wholeField(fields[5]),
      ];
      if (nick === undefined || name === undefined || md5 === undefined) return undefined;
      if (ip === undefined || port === undefined || link === undefined) return undefined;
      return { kind, nick, ip, port, name, md5, link };
    }
  }
}

function fileOf(data: string): FileLine | undefined {
  const fields = splitFields(data);
  const [name, md5, size] = [textField(fields[0]), wordField(fields[1]), wholeField(fields[2])];
  const [bitrate, frequency, length] = [wholeField(fields[3]), wholeField(fields[4]), wholeField(fields[5])];
  if (name === undefined || md5 === undefined || size === undefined) return undefined;
  if (bitrate === undefined || frequency === undefined || length === undefined) return undefined;
  return { name, md5, size, bitrate, frequency, length };
}

/** The words of all its `FILENAME CONTAINS` together, since the server treats artist and song alike; other conditions are not read. */
function readSearch(data: string): NapsterMessage | undefined {
  const fields = splitFields(data);
  const texts: string[] = [];
  let most: number | undefined;
  fields.forEach((field, i) => {
    const [before, last] = [fields[i - 1], fields[i - 2]];
    if (field.isQuoted && before?.text === 'CONTAINS' && last?.text === 'FILENAME') texts.push(field.text);
    if (!field.isQuoted && before?.text === 'MAX_RESULTS') most = wholeField(field) ?? most;
  });
  if (texts.length === 0 || most === undefined) return undefined;
  return { kind: 'search', text: texts.join(' '), most };
}
