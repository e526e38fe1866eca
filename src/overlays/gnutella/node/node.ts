import type { Address } from '../../../core/address.ts';
import type { Role } from '../../../core/claims.ts';
import type { HostedNode } from '../../hosted-node.ts';
import type { Reaction, Servent } from '../../overlay.ts';
import { createServent } from '../servent/servent.ts';
import { Attachment } from './attachment.ts';
import { Contacts } from './contacts.ts';
import type { ConnectionId, Effect, NodeReport } from './effect.ts';
import { Library } from './library.ts';
import type { MessageCounts } from './message-counts.ts';
import { Messages } from './messages.ts';
import { NodeCore } from './node-core.ts';
import type { NodeOptions } from './node-options.ts';

/** A connection that stands, as whoever watches sees it. */
export interface Neighbour {
  /** Undefined where it has not said where it is reached. */
  readonly address: Address | undefined;
  readonly role: Role;
  readonly isDialled: boolean;
  readonly since: number;
}

/** Milliseconds between two looks at what is due. */
const TICK = 2_000;

/** How far a search goes: gtk-gnutella sends 4 hops, servents of 0.4 sent 7. */
const QUERY_TTL = 4;
const OLD_QUERY_TTL = 7;

/**
 * A live servent: it holds connections to others, and speaks all of Gnutella on them. A state machine without I/O and without
 * a clock: each event says the time (milliseconds since 1970, never less than before) and gives what is to be done. The same
 * events in the same order give the same effects. BOUNDED: limits.ts.
 *
 * It answers crawlers from its table of connections, as its personality does (src/overlays/gnutella/servent).
 */
export class GnutellaNode implements HostedNode<NodeReport> {
  readonly address: Address;
  readonly #core: NodeCore;
  readonly #messages: Messages;
  readonly #attachment: Attachment;
  readonly #contacts: Contacts;
  readonly #datagrams: Servent;

  /** Throws a usage error for a personality that there is not. */
  constructor(options: NodeOptions) {
    const core = new NodeCore(options);
    this.address = options.address;
    this.#core = core;
    this.#messages = new Messages(core, (found) => {
      this.#contacts.fetch(found);
    });
    this.#attachment = new Attachment(core, this.#messages.pings);
    this.#contacts = new Contacts(core, this.#messages);
    this.#datagrams = createServent(core.state, () => core.now, core.personality);
  }

  /** Superpeer or leaf; undefined while it has not found its place. */
  get role(): Role | undefined {
    return this.#core.role;
  }

  get agent(): string {
    return this.#core.options.agent;
  }

  get startedAt(): number {
    return this.#core.options.startedAt;
  }

  get counts(): MessageCounts {
    return this.#core.counts;
  }

  get library(): Library {
    return this.#core.library;
  }

  /** GUIDs of queries that it remembers. */
  get rememberedQueries(): number {
    return this.#messages.queries.remembered;
  }

  neighbours(): readonly Neighbour[] {
    return [...this.#core.links].map(({ address, role, isDialled, since }) => ({
      address,
      role,
      isDialled,
      since,
    }));
  }

  /** It begins; later ones at any time. */
  start(now: number): readonly Effect[] {
    return this.#at(now, () => {
      this.#core.want({ kind: 'timer', at: now + 1 + this.#core.random.int(TICK) });
      this.#attach();
    });
  }

  /** A number for a connection that has come in. */
  newConnection(): ConnectionId {
    return this.#contacts.newConnection();
  }

  accepted(now: number, connection: ConnectionId, remoteIp: string): readonly Effect[] {
    return this.#at(now, () => {
      this.#contacts.accept(connection, remoteIp);
    });
  }

  /** A connection that was to be dialled stands, or can not be had. */
  dialled(now: number, connection: ConnectionId): readonly Effect[] {
    return this.#at(now, () => {
      this.#contacts.dialled(connection);
    });
  }

  failed(now: number, connection: ConnectionId): readonly Effect[] {
    return this.closed(now, connection);
  }

  received(now: number, connection: ConnectionId, bytes: Uint8Array): readonly Effect[] {
    return this.#at(now, () => {
      this.#contacts.receive(connection, bytes);
    });
  }

  /** The other side has closed, or the connection broke. */
  closed(now: number, connection: ConnectionId): readonly Effect[] {
    return this.#at(now, () => {
      this.#contacts.close(connection);
    });
  }

  /** The time that it asked for has come. */
  timer(now: number): readonly Effect[] {
    return this.#at(now, () => {
      this.#core.want({ kind: 'timer', at: now + TICK });
      this.#messages.keepAlive();
      this.#contacts.endThoseThatAreLate();
      this.#attachment.electIfAlone(this.#contacts.dialling.size > 0);
      this.#core.changed = true;
    });
  }

  /** Searches for files with all these words; what comes of it is reported. */
  search(now: number, text: string): readonly Effect[] {
    return this.#at(now, () => {
      const ttl = this.#core.personality.isOld ? OLD_QUERY_TTL : QUERY_TTL;
      this.#messages.search(text, this.#core.options.queryTtl ?? ttl);
    });
  }

  /** Asks its superpeers who else there is, each unless that was done lately. */
  askForOthers(now: number): readonly Effect[] {
    return this.#at(now, () => {
      for (const link of this.#core.links.superpeers()) this.#messages.pings.askForOthers(link);
    });
  }

  /** Shares other files from now on, and says so to its superpeers. */
  share(now: number, names: readonly string[]): readonly Effect[] {
    return this.#at(now, () => {
      this.#core.library = new Library(names);
      this.#messages.announceFiles();
    });
  }

  /** Takes its leave of everybody; nothing is to be told to it after that. */
  leave(now: number): readonly Effect[] {
    this.#core.now = now;
    for (const link of [...this.#core.links]) this.#core.end(link, 200, 'Servent shutdown');
    this.#contacts.endAll();
    return this.#core.takeEffects();
  }

  /** Answers a datagram from its table of connections. */
  datagram(now: number, bytes: Uint8Array, remoteIp: string): readonly Reaction[] {
    this.#core.now = now;
    return this.#datagrams.datagram?.(bytes, remoteIp) ?? [];
  }

  #at(now: number, happen: () => void): readonly Effect[] {
    this.#core.now = now;
    happen();
    if (this.#core.changed) this.#attach();
    return this.#core.takeEffects();
  }

  #attach(): void {
    this.#core.changed = false;
    if (this.#core.role === undefined) this.#attachment.electIfAlone(this.#contacts.dialling.size > 0);
    for (const address of this.#attachment.seek(this.#contacts.dialling)) this.#contacts.dial(address);
  }
}
