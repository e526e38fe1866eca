import { EMPTY } from '../../../core/byte-reader.ts';
import type { Role } from '../../../core/claims.ts';
import type { Random } from '../../../core/random.ts';
import type { ServentState } from '../../overlay.ts';
import type { GnutellaPersonality } from '../servent/personality.ts';
import type { Self } from '../servent/pongs.ts';
import { DESCRIPTOR_TYPES } from '../wire/descriptor-type.ts';
import { type Guid, GUID_BYTES, modernGuid } from '../wire/guid.ts';
import { encodeMessage, newHeader } from '../wire/message.ts';
import { plainName } from '../wire/values.ts';
import { isDroppable } from './droppable.ts';
import type { Effect, NodeReport } from './effect.ts';
import { DEFAULT_WANTS, type NodeOptions } from './node-options.ts';
import { type Fitness, isFit } from './election.ts';
import { HostCache } from './host-cache.ts';
import { Library } from './library.ts';
import type { Link } from './link.ts';
import { addressesOf, LinkTable } from './link-table.ts';
import { livePersonality } from './live-personality.ts';
import { MessageCounts } from './message-counts.ts';
import type { NodeContext } from './node-context.ts';

/** What a node is and has, and what it wants done next; its parts share it. */
export class NodeCore implements NodeContext {
  readonly options: NodeOptions;
  readonly links = new LinkTable();
  readonly counts = new MessageCounts();
  readonly hosts: HostCache;
  readonly state: ServentState;
  readonly personality: GnutellaPersonality;
  readonly random: Random;
  library: Library;
  now: number;
  /** Undefined until it has found its place. */
  role: Role | undefined;
  /** Whether connections came or went since they were last looked at. */
  changed = false;
  #effects: Effect[] = [];

  constructor(options: NodeOptions) {
    const { plan, address } = options;
    this.options = options;
    this.now = options.startedAt;
    this.random = options.random;
    this.hosts = new HostCache(address, plan.kind === 'given' ? [] : plan.wellKnown);
    this.library = new Library(options.files ?? []);
    this.state = stateOf(this, options);
    this.personality = livePersonality(this.state, options.wants ?? DEFAULT_WANTS, options.slots);
    this.role = plan.kind === 'given' ? plan.role : undefined;
    if (!this.personality.canBeLeaf) this.role = 'superpeer';
  }

  get fitness(): Fitness {
    const { plan, neededUptime = 0, startedAt } = this.options;
    const isCapable = plan.kind === 'self-organised' && plan.isCapable;
    return { isCapable, uptime: this.now - startedAt, neededUptime };
  }

  /** What it greets others as: whoever could be a superpeer and has not found its place says that it is one. */
  get announced(): Role {
    return this.role ?? (isFit(this.fitness) ? 'superpeer' : 'leaf');
  }

  self(): Self {
    return { state: this.state, personality: this.personality, now: this.now };
  }

  newGuid(): Guid {
    return modernGuid(Uint8Array.from({ length: GUID_BYTES }, () => this.random.int(256)));
  }

  become(role: Role): void {
    if (this.role === role) return;
    this.role = role;
    this.report({ kind: 'elected', role });
  }

  want(effect: Effect): void {
    this.#effects.push(effect);
  }

  report(report: NodeReport): void {
    this.want({ kind: 'report', report });
  }

  send(link: Link, descriptor: Uint8Array): void {
    this.counts.countSent(descriptor);
    const [connection, bytes] = [link.connection, link.encode(descriptor)];
    this.want({ kind: 'send', connection, bytes, droppable: isDroppable(descriptor) });
  }

  end(link: Link, code: number, reason: string): void {
    if (link.terms.bye) this.send(link, this.#bye(code, reason));
    this.want({ kind: 'close', connection: link.connection });
    this.drop(link);
  }

  /** The connection is no more, whoever ended it. */
  drop(link: Link): void {
    if (!this.links.delete(link)) return;
    this.changed = true;
    this.report({ kind: 'disconnected', role: link.role, peer: link.address });
  }

  /** What is to be done, each thing once. */
  takeEffects(): readonly Effect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  #bye(code: number, reason: string): Uint8Array {
    const text = `${reason}\r\nServer: ${plainName(this.options.agent)}\r\n\r\n`;
    return encodeMessage({
      kind: 'bye',
      header: newHeader({ guid: this.newGuid(), type: DESCRIPTOR_TYPES.bye, ttl: 1 }),
      body: { code, text, rest: EMPTY },
    });
  }
}

/** What the handshakes and answers to crawlers read: it is looked up at that moment. */
function stateOf(core: NodeCore, { agent, startedAt, address, personality }: NodeOptions): ServentState {
  return {
    agent,
    startedAt,
    address,
    ...(personality === undefined ? {} : { personality }),
    get role() {
      return core.role ?? 'leaf';
    },
    get peers() {
      return addressesOf(core.links.superpeers());
    },
    get leaves() {
      return addressesOf(core.links.leaves());
    },
    acquaintance: (neighbour) => core.links.acquaintance(neighbour),
  };
}
