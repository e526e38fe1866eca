import type { Role } from '../core/claims.ts';
import { PeerscopeError } from '../core/errors.ts';
import type { Random } from '../core/random.ts';
import type { Topology } from '../topology/topology.ts';
import { initialSessions } from './initial-sessions.ts';
import type { ReadableLinks } from './live-links.ts';
import { PeerNumbers } from './peer-numbers.ts';
import { RepairedLinks } from './repaired-links.ts';
import { RepairQueue } from './repair-queue.ts';
import { SessionEnds } from './session-ends.ts';
import type { SessionLaw } from './session-law.ts';
import { LinkLog, SessionLog, type LinkSession, type PeerSession } from './session-log.ts';

/**
 * An overlay whose peers come and go, at one instant. The size stays the same: when a session ends, a new peer takes the
 * slot at that instant, with the same role and the same degree to strive for. Peers 0..size-1 are in the slots of the same
 * number at first; later ones are numbered as they come.
 */
export interface Churn {
  /** The present instant, milliseconds since 1970. */
  readonly now: number;
  /** How many slots there are, and as many peers are up. */
  readonly size: number;
  readonly up: number;
  /** How many different peers there have been so far: they have the numbers 0..peers-1. */
  readonly peers: number;
  /** Sessions that began and ended since the start; as many, since the size stays the same. */
  readonly started: number;
  readonly ended: number;
  /** The links between slots. */
  readonly links: ReadableLinks;
  /**
   * Lets everything happen up to an instant, milliseconds since 1970, that instant included; nothing where it has passed.
   * The state at an instant does not depend on the steps in which it was reached. O((degree + log size) per session end).
   */
  advance(to: number): void;
  /** Where a peer is; undefined where it is down. */
  slotOf(peer: number): number | undefined;
  /** Who is in a slot. */
  occupant(slot: number): number;
  /** When the session of the peer in a slot began, milliseconds since 1970. */
  startOf(slot: number): number;
  roleOfSlot(slot: number): Role;
  /** Whether a link between these slots is a leaf's registration at its superpeer. */
  isRegistration(slot: number, otherSlot: number): boolean;
  /** All sessions so far, in the order in which they began; those in progress at the start come first, by slot. */
  sessions(): Iterable<PeerSession>;
  /**
   * All links so far, in the order in which they were made; empty without `recordLinks`. A link that stood at the start
   * began, as far as anybody knows, with the later of both sessions.
   */
  linkSessions(): Iterable<LinkSession>;
}

export interface ChurnOptions {
  /** The overlay at first. A peer without a role is a superpeer: in a flat overlay all are equal. */
  readonly topology: Topology;
  /** Whether a link between a leaf and a superpeer is a registration (two tiers), or all links are connections. */
  readonly tiers: boolean;
  readonly law: SessionLaw;
  /** How long a peer that lost a link waits before it looks for another, milliseconds, 1 or more. */
  readonly repair: number;
  /** The first instant, milliseconds since 1970. */
  readonly start: number;
  readonly random: Random;
  /** The slot of a peer that never leaves: the bootstrap. */
  readonly endless?: number;
  /** How many different peers there may be, more than slots; afterwards peers that went come back as new. */
  readonly peerLimit: number;
  /** Leaves that a superpeer takes at most; without it there is no bound. */
  readonly leafCap?: number;
  /** Whether to keep all links that ever were, for `linkSessions`. */
  readonly recordLinks?: boolean;
}

/**
 * Starts in the stationary state: the sessions in progress began before the start, as a random instant of a system that
 * has been running for ever finds them; the oldest where the topology's uptimes are largest, if it has any. How links are
 * mended, see `RepairedLinks`.
 *
 * Memory: 45 bytes a slot, 24 a link (28 with `recordLinks`), 28 a session (peer and log), and with `recordLinks` 25 a
 * link session; what grows may take half as much again, and both sizes at once while it is moved. No timers and no
 * object per peer: time passes only in `advance`.
 */
export function createChurn(options: ChurnOptions): Churn {
  check(options);
  const { topology, tiers, law, repair, start, peerLimit } = options;
  const { size } = topology;
  const sessionRandom = options.random.fork('sessions');
  const isLeaf = new Uint8Array(size);
  for (let slot = 0; slot < size; slot++) isLeaf[slot] = topology.columns.roles?.[slot] === 'leaf' ? 1 : 0;
  const inLowerTier = (slot: number): boolean => tiers && isLeaf[slot] === 1;
  const isRegistration = (a: number, b: number): boolean => inLowerTier(a) !== inLowerTier(b);

  let now = start;
  const log = new SessionLog(size);
  /** The number of each slot's present session in the log. */
  const present = new Uint32Array(size);
  const peers = new PeerNumbers(size, peerLimit);
  const arrive = (slot: number, began: number): void => {
    present[slot] = log.open(peers.take(slot), slot, began);
  };
  const { ages, residuals } = initialSessions(topology, law, sessionRandom);
  ages.forEach((age, slot) => {
    arrive(slot, start - age);
  });
  const firstEnds = residuals.map((residual, slot) =>
    slot === options.endless ? Infinity : start + residual,
  );
  const ends = new SessionEnds(firstEnds);

  const occupant = (slot: number): number => log.peerOf(present[slot] ?? 0);
  const startOf = (slot: number): number => log.startOf(present[slot] ?? 0);
  const linkLog = options.recordLinks === true ? new LinkLog(topology.linkCount) : undefined;
  const overlay = new RepairedLinks({
    topology,
    isLeaf: inLowerTier,
    leafCap: options.leafCap ?? Infinity,
    random: options.random.fork('links'),
    record: linkLog && {
      opened: (a, b) => {
        const [first, second] = inLowerTier(b) ? [b, a] : [a, b];
        // Before the first newcomer all links are those that stood at the start.
        const began = log.count === size ? Math.max(startOf(a), startOf(b)) : now;
        return linkLog.open(occupant(first), occupant(second), isRegistration(a, b), began);
      },
      closed: (link) => {
        linkLog.close(link, now);
      },
    },
  });

  const lost = new RepairQueue();
  const noteLoss = (slot: number): void => {
    lost.push(now, slot);
  };
  const replacePeer = (slot: number): void => {
    overlay.leave(slot, noteLoss);
    const leaver = occupant(slot);
    log.close(present[slot] ?? 0, now);
    arrive(slot, now);
    // Only now, so that nobody follows itself.
    peers.release(leaver);
    ends.replace(now + law.draw(sessionRandom));
    for (let missing = overlay.join(slot); missing > 0; missing--) noteLoss(slot);
  };
  const repairNext = (): void => {
    const since = lost.time;
    const slot = lost.shift();
    const hasLeft = startOf(slot) > since;
    if (!hasLeft && !overlay.repair(slot)) noteLoss(slot);
  };

  return {
    get now() {
      return now;
    },
    size,
    up: size,
    get peers() {
      return peers.used;
    },
    get started() {
      return log.count - size;
    },
    get ended() {
      return log.count - size;
    },
    links: overlay.links,
    advance: (to) => {
      if (!Number.isFinite(to)) throw new RangeError(`an overlay cannot be advanced to ${to}`);
      for (;;) {
        const repairTime = lost.time + repair;
        const next = Math.min(ends.time, repairTime);
        if (next > to) break;
        now = next;
        if (ends.time <= repairTime) replacePeer(ends.slot);
        else repairNext();
      }
      now = Math.max(now, to);
    },
    slotOf: (peer) => peers.slotOf(peer),
    occupant,
    startOf,
    roleOfSlot: (slot) => (isLeaf[slot] === 1 ? 'leaf' : 'superpeer'),
    isRegistration,
    sessions: () => log,
    linkSessions: () => linkLog ?? [],
  };
}

function check({ topology, repair, start, endless, peerLimit }: ChurnOptions): void {
  const { size } = topology;
  if (!(repair >= 1) || !Number.isFinite(repair))
    throw new PeerscopeError(
      'usage',
      `a peer cannot wait ${repair} ms before it mends a lost link; 1 ms is the least`,
    );
  if (!(peerLimit > size)) {
    throw new PeerscopeError(
      'usage',
      `an overlay of ${size} peers that come and go needs room for more than the ${peerLimit} there can be`,
    );
  }
  if (!Number.isFinite(start)) throw new RangeError(`an overlay cannot start at ${start}`);
  if (endless !== undefined && !(endless >= 0 && endless < size))
    throw new RangeError(`there is no slot ${endless}`);
}
