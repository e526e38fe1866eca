import type { Address } from '../../core/address.ts';
import type { ConnectionId, HostedNode } from '../hosted-node.ts';
import {
  MAX_NAME_CHARACTERS,
  MAX_NICK_CHARACTERS,
  MAX_RESULTS,
  MAX_SHARED_FILES,
  MAX_STRANGERS,
  MAX_USERS,
} from './limits.ts';
import type { NapsterEffect, NapsterReport } from './report.ts';
import { wordsOf } from './shared-file.ts';
import { FrameStream } from './wire/frame.ts';
import { ipNumber } from './wire/ip.ts';
import { decodeMessage, encodeMessage, type FileLine, type NapsterMessage } from './wire/message.ts';

/** A mail address for users who have registered none: the protocol wants something there. */
const NO_MAIL = 'anon@peerscope';

interface Stranger {
  readonly stream: FrameStream;
  readonly ip: string;
}

interface User extends Stranger {
  readonly nick: string;
  readonly port: number;
  readonly link: number;
  readonly files: Map<string, { readonly file: FileLine; readonly words: ReadonlySet<string> }>;
}

/**
 * The server of a centralized overlay: who is logged in, and which files each of them shares. It answers searches and says
 * where a file is; the file itself never passes it. A state machine without I/O. BOUNDED: limits.ts.
 * Source: "napster messages" (napster.txt), drscholl 2000.
 */
export class NapsterServer implements HostedNode<NapsterReport> {
  readonly address: Address;
  readonly #strangers = new Map<ConnectionId, Stranger>();
  readonly #users = new Map<ConnectionId, User>();
  #connections = 0;

  constructor(address: Address) {
    this.address = address;
  }

  /** How many users are logged in, and how many files they share together. */
  get size(): { readonly users: number; readonly files: number } {
    const files = [...this.#users.values()].reduce((sum, user) => sum + user.files.size, 0);
    return { users: this.#users.size, files };
  }

  newConnection(): ConnectionId {
    return this.#connections++;
  }

  accepted(_now: number, connection: ConnectionId, ip: string): readonly NapsterEffect[] {
    if (this.#strangers.size >= MAX_STRANGERS) return [{ kind: 'close', connection }];
    this.#strangers.set(connection, { stream: new FrameStream(), ip });
    return [];
  }

  /** It dials nobody. */
  dialled(): readonly NapsterEffect[] {
    return [];
  }

  failed(): readonly NapsterEffect[] {
    return [];
  }

  timer(): readonly NapsterEffect[] {
    return [];
  }

  received(_now: number, connection: ConnectionId, bytes: Uint8Array): readonly NapsterEffect[] {
    const stream = (this.#users.get(connection) ?? this.#strangers.get(connection))?.stream;
    const effects: NapsterEffect[] = [];
    for (const frame of stream?.push(bytes) ?? []) {
      if (effects.some(({ kind }) => kind === 'close')) break;
      effects.push(...this.#hear(connection, decodeMessage(frame)));
    }
    return effects;
  }

  closed(_now: number, connection: ConnectionId): readonly NapsterEffect[] {
    this.#forget(connection);
    return [];
  }

  #forget(connection: ConnectionId): void {
    this.#strangers.delete(connection);
    this.#users.delete(connection);
  }

  #hear(connection: ConnectionId, message: NapsterMessage): readonly NapsterEffect[] {
    const user = this.#users.get(connection);
    if (user === undefined) return this.#onLogin(connection, message);
    const say = (...messages: readonly NapsterMessage[]): NapsterEffect[] =>
      messages.map((said) => ({ kind: 'send', connection, bytes: encodeMessage(said) }));
    switch (message.kind) {
      case 'share':
        share(user, message.file);
        return [];
      case 'search': {
        const found = this.#matching(message.text, Math.min(message.most, MAX_RESULTS));
        const { text } = message;
        return [
          { kind: 'report', report: { kind: 'searched', text, results: found.length } },
          ...say(...found, { kind: 'search-end' }),
        ];
      }
      case 'download-request':
        return say(this.#whereIs(message.nick, message.name));
      case 'login':
        return say({ kind: 'error', text: 'you are logged in already' });
      default:
        // Counts of transfers, answers of servers, and what is not understood.
        return [];
    }
  }

  #onLogin(connection: ConnectionId, message: NapsterMessage): readonly NapsterEffect[] {
    const stranger = this.#strangers.get(connection);
    if (stranger === undefined) return [];
    this.#strangers.delete(connection);
    const objection = message.kind === 'login' ? this.#objectionTo(message.nick) : 'log in first';
    if (message.kind !== 'login' || objection !== undefined) {
      const bytes = encodeMessage({ kind: 'error', text: objection ?? '' });
      return [
        { kind: 'send', connection, bytes },
        { kind: 'close', connection },
      ];
    }
    const { nick, port, link } = message;
    this.#users.set(connection, { ...stranger, nick, port, link, files: new Map() });
    return [
      { kind: 'report', report: { kind: 'logged-in', nick } },
      { kind: 'send', connection, bytes: encodeMessage({ kind: 'login-ack', mail: NO_MAIL }) },
    ];
  }

  #objectionTo(nick: string): string | undefined {
    if (nick.length > MAX_NICK_CHARACTERS) return 'this nick is too long';
    if (this.#users.size >= MAX_USERS) return 'the server is full';
    return this.#userOf(nick) === undefined ? undefined : 'this nick is logged in already';
  }

  /** O(users). */
  #userOf(nick: string): User | undefined {
    for (const user of this.#users.values()) if (user.nick === nick) return user;
    return undefined;
  }

  /** Files whose names have all the words, by user in the order of their logins. O(files). */
  #matching(text: string, most: number): NapsterMessage[] {
    const words = wordsOf(text);
    const found: NapsterMessage[] = [];
    if (words.length === 0) return found;
    for (const { nick, link, ip, files } of this.#users.values()) {
      for (const { file, words: own } of files.values()) {
        if (found.length >= most) return found;
        if (!words.every((word) => own.has(word))) continue;
        found.push({ kind: 'search-result', file, nick, ip: ipNumber(ip) ?? 0, link });
      }
    }
    return found;
  }

  #whereIs(nick: string, name: string): NapsterMessage {
    const user = this.#userOf(nick);
    const shared = user?.files.get(name);
    if (user === undefined || shared === undefined) return { kind: 'download-error', nick, name };
    const { ip, port, link } = user;
    const { md5 } = shared.file;
    return { kind: 'download-ack', nick, ip: ipNumber(ip) ?? 0, port, name, md5, link };
  }
}

function share({ files }: User, file: FileLine): void {
  if (files.size >= MAX_SHARED_FILES || file.name.length > MAX_NAME_CHARACTERS) return;
  files.set(file.name, { file, words: new Set(wordsOf(file.name)) });
}
