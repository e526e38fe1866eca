import type { Self } from '../servent/pongs.ts';
import type { Guid } from '../wire/guid.ts';
import type { NodeReport } from './effect.ts';
import type { HostCache } from './host-cache.ts';
import type { Library } from './library.ts';
import type { Link } from './link.ts';
import type { LinkTable } from './link-table.ts';
import type { MessageCounts } from './message-counts.ts';

/** What the parts of a node that deal with messages need of it. */
export interface NodeContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly links: LinkTable;
  readonly counts: MessageCounts;
  readonly hosts: HostCache;
  readonly library: Library;
  /** What it can say of itself at this moment. */
  self(): Self;
  newGuid(): Guid;
  send(link: Link, descriptor: Uint8Array): void;
  /** Ends a connection, with a Bye where the other side understands it. */
  end(link: Link, code: number, reason: string): void;
  report(report: NodeReport): void;
}
