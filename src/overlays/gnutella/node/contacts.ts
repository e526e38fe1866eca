import type { Address } from '../../../core/address.ts';
import type { Status } from '../../../core/visit.ts';
import type { Reason } from '../servent/manners.ts';
import type { Header } from '../wire/header-block.ts';
import { Caller } from './caller.ts';
import { Callers } from './callers.ts';
import { ALREADY_CONNECTED, displaces } from './double-link.ts';
import { Download } from './download.ts';
import type { ConnectionId } from './effect.ts';
import { roleAfterAdvice } from './election.ts';
import { HTTP_LIMITS, MAX_CALLERS_PER_IP, MAX_CONNECTIONS, MAX_DOWNLOADS, PATIENCE } from './limits.ts';
import { Link, type LinkStart } from './link.ts';
import type { Messages } from './messages.ts';
import type { NodeCore } from './node-core.ts';
import { type Accepted, confirmation, OutgoingHandshake, rejection, termsOf } from './outgoing-handshake.ts';
import type { Found } from './queries.ts';
import { announcedAddress } from './whereabouts.ts';

/** A connection that was begun here and is no link, or not yet one; after `deadline` it is given up, whatever has come. */
type Contact = { readonly deadline: number } & (
  | { readonly kind: 'handshake'; readonly address: Address; readonly handshake: OutgoingHandshake }
  | { readonly kind: 'download'; readonly download: Download }
);

/**
 * The connections of a node from their first byte on, until they are links or over. BOUNDED: MAX_CONNECTIONS, links among
 * them, MAX_CALLERS_PER_IP, and a deadline for each that is no link.
 */
export class Contacts {
  readonly #core: NodeCore;
  readonly #messages: Messages;
  readonly #callers = new Callers();
  readonly #contacts = new Map<ConnectionId, Contact>();
  readonly #dialling = new Set<Address>();
  #connections = 0;

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

  /** Fetches a file that was found, where the node does that, has not too much to do already, and can ask for it. */
  fetch({ provider, result }: Found): void {
    const running = [...this.#contacts.values()].filter(({ kind }) => kind === 'download').length;
    if (this.#core.options.downloads !== true || running >= MAX_DOWNLOADS) return;
    const { index, name } = result;
    const download = new Download({ provider, index, name });
    if (download.request.length > HTTP_LIMITS.maxBytes) return;
    this.#begin(provider, { kind: 'download', download, deadline: this.#core.now + PATIENCE });
  }

  /** Where there are too many, a newcomer is let in for one that has said nothing: noise is cheap, and silence cheaper. */
  accept(connection: ConnectionId, remoteIp: string): void {
    const callers = this.#callers;
    if (callers.countFrom(remoteIp) >= MAX_CALLERS_PER_IP) this.#endOneOf(remoteIp);
    if (this.#isFull) this.#endOneOf();
    if (this.#isFull) {
      this.#core.want({ kind: 'close', connection });
      return;
    }
    callers.add(connection, new Caller(this.#core, remoteIp, (asked) => this.#refusal(asked)));
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
    const caller = this.#callers.get(connection);
    if (caller !== undefined) {
      this.#onCaller(connection, caller, bytes);
      return;
    }
    const contact = this.#contacts.get(connection);
    if (contact?.kind === 'handshake') this.#onHandshake(connection, contact, bytes);
    else if (contact?.kind === 'download') this.#onDownload(connection, contact.download, bytes);
  }

  /** The other side is gone. */
  close(connection: ConnectionId): void {
    const link = this.#core.links.get(connection);
    if (link !== undefined) this.#core.drop(link);
    this.#forget(connection);
  }

  endThoseThatAreLate(): void {
    for (const [connection, { deadline }] of [...this.#contacts, ...this.#callers]) {
      if (deadline <= this.#core.now) this.#end(connection);
    }
  }

  endAll(): void {
    for (const [connection] of [...this.#contacts, ...this.#callers]) this.#end(connection);
  }

  get #isFull(): boolean {
    return this.#contacts.size + this.#callers.size + this.#core.links.size >= MAX_CONNECTIONS;
  }

  #endOneOf(remoteIp?: string): void {
    const connection = this.#callers.leastWelcome(remoteIp);
    if (connection !== undefined) this.#end(connection);
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
    this.#callers.delete(connection);
    const contact = this.#contacts.get(connection);
    this.#contacts.delete(connection);
    if (contact?.kind !== 'handshake') return;
    this.#dialling.delete(contact.address);
    this.#core.changed = true;
  }

  /** Of two connections between the same two, which dialled each other at once, that of the lesser address goes on. */
  #refusal(asked: readonly Header[]): Reason | undefined {
    const address = announcedAddress(asked);
    if (address === undefined) return undefined;
    const own = this.#core.options.address;
    const isOurs = this.#dialling.has(address) && own < address;
    if (address !== own && !isOurs && this.#core.links.at(address) === undefined) return undefined;
    return { status: ALREADY_CONNECTED };
  }

  #onCaller(connection: ConnectionId, caller: Caller, bytes: Uint8Array): void {
    const { send, close, agreement } = caller.receive(bytes);
    if (send !== undefined) this.#say(connection, send);
    if (close === true) this.#end(connection);
    else if (agreement !== undefined) {
      const start = { ...agreement.start, connection };
      this.#establish(start, agreement.remainder, this.#objectionTo(start));
    }
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
    const { agent, isOld, remainder } = outcome;
    const role = roleAfterAdvice(this.#core.role, this.#core.fitness, outcome.needed);
    const { bytes: block3, deflates } = confirmation(outcome, role, this.#core.options.deflates ?? false);
    const terms = termsOf(outcome, address, deflates);
    const since = this.#core.now;
    const start = { connection, terms, role: outcome.role, address, agent, isDialled: true, isOld, since };
    if (!this.#isOnlyOne(start)) {
      this.#say(connection, rejection(outcome, ALREADY_CONNECTED));
      this.#end(connection);
      return;
    }
    this.#core.become(role);
    this.#say(connection, block3);
    this.#establish(start, remainder);
  }

  /** A leaf needs a superpeer, which one of 0.4 is not; and who is not yet anything would be a leaf there. */
  #suits({ isOld, role }: Accepted): boolean {
    return this.#core.role === 'superpeer' || (!isOld && role === 'superpeer');
  }

  #onDownload(connection: ConnectionId, download: Download, bytes: Uint8Array): void {
    const size = download.push(bytes);
    if (size === undefined) return;
    this.#end(connection);
    if (size === 'failed') return;
    const { now, options } = this.#core;
    const transfer = { ...download.wanted, receiver: options.address, bytes: size, at: now };
    this.#core.report({ kind: 'transfer', transfer });
  }

  /**
   * Whether no other connection to the same address goes on: there was none when the handshake began, but handshakes run side
   * by side. One whose place this takes is ended.
   */
  #isOnlyOne(start: LinkStart): boolean {
    const { links, options, now } = this.#core;
    const standing = start.address === undefined ? undefined : links.at(start.address);
    if (standing === undefined) return true;
    if (!displaces(start, standing, { own: options.address, now })) return false;
    this.#core.end(standing, ALREADY_CONNECTED.code, ALREADY_CONNECTED.reason);
    return true;
  }

  /** Why a caller is not wanted any more: others may have been faster since the second block. */
  #objectionTo(start: LinkStart): Status | undefined {
    const { links, personality, role } = this.#core;
    if (!this.#isOnlyOne(start)) return ALREADY_CONNECTED;
    if (role === 'leaf' && start.role === 'leaf') return { code: 504, reason: 'Not a superpeer any more' };
    const { superpeers, leaves } = personality.slots;
    const hasRoom =
      start.role === 'leaf' ? links.leaves().length < leaves : links.superpeers().length < superpeers;
    return hasRoom ? undefined : { code: 503, reason: 'Too many connections' };
  }

  #establish(start: LinkStart, remainder: Uint8Array, objection?: Status): void {
    const link = new Link(start);
    this.#forget(start.connection);
    if (objection !== undefined) {
      this.#core.end(link, objection.code, objection.reason);
      return;
    }
    this.#core.links.add(link);
    this.#core.changed = true;
    this.#core.report({ kind: 'connected', role: link.role, peer: link.address });
    this.#messages.greet(link);
    this.#messages.hear(link, remainder);
  }
}
