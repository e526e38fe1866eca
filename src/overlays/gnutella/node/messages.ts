import { DESCRIPTOR_TYPES } from '../wire/descriptor-type.ts';
import { decodeMessage, encodeMessage, type Message, newHeader } from '../wire/message.ts';
import type { Qrp } from '../wire/qrp.ts';
import { MESSAGES_SUPPORTED } from '../servent/descriptor-session.ts';
import { ALREADY_CONNECTED, displaces } from './double-link.ts';
import { hearTable } from './leaf-table.ts';
import type { Link } from './link.ts';
import type { NodeCore } from './node-core.ts';
import { Pings } from './pings.ts';
import { Queries, type Found } from './queries.ts';
import { tableMessages } from './query-routing-table.ts';

/** What a node says and hears on the connections that stand. */
export class Messages {
  readonly pings: Pings;
  readonly queries: Queries;
  readonly #core: NodeCore;
  readonly #onFound: (found: Found) => void;
  /** The last search of its own that has found nothing yet. */
  #awaited: string | undefined;

  /** @param onFound told of the first file that a search of its own finds. */
  constructor(core: NodeCore, onFound: (found: Found) => void) {
    this.#core = core;
    this.#onFound = onFound;
    this.pings = new Pings(core);
    this.queries = new Queries(core);
  }

  /** What is said first on a connection. */
  greet(link: Link): void {
    const { personality, role } = this.#core;
    if (link.terms.vendorMessages && personality.datagrams) this.#core.send(link, MESSAGES_SUPPORTED);
    if (role === 'leaf') this.#announceTo(link);
    // Whoever has not said where it is reached says it in its Pong.
    if (link.address === undefined) this.pings.keepAlive(link);
    else this.pings.scheduleAlive(link);
  }

  hear(link: Link, bytes: Uint8Array): void {
    const { descriptors, isBroken } = link.read(bytes);
    for (const descriptor of descriptors) {
      if (!this.#stands(link)) return;
      this.#core.counts.countReceived(descriptor);
      this.#hearOne(link, descriptor);
    }
    if (isBroken && this.#stands(link)) this.#core.end(link, 400, 'Unreadable message');
  }

  keepAlive(): void {
    for (const link of [...this.#core.links]) {
      if (!this.pings.keepAlive(link)) this.#core.end(link, 406, 'No reply to alive pings');
    }
  }

  search(text: string, ttl: number): void {
    const guid = this.queries.search(text, ttl);
    this.#awaited = Buffer.from(guid).toString('hex');
  }

  /** Tells the superpeers of a leaf what it shares now. */
  announceFiles(): void {
    if (this.#core.role !== 'leaf') return;
    for (const link of this.#core.links) this.#announceTo(link);
  }

  /** What is malformed, or not for a servent to answer, is passed over. */
  #hearOne(link: Link, descriptor: Uint8Array): void {
    const message = decodeMessage(descriptor);
    switch (message.kind) {
      case 'ping':
        this.pings.hearPing(link, message, descriptor);
        break;
      case 'pong':
        this.#hearPong(link, message, descriptor);
        break;
      case 'query':
        this.queries.hearQuery(link, message, descriptor);
        break;
      case 'query-hit':
        this.#take(this.queries.hearHit(link, message, descriptor));
        break;
      case 'qrp':
        hearTable(this.#core, link, message.body);
        break;
      case 'messages-supported':
        link.datagrams = message.body.messages.some(
          ({ vendor, selector }) => vendor === 'LIME' && selector === 5,
        );
        break;
      case 'bye':
        this.#core.want({ kind: 'close', connection: link.connection });
        this.#core.drop(link);
        break;
      default:
    }
  }

  /**
   * A Pong may say where a neighbour of 0.4 is reached, and then it may turn out that there are two connections to it. Whoever
   * speaks 0.6 had its handshake to say so, and takes nobody's place by a Pong.
   */
  #hearPong(link: Link, message: Message & { kind: 'pong' }, descriptor: Uint8Array): void {
    const before = link.address;
    this.pings.hearPong(link, message, descriptor);
    if (before !== undefined || link.address === undefined) return;
    const { options, now, links } = this.#core;
    const other = [...links].find((one) => one !== link && one.address === link.address);
    if (other === undefined) return;
    const goesOn = link.isOld && displaces(link, other, { own: options.address, now });
    const { code, reason } = ALREADY_CONNECTED;
    this.#core.end(goesOn ? other : link, code, reason);
  }

  #take([first]: readonly Found[]): void {
    if (first === undefined || first.guid !== this.#awaited) return;
    this.#awaited = undefined;
    this.#onFound(first);
  }

  #announceTo(link: Link): void {
    for (const message of tableMessages(this.#core.library.words)) this.#sendTable(link, message);
  }

  #sendTable(link: Link, body: Qrp): void {
    const header = newHeader({ guid: this.#core.newGuid(), type: DESCRIPTOR_TYPES.qrp, ttl: 1 });
    this.#core.send(link, encodeMessage({ kind: 'qrp', header, body }));
  }

  #stands(link: Link): boolean {
    return this.#core.links.get(link.connection) === link;
  }
}
