import { type Address, parseAddress } from '../../../core/address.ts';
import type { Role } from '../../../core/claims.ts';
import type { Reaction, Session } from '../../overlay.ts';
import type { Terms } from '../servent/descriptor-session.ts';
import type { Reason } from '../servent/manners.ts';
import { type Agreed, type Answering, GnutellaSession } from '../servent/session.ts';
import { DEFAULT_PORT } from '../wire/address-list.ts';
import { type Header, headerValue } from '../wire/header-block.ts';
import { decodeFlag, plainName } from '../wire/values.ts';
import { Download } from './download.ts';
import type { ConnectionId } from './effect.ts';
import { roleAfterAdvice } from './election.ts';
import { Incoming } from './incoming.ts';
import { MAX_CONNECTIONS, MAX_DOWNLOADS, PATIENCE } from './limits.ts';
import { Link, type LinkStart } from './link.ts';
import type { Messages } from './messages.ts';
import type { NodeCore } from './node-core.ts';
import { type Accepted, confirmation, OutgoingHandshake, termsOf } from './outgoing-handshake.ts';
import type { Found } from './queries.ts';

/** A connection that is no link, or not yet one; after `deadline` it is given up. */
type Contact = { deadline: number } & (
  | { readonly kind: 'handshake'; readonly address: Address; readonly handshake: OutgoingHandshake }
  | { readonly kind: 'incoming'; readonly session: Session }
  | { readonly kind: 'download'; readonly download: Download }
);

/** What a caller and the servent have agreed on in the handshake, and what came after it. */
interface Agreement {
  readonly terms: Terms;
  readonly agreed: Agreed;
  readonly remainder: Uint8Array;
}

/**
 * The connections of a node from their first byte on, until they are links or over. BOUNDED: MAX_CONNECTIONS, links among
 * them, and a deadline for each contact.
 */
export class Contacts {
  readonly #core: NodeCore;
  readonly #messages: Messages;
  readonly #contacts = new Map<ConnectionId, Contact>();
  readonly #dialling = new Set<Address>();
  #connections = 0;
  #agreement: Agreement | undefined;

  constructor(core: NodeCore, messages: Messages) {
    this.#core = core;
    this.#messages = messages;
  }

  /** Those with whom a handshake is under way that was begun here. */
  get dialling(): ReadonlySet<Address> {
    return this.#dialling;
  }

  newConnection(): ConnectionId {
    return this.#connections++;
  }

  dial(address: Address): void {
    const deflates = this.#core.options.deflates ?? false;
    const handshake = new OutgoingHandshake(this.#core.self(), address, this.#core.announced, deflates);
    this.#dialling.add(address);
    this.#begin(address, { kind: 'handshake', address, handshake, deadline: this.#core.now + PATIENCE });
  }

  /** Fetches a file that was found, where the node does that, and has not too much to do already. */
  fetch({ provider, result }: Found): void {
    const running = [...this.#contacts.values()].filter(({ kind }) => kind === 'download').length;
    if (this.#core.options.downloads !== true || running >= MAX_DOWNLOADS) return;
    const { index, name } = result;
    const download = new Download({ provider, index, name });
    this.#begin(provider, { kind: 'download', download, deadline: this.#core.now + PATIENCE });
  }

  accept(connection: ConnectionId, remoteIp: string): void {
    if (this.#contacts.size + this.#core.links.size >= MAX_CONNECTIONS) {
      this.#core.want({ kind: 'close', connection });
      return;
    }
    const session = new Incoming(this.#core.library, new GnutellaSession(this.#answering(), remoteIp));
    const deadline = this.#core.now + session.patience;
    this.#contacts.set(connection, { kind: 'incoming', session, deadline });
  }

  dialled(connection: ConnectionId): void {
    const contact = this.#contacts.get(connection);
    if (contact?.kind === 'handshake') this.#say(connection, contact.handshake.opening);
    else if (contact?.kind === 'download') this.#say(connection, contact.download.request);
  }

  receive(connection: ConnectionId, bytes: Uint8Array): void {
    const link = this.#core.links.get(connection);
    if (link !== undefined) {
      this.#messages.hear(link, bytes);
      return;
    }
    const contact = this.#contacts.get(connection);
    if (contact?.kind === 'incoming') this.#onIncoming(connection, contact.session, bytes);
    else if (contact?.kind === 'handshake') this.#onHandshake(connection, contact, bytes);
    else if (contact?.kind === 'download') this.#onDownload(connection, contact.download, bytes);
  }

  /** The other side is gone. */
  close(connection: ConnectionId): void {
    const link = this.#core.links.get(connection);
    if (link !== undefined) this.#core.drop(link);
    this.#forget(connection);
  }

  endThoseThatAreLate(): void {
    for (const [connection, { deadline }] of [...this.#contacts]) {
      if (deadline <= this.#core.now) this.#end(connection);
    }
  }

  endAll(): void {
    for (const connection of [...this.#contacts.keys()]) this.#end(connection);
  }

  #begin(address: Address, contact: Contact): void {
    const connection = this.newConnection();
    this.#contacts.set(connection, contact);
    this.#core.want({ kind: 'dial', connection, address });
  }

  #say(connection: ConnectionId, bytes: Uint8Array): void {
    if (bytes.length > 0) this.#core.want({ kind: 'send', connection, bytes });
  }

  #end(connection: ConnectionId): void {
    this.#core.want({ kind: 'close', connection });
    this.#forget(connection);
  }

  #forget(connection: ConnectionId): void {
    const contact = this.#contacts.get(connection);
    if (contact === undefined) return;
    this.#contacts.delete(connection);
    if (contact.kind !== 'handshake') return;
    this.#dialling.delete(contact.address);
    this.#core.changed = true;
  }

  /** The servent that answers a connection; what both sides agree on is kept until the reaction is on its way. */
  #answering(): Answering {
    const { state, personality } = this.#core;
    return {
      state,
      personality,
      now: () => this.#core.now,
      limits: undefined,
      refusal: (asked) => this.#refusal(asked),
      connect: (terms, agreed) => ({
        begin: (remainder): Reaction => {
          this.#agreement = { terms, agreed, remainder };
          return {};
        },
        receive: (): Reaction => ({}),
      }),
    };
  }

  /** Of two connections between the same two, which dialled each other at once, that of the lesser address goes on. */
  #refusal(asked: readonly Header[]): Reason | undefined {
    const address = announcedAddress(asked);
    if (address === undefined) return undefined;
    const own = this.#core.options.address;
    const isOurs = this.#dialling.has(address) && own < address;
    if (address !== own && !isOurs && this.#core.links.at(address) === undefined) return undefined;
    return { status: { code: 409, reason: 'Already connected' } };
  }

  #onIncoming(connection: ConnectionId, session: Session, bytes: Uint8Array): void {
    const { send, close } = session.receive(bytes);
    if (send !== undefined) this.#say(connection, send);
    if (close === true) {
      this.#end(connection);
      return;
    }
    const contact = this.#contacts.get(connection);
    if (contact !== undefined) contact.deadline = this.#core.now + session.patience;
    const agreement = this.#takeAgreement();
    if (agreement === undefined) return;
    const { terms, agreed, remainder } = agreement;
    const agent = headerValue(agreed.asked, 'user-agent');
    const start: LinkStart = {
      connection,
      terms,
      role: this.#roleOfCaller(agreed),
      address: announcedAddress(agreed.asked),
      agent: agent === undefined ? undefined : plainName(agent),
      isDialled: false,
      isOld: this.#core.personality.isOld,
      since: this.#core.now,
    };
    this.#establish(start, remainder);
  }

  #takeAgreement(): Agreement | undefined {
    const agreement = this.#agreement;
    this.#agreement = undefined;
    return agreement;
  }

  #roleOfCaller({ asked, confirmed }: Agreed): Role {
    if (this.#core.personality.isOld) return 'superpeer';
    const said = headerValue(confirmed, 'x-ultrapeer') ?? headerValue(asked, 'x-ultrapeer');
    return decodeFlag(said) === true ? 'superpeer' : 'leaf';
  }

  #onHandshake(
    connection: ConnectionId,
    { address, handshake }: Contact & { kind: 'handshake' },
    bytes: Uint8Array,
  ): void {
    const outcome = handshake.push(bytes);
    if (outcome === undefined) return;
    this.#core.hosts.add(outcome.mentions);
    if (outcome.kind === 'refused' || !this.#suits(outcome)) {
      this.#end(connection);
      return;
    }
    const role = roleAfterAdvice(this.#core.role, this.#core.fitness, outcome.needed);
    this.#core.become(role);
    const { bytes: block3, deflates } = confirmation(outcome, role, this.#core.options.deflates ?? false);
    this.#say(connection, block3);
    const { agent, isOld, remainder } = outcome;
    const terms = termsOf(outcome, address, deflates);
    const since = this.#core.now;
    this.#establish(
      { connection, terms, role: outcome.role, address, agent, isDialled: true, isOld, since },
      remainder,
    );
  }

  /** A leaf needs a superpeer, which one of 0.4 is not; and who is not yet anything would be a leaf there. */
  #suits({ isOld, role }: Accepted): boolean {
    return this.#core.role === 'superpeer' || (!isOld && role === 'superpeer');
  }

  #onDownload(connection: ConnectionId, download: Download, bytes: Uint8Array): void {
    const contact = this.#contacts.get(connection);
    if (contact !== undefined) contact.deadline = this.#core.now + PATIENCE;
    const size = download.push(bytes);
    if (size === undefined) return;
    this.#end(connection);
    if (size === 'failed') return;
    const { now, options } = this.#core;
    const transfer = { ...download.wanted, receiver: options.address, bytes: size, at: now };
    this.#core.report({ kind: 'transfer', transfer });
  }

  /** Slots are looked at again: others may have been faster since the second block. */
  #establish(start: LinkStart, remainder: Uint8Array): void {
    const { links, personality, role } = this.#core;
    const link = new Link(start);
    this.#forget(start.connection);
    links.add(link);
    this.#core.changed = true;
    this.#core.report({ kind: 'connected', role: link.role, peer: link.address });
    const own = link.role === 'leaf' ? links.leaves() : links.superpeers();
    const room = link.role === 'leaf' ? personality.slots.leaves : personality.slots.superpeers;
    if (!link.isDialled && own.length > room) {
      this.#core.end(link, 503, 'Too many connections');
      return;
    }
    if (role === 'leaf' && link.role === 'leaf') {
      this.#core.end(link, 504, 'Not a superpeer any more');
      return;
    }
    this.#messages.greet(link);
    this.#messages.hear(link, remainder);
  }
}

/** Where the other side is reached, by the first of these headers; a second address in it is one of IPv6. */
function announcedAddress(headers: readonly Header[]): Address | undefined {
  for (const name of ['listen-ip', 'node', 'x-my-address', 'x-node']) {
    const value = headerValue(headers, name)?.split(',')[0]?.trim();
    if (value !== undefined) return parseAddress(value, DEFAULT_PORT);
  }
  return undefined;
}
