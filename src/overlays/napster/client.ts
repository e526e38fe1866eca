import { type Address, parseAddress, portOf } from '../../core/address.ts';
import type { ConnectionId, HostedNode } from '../hosted-node.ts';
import { MAX_RESULTS, MAX_SHARED_FILES, MAX_STRANGERS } from './limits.ts';
import type { NapsterEffect, NapsterReport } from './report.ts';
import { sharedFile } from './shared-file.ts';
import { Download, encodeRequest, Upload, WELCOME } from './transfer.ts';
import { FrameStream } from './wire/frame.ts';
import { ipOfNumber } from './wire/ip.ts';
import { decodeMessage, encodeMessage, type FileLine, type NapsterMessage } from './wire/message.ts';

export interface NapsterClientOptions {
  /** Where other clients fetch its files. */
  readonly address: Address;
  readonly server: Address;
  /** Without spaces and quotes. */
  readonly nick: string;
  /** The names of its files [none]. */
  readonly files?: readonly string[];
  /** Whether it fetches the first file that a search of its own finds [no]. */
  readonly downloads?: boolean;
}

/** What our clients say of themselves at the login: their program, and a link of the kind "unknown". */
const PROGRAM = 'peerscope';
const LINK = 0;

type Connection =
  | { readonly kind: 'server'; readonly stream: FrameStream }
  | { readonly kind: 'upload'; readonly upload: Upload }
  | {
      readonly kind: 'download';
      readonly provider: Address;
      readonly file: FileLine;
      readonly download: Download;
    };

/** A file that was found, and who has it. */
interface Result {
  readonly nick: string;
  readonly file: FileLine;
}

/**
 * A client of a centralized overlay: it logs in at the server, announces its files, searches there, and fetches what was
 * found from the other client itself. A state machine without I/O. BOUNDED: limits.ts.
 * Source: "napster messages" (napster.txt), drscholl 2000, sections 2 and 4.1.
 */
export class NapsterClient implements HostedNode<NapsterReport> {
  readonly address: Address;
  readonly files: readonly FileLine[];
  readonly #options: NapsterClientOptions;
  readonly #connections = new Map<ConnectionId, Connection>();
  #numbers = 0;
  #server: ConnectionId | undefined;
  #results: Result[] = [];

  constructor(options: NapsterClientOptions) {
    this.address = options.address;
    this.files = (options.files ?? []).slice(0, MAX_SHARED_FILES).map(sharedFile);
    this.#options = options;
  }

  /** It begins: dials the server. */
  start(): readonly NapsterEffect[] {
    const connection = this.newConnection();
    this.#server = connection;
    this.#connections.set(connection, { kind: 'server', stream: new FrameStream() });
    return [{ kind: 'dial', connection, address: this.#options.server }];
  }

  /** Searches for files with all these words; what comes of it is reported. */
  search(text: string): readonly NapsterEffect[] {
    this.#results = [];
    return this.#tellServer({ kind: 'search', text, most: MAX_RESULTS });
  }

  newConnection(): ConnectionId {
    return this.#numbers++;
  }

  /** Another client wants a file. */
  accepted(_now: number, connection: ConnectionId): readonly NapsterEffect[] {
    if (this.#connections.size >= MAX_STRANGERS) return [{ kind: 'close', connection }];
    this.#connections.set(connection, { kind: 'upload', upload: new Upload(this.files) });
    return [{ kind: 'send', connection, bytes: WELCOME }];
  }

  dialled(_now: number, connection: ConnectionId): readonly NapsterEffect[] {
    if (connection !== this.#server) return [];
    const { nick, address } = this.#options;
    return this.#tellServer({
      kind: 'login',
      nick,
      password: 'none',
      port: portOf(address),
      client: PROGRAM,
      link: LINK,
    });
  }

  failed(now: number, connection: ConnectionId): readonly NapsterEffect[] {
    return this.closed(now, connection);
  }

  closed(_now: number, connection: ConnectionId): readonly NapsterEffect[] {
    this.#connections.delete(connection);
    if (connection === this.#server) this.#server = undefined;
    return [];
  }

  timer(): readonly NapsterEffect[] {
    return [];
  }

  received(_now: number, connection: ConnectionId, bytes: Uint8Array): readonly NapsterEffect[] {
    const known = this.#connections.get(connection);
    switch (known?.kind) {
      case 'server':
        return known.stream.push(bytes).flatMap((frame) => this.#hear(decodeMessage(frame)));
      case 'upload':
        return this.#onRequest(connection, known.upload, bytes);
      case 'download':
        return this.#onFile(connection, known, bytes);
      case undefined:
        return [];
    }
  }

  #hear(message: NapsterMessage): readonly NapsterEffect[] {
    switch (message.kind) {
      case 'login-ack':
        return [
          { kind: 'report', report: { kind: 'logged-in', nick: this.#options.nick } },
          ...this.files.flatMap((file) => this.#tellServer({ kind: 'share', file })),
        ];
      case 'search-result':
        if (this.#results.length < MAX_RESULTS) {
          this.#results.push({ nick: message.nick, file: message.file });
        }
        return [];
      case 'search-end':
        return this.#onFound();
      case 'download-ack':
        return this.#fetch(message);
      default:
        return [];
    }
  }

  #onFound(): readonly NapsterEffect[] {
    const results = this.#results.length;
    const other = this.#results.find(({ nick }) => nick !== this.#options.nick);
    return [
      { kind: 'report', report: { kind: 'found', results } },
      ...(this.#options.downloads === true && other !== undefined
        ? this.#tellServer({ kind: 'download-request', nick: other.nick, name: other.file.name })
        : []),
    ];
  }

  /** Only what was found is fetched, and only from one who takes connections. */
  #fetch({ nick, ip, port, name }: NapsterMessage & { kind: 'download-ack' }): readonly NapsterEffect[] {
    const found = this.#results.find((result) => result.nick === nick && result.file.name === name);
    const provider = parseAddress(`${ipOfNumber(ip)}:${port}`);
    if (found === undefined || provider === undefined || this.#connections.size >= MAX_STRANGERS) return [];
    const connection = this.newConnection();
    const { file } = found;
    const download = new Download(file.size);
    this.#connections.set(connection, { kind: 'download', provider, file, download });
    return [{ kind: 'dial', connection, address: provider }];
  }

  #onRequest(connection: ConnectionId, upload: Upload, bytes: Uint8Array): readonly NapsterEffect[] {
    const answer = upload.push(bytes);
    if (answer === undefined) return [];
    this.#connections.delete(connection);
    const sent: readonly NapsterEffect[] = [
      { kind: 'send', connection, bytes: answer.send },
      { kind: 'close', connection },
    ];
    if (!answer.isFile) return sent;
    return [
      ...this.#tellServer({ kind: 'upload-begins' }),
      ...sent,
      ...this.#tellServer({ kind: 'upload-ends' }),
    ];
  }

  #onFile(
    connection: ConnectionId,
    { provider, file, download }: Connection & { kind: 'download' },
    bytes: Uint8Array,
  ): readonly NapsterEffect[] {
    switch (download.push(bytes)) {
      case undefined:
        return [];
      case 'welcomed':
        return [
          ...this.#tellServer({ kind: 'download-begins' }),
          ...encodeRequest({ nick: this.#options.nick, name: file.name, offset: 0 }).map(
            (piece): NapsterEffect => ({ kind: 'send', connection, bytes: piece }),
          ),
        ];
      case 'failed':
        this.#connections.delete(connection);
        return [
          { kind: 'close', connection },
          ...(download.hasBegun ? this.#tellServer({ kind: 'download-ends' }) : []),
        ];
      case 'whole': {
        this.#connections.delete(connection);
        const { name, size } = file;
        return [
          { kind: 'close', connection },
          ...this.#tellServer({ kind: 'download-ends' }),
          { kind: 'report', report: { kind: 'transfer', provider, name, bytes: size } },
        ];
      }
    }
  }

  #tellServer(message: NapsterMessage): readonly NapsterEffect[] {
    const connection = this.#server;
    if (connection === undefined) return [];
    return [{ kind: 'send', connection, bytes: encodeMessage(message) }];
  }
}
