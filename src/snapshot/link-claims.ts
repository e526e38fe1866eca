import type { Evidence, Relation } from '../core/claims.ts';
import type { LinkRow } from './rows.ts';

/** Relations and reporters of one claim, as bits, so that the claims of one pair can be merged by OR. */
const CONNECTION = 1;
const LESSER_REGISTERS = 2;
const GREATER_REGISTERS = 4;
const LESSER_REPORTS = 8;
const GREATER_REPORTS = 16;

/**
 * Collects what the ends of links say, and merges it to one row a pair.
 *
 * Rule: a pair of peers has one link. It is a registration if one end says so (a superpeer lists its leaf), else a
 * connection; where the two ends claim registrations in opposite directions, it is a connection.
 * Memory: 9 bytes a claim while collecting.
 */
export class LinkClaims {
  #lefts = new Uint32Array(1024);
  #rights = new Uint32Array(1024);
  #bits = new Uint8Array(1024);
  #count = 0;

  /** A claim about the link between two peers, by number, made by `reporter`, which is one of them. */
  add(source: number, target: number, relation: Relation, reporter: number): void {
    if (this.#count === this.#bits.length) this.#grow();
    const reports = reporter === source ? LESSER_REPORTS : GREATER_REPORTS;
    this.#lefts[this.#count] = source;
    this.#rights[this.#count] = target;
    this.#bits[this.#count++] = (relation === 'connection' ? CONNECTION : LESSER_REGISTERS) | reports;
  }

  /**
   * One row a pair, sorted by source and target. `sortedIds[rank[i]]` is the id of peer i. O(claims + peers).
   */
  *rows(sortedIds: readonly string[], rank: Uint32Array, evidence: Evidence): Generator<LinkRow> {
    const pairs = this.#mergedPairs(sortedIds.length, rank);
    for (const k of stableOrder(sortedIds.length, pairs.sources, pairs.targets, pairs.count)) {
      const bits = pairs.bits[k]!;
      const both = (bits & LESSER_REPORTS) !== 0 && (bits & GREATER_REPORTS) !== 0;
      yield {
        source: sortedIds[pairs.sources[k]!]!,
        target: sortedIds[pairs.targets[k]!]!,
        relation: (bits & CONNECTION) !== 0 ? 'connection' : 'registration',
        evidence,
        reportedBy: both ? 'both' : (bits & LESSER_REPORTS) !== 0 ? 'source' : 'target',
      };
    }
  }

  /** Pairs with source and target as their row will have them; CONNECTION set or not tells the relation. */
  #mergedPairs(size: number, rank: Uint32Array): Pairs {
    const lesser = new Uint32Array(this.#count);
    const greater = new Uint32Array(this.#count);
    const bits = new Uint8Array(this.#count);
    for (let k = 0; k < this.#count; k++) {
      const left = rank[this.#lefts[k]!]!;
      const right = rank[this.#rights[k]!]!;
      lesser[k] = Math.min(left, right);
      greater[k] = Math.max(left, right);
      bits[k] = left < right ? this.#bits[k]! : mirrored(this.#bits[k]!);
    }
    const merged = {
      sources: new Uint32Array(this.#count),
      targets: new Uint32Array(this.#count),
      bits: new Uint8Array(this.#count),
    };
    let count = 0;
    for (const k of stableOrder(size, lesser, greater, this.#count)) {
      const last = count - 1;
      const repeats = count > 0 && merged.sources[last] === lesser[k] && merged.targets[last] === greater[k];
      if (repeats) {
        merged.bits[last]! |= bits[k]!;
        continue;
      }
      merged.sources[count] = lesser[k]!;
      merged.targets[count] = greater[k]!;
      merged.bits[count++] = bits[k]!;
    }
    for (let k = 0; k < count; k++) settle(merged, k);
    return { ...merged, count };
  }

  #grow(): void {
    const size = 2 * this.#bits.length;
    this.#lefts = copyOf(this.#lefts, new Uint32Array(size));
    this.#rights = copyOf(this.#rights, new Uint32Array(size));
    this.#bits = copyOf(this.#bits, new Uint8Array(size));
  }
}

interface Pairs {
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
  readonly bits: Uint8Array;
  readonly count: number;
}

/** Decides the relation of a merged pair, and puts a registering leaf into the source column. */
function settle(pairs: Omit<Pairs, 'count'>, k: number): void {
  const bits = pairs.bits[k]!;
  const lesser = (bits & LESSER_REGISTERS) !== 0;
  const greater = (bits & GREATER_REGISTERS) !== 0;
  if (lesser === greater) {
    pairs.bits[k] = bits | CONNECTION;
    return;
  }
  pairs.bits[k] = (greater ? mirrored(bits) : bits) & ~CONNECTION;
  if (!greater) return;
  const kept = pairs.sources[k]!;
  pairs.sources[k] = pairs.targets[k]!;
  pairs.targets[k] = kept;
}

/** The same claim seen from the other end. */
function mirrored(bits: number): number {
  return (
    (bits & CONNECTION) |
    ((bits & LESSER_REGISTERS) << 1) |
    ((bits & GREATER_REGISTERS) >> 1) |
    ((bits & LESSER_REPORTS) << 1) |
    ((bits & GREATER_REPORTS) >> 1)
  );
}

/** The numbers 0..count-1 in the order of (first, second): two counting sorts, O(count + size). */
function stableOrder(size: number, first: Uint32Array, second: Uint32Array, count: number): Uint32Array {
  const natural = Uint32Array.from({ length: count }, (_, k) => k);
  return countingOrder(size, first, countingOrder(size, second, natural));
}

function countingOrder(size: number, keys: Uint32Array, order: Uint32Array): Uint32Array {
  const next = new Uint32Array(size + 1);
  for (const k of order) next[keys[k]! + 1]!++;
  for (let i = 0; i < size; i++) next[i + 1] = next[i + 1]! + next[i]!;
  const sorted = new Uint32Array(order.length);
  for (const k of order) {
    const key = keys[k]!;
    const place = next[key]!;
    sorted[place] = k;
    next[key] = place + 1;
  }
  return sorted;
}

function copyOf<T extends Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
