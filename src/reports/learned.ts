import type { Address } from '../core/address.ts';
import type { Role } from '../core/claims.ts';
import type { Visit } from '../core/visit.ts';

/** What one answer says of the peer that gave it. What is null, it did not say. */
export interface Learned {
  readonly role: Role | null;
  readonly agent: string | null;
  /** Milliseconds since 1970; and the seconds from then to the question, by two clocks that may not agree. */
  readonly liveSince: number | null;
  readonly uptimeSeconds: number | null;
  /** Peers that it says it is connected to; null where this was not answered. */
  readonly connections: readonly Address[] | null;
  /** Leaves registered with it; null where this was not answered, or can not be asked in this way. */
  readonly leaves: readonly Address[] | null;
  /** Others that it named: candidates, not neighbours. */
  readonly mentions: readonly Address[];
  /** Entries that were no usable address. */
  readonly rejectedEntries: number;
  /** Its list was so long that it may be cut off. */
  readonly truncated: boolean;
}

export function learnedFrom({ endpoint, startedAt, claims, listing }: Visit): Learned {
  const peer = claims.peers.find(({ address }) => address === endpoint);
  const targets = claims.links.filter(({ relation }) => relation === 'connection');
  const sources = claims.links.filter(({ relation }) => relation === 'registration');
  const liveSince = peer?.liveSince ?? null;
  return {
    role: peer?.role ?? null,
    agent: peer?.agent ?? null,
    liveSince,
    uptimeSeconds: liveSince === null ? null : Math.round((startedAt - liveSince) / 1000),
    connections: listing === undefined ? null : targets.flatMap((link) => link.targets),
    leaves: listing === 'full' ? sources.flatMap((link) => link.sources) : null,
    mentions: claims.mentions,
    rejectedEntries: claims.rejected,
    truncated: peer?.truncated ?? false,
  };
}

/** What it did not tell, in words; empty where it told all. */
export function notTold(learned: Learned): readonly string[] {
  return [
    ...(learned.connections === null ? ['its connections'] : []),
    ...(learned.leaves === null && learned.role !== 'leaf' ? ['its leaves'] : []),
    ...(learned.role === null ? ['whether it is a superpeer or a leaf'] : []),
    ...(learned.agent === null ? ['its program'] : []),
    ...(learned.liveSince === null ? ['since when it is up'] : []),
  ];
}
