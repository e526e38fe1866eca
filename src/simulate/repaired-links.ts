import type { Random } from '../core/random.ts';
import type { Topology } from '../topology/topology.ts';
import { liveLinksOf, type LiveLinks } from './live-links.ts';
import { SlotSet } from './slot-set.ts';

/** Links to others that a superpeer takes beyond those that it looks for itself. */
export const SLACK = 2;

/** Random choices before a peer gives up looking; only matters where nearly all are full, or linked to it already. */
const MOST_TRIES = 64;

export interface RepairedLinksOptions {
  /** The links at first; the degree that a slot has in it is what the slot's peers strive for. */
  readonly topology: Topology;
  /** Whether the peer of a slot is a leaf, which links to superpeers only. */
  readonly isLeaf: (slot: number) => boolean;
  /** Leaves that a superpeer takes at most. */
  readonly leafCap: number;
  readonly random: Random;
  /** Is told of every link, the first ones included, and gives it a number by which it is told of its end. */
  readonly record?: LinkRecord | undefined;
}

export interface LinkRecord {
  opened(a: number, b: number): number;
  closed(link: number): void;
}

/**
 * The links of an overlay whose peers come and go, by rules that keep its degrees. A slot strives for as many links to
 * superpeers as it had at first. A newcomer, and whoever is alone, links to one that looks for links and has some; else to
 * any superpeer that lacks one, or has a little slack. A newcomer then links to others that look, until it has enough.
 * Whoever lost a link and waited looks for another among those that look, and joins them where there is none: then a
 * newcomer, or the next that lost a link, will find it. A leaf registers at superpeers chosen at random. Nobody links to
 * itself, or to the same peer twice. What a leaf has in common with other leaves at first, in a topology that has such
 * links, is not replaced.
 *
 * Chance takes the place of the order that a topology may have: a ring comes apart into several, a grid gets short cuts.
 * The mean degree stays within 1 % where it is 4 or more, and rises by up to a tenth where half of the peers have a
 * single link, since the slack is then large beside it.
 *
 * Who is whom and when is not its business. Memory: 20 bytes a slot at most besides that of the links.
 */
export class RepairedLinks {
  readonly links: LiveLinks;
  readonly #isLeaf: (slot: number) => boolean;
  readonly #leafCap: number;
  readonly #random: Random;
  readonly #record: LinkRecord | undefined;
  readonly #superpeers: Uint32Array;
  /** How many links to superpeers every slot strives for, and how many it holds. */
  readonly #targets: Uint32Array;
  readonly #held: Uint32Array;
  /** Superpeers that look for links. */
  readonly #looking: SlotSet;

  /** O(n + links). */
  constructor({ topology, isLeaf, leafCap, random, record }: RepairedLinksOptions) {
    this.links = liveLinksOf(topology, record && ((a, b) => record.opened(a, b)));
    this.#isLeaf = isLeaf;
    this.#leafCap = leafCap;
    this.#random = random;
    this.#record = record;
    const size = topology.size;
    this.#superpeers = Uint32Array.from({ length: size }, (_, slot) => slot).filter((slot) => !isLeaf(slot));
    this.#targets = new Uint32Array(size);
    for (const superpeer of this.#superpeers) {
      this.links.forEach(superpeer, (neighbour) => {
        this.#targets[neighbour] = (this.#targets[neighbour] ?? 0) + 1;
      });
    }
    this.#held = this.#targets.slice();
    this.#looking = new SlotSet(size);
  }

  /** Ends all links of a slot, and names every neighbour that wants another link instead. O(degree). */
  leave(slot: number, lost: (neighbour: number) => void): void {
    const wasLeaf = this.#isLeaf(slot);
    this.links.forEach(slot, (neighbour, link) => {
      this.#record?.closed(this.links.label(link));
      this.links.remove(link);
      if (wasLeaf) return;
      this.#held[neighbour] = (this.#held[neighbour] ?? 0) - 1;
      lost(neighbour);
    });
    this.#held[slot] = 0;
    this.#looking.delete(slot);
  }

  /**
   * Links the newcomer of a slot, and returns how many more links it has to look for later by itself; a superpeer that
   * wants more will be found by others. O(degree x tries).
   */
  join(slot: number): number {
    if (this.#isLeaf(slot)) {
      while (this.#missing(slot) > 0 && this.#register(slot));
      return this.#missing(slot);
    }
    if (this.#missing(slot) === 0) return 0;
    this.#enter(slot);
    this.#linkToThoseLooking(slot);
    if (this.#missing(slot) > 0) this.#looking.add(slot);
    return 0;
  }

  /** Looks for another link instead of one that was lost; false where it has to be tried again later. */
  repair(slot: number): boolean {
    if (this.#missing(slot) === 0) return true;
    if (this.#isLeaf(slot)) return this.#register(slot);
    const linked = this.#held[slot] === 0 ? this.#enter(slot) : this.#linkTo(slot, this.#lookingFor(slot));
    if (!linked) this.#looking.add(slot);
    return true;
  }

  /** The first link of a peer that has none: to one that is part of the overlay, so that no islands come about. */
  #enter(slot: number): boolean {
    const isPart = (other: number): boolean => (this.#held[other] ?? 0) > 0;
    return this.#linkTo(
      slot,
      this.#lookingFor(slot, isPart) ??
        this.#anySuperpeer(slot, (other) => isPart(other) && this.#missing(other) > 0) ??
        this.#anySuperpeer(slot, (other) => isPart(other) && this.#missing(other) > -SLACK) ??
        this.#lookingFor(slot),
    );
  }

  /** Links a newcomer to all that look for links, or to some of them where there are more than it wants. */
  #linkToThoseLooking(slot: number): void {
    const looking = this.#looking;
    const wanted = this.#missing(slot);
    if (looking.count <= wanted) {
      // From the last, since a member that has found enough goes, and the last takes its place.
      for (let place = looking.count - 1; place >= 0; place--) {
        const other = looking.at(place);
        if (this.#fits(slot, other)) this.#link(slot, other);
      }
      return;
    }
    const tries = MOST_TRIES + 2 * wanted;
    for (let attempt = 0; attempt < tries && this.#missing(slot) > 0 && looking.count > 0; attempt++) {
      const other = looking.choose(this.#random);
      if (this.#fits(slot, other)) this.#link(slot, other);
    }
  }

  #register(leaf: number): boolean {
    const hasRoom = (superpeer: number): boolean =>
      this.links.degree(superpeer) - (this.#held[superpeer] ?? 0) < this.#leafCap;
    return this.#linkTo(leaf, this.#anySuperpeer(leaf, hasRoom));
  }

  /** Another superpeer that looks for links; undefined where none was found. */
  #lookingFor(slot: number, suits?: (other: number) => boolean): number | undefined {
    for (let attempt = 0; attempt < MOST_TRIES && this.#looking.count > 0; attempt++) {
      const other = this.#looking.choose(this.#random);
      if (suits?.(other) !== false && this.#fits(slot, other)) return other;
    }
    return undefined;
  }

  #anySuperpeer(slot: number, suits: (other: number) => boolean): number | undefined {
    const superpeers = this.#superpeers;
    for (let attempt = 0; attempt < MOST_TRIES && superpeers.length > 0; attempt++) {
      const other = superpeers[this.#random.int(superpeers.length)] ?? 0;
      if (suits(other) && this.#fits(slot, other)) return other;
    }
    return undefined;
  }

  /** How many links a slot wants; below 0 where it took more than it strives for. */
  #missing(slot: number): number {
    return (this.#targets[slot] ?? 0) - (this.#held[slot] ?? 0);
  }

  #fits(a: number, b: number): boolean {
    return a !== b && !this.links.has(a, b);
  }

  #linkTo(slot: number, superpeer: number | undefined): boolean {
    if (superpeer === undefined) return false;
    this.#link(slot, superpeer);
    return true;
  }

  /** Links a slot to a superpeer. */
  #link(slot: number, superpeer: number): void {
    this.links.add(slot, superpeer, this.#record?.opened(slot, superpeer));
    this.#hold(slot);
    if (!this.#isLeaf(slot)) this.#hold(superpeer);
  }

  #hold(slot: number): void {
    this.#held[slot] = (this.#held[slot] ?? 0) + 1;
    if (this.#missing(slot) <= 0) this.#looking.delete(slot);
  }
}
