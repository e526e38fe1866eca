import type { SortedAddresses } from '../core/sorted-addresses.ts';
import type { Evidence, Relation } from '../core/claims.ts';
import { sortRange } from '../topology/sort-range.ts';
import type { Row } from './ranked-links.ts';
import { CsvBytes } from './csv-bytes.ts';
import type { LinkRow, Reporter } from './rows.ts';

/** Relations and reporters of one claim, as bits, so that the claims of one pair can be merged by OR. */
const CONNECTION = 1;
const LESSER_REGISTERS = 2;
const GREATER_REGISTERS = 4;
const LESSER_REPORTS = 8;
const GREATER_REPORTS = 16;
/** Bits of a claim, so that the other end and they fit into one number; a power of two. */
const BITS = 32;

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

  /** One link a pair, where `rank[i]` is the place of peer i among all peers in order. O(peers + claims). */
  merged(rank: Uint32Array): MergedLinks {
    const size = rank.length;
    const { begins, claims } = this.#byLesser(rank);
    const places = new Uint32Array(size + 1);
    // Merged in place: a pair never stands behind its first claim.
    let count = 0;
    for (let lesser = 0; lesser < size; lesser++) {
      places[lesser] = count;
      sortRange(claims, begins[lesser]!, begins[lesser + 1]!);
      for (let k = begins[lesser]!; k < begins[lesser + 1]!; k++) {
        const claim = claims[k]!;
        const last = count > places[lesser]! ? claims[count - 1]! : NaN;
        if (otherOf(last) === otherOf(claim)) claims[count - 1] = last + (bitsOf(claim) & ~bitsOf(last));
        else claims[count++] = claim;
      }
    }
    places[size] = count;
    return new MergedLinks(places, claims.slice(0, count));
  }

  /**
   * All claims in the row of the peer of lesser rank, each as `greater rank * BITS + bits`. One peer reports many claims in a
   * row, so that only the other end is looked up at random: that is what this takes its time for, and it is done once.
   */
  #byLesser(rank: Uint32Array): { begins: Uint32Array; claims: Float64Array } {
    const size = rank.length;
    const begins = new Uint32Array(size + 1);
    const others = new Uint32Array(this.#count);
    for (let k = 0; k < this.#count; k++) {
      const other = rank[this.#reportsLeft(k) ? this.#rights[k]! : this.#lefts[k]!]!;
      others[k] = other;
      begins[Math.min(other, this.#reporter(k, rank)) + 1]! += 1;
    }
    for (let lesser = 0; lesser < size; lesser++) begins[lesser + 1]! += begins[lesser]!;
    const claims = new Float64Array(this.#count);
    const next = begins.slice(0, size);
    for (let k = 0; k < this.#count; k++) {
      const other = others[k]!;
      const reporter = this.#reporter(k, rank);
      // The bits are as seen from the left end, the row is that of the lesser one.
      const fits = this.#reportsLeft(k) === reporter < other;
      const lesser = Math.min(reporter, other);
      const bits = fits ? this.#bits[k]! : mirrored(this.#bits[k]!);
      claims[next[lesser]!] = Math.max(reporter, other) * BITS + bits;
      next[lesser]! += 1;
    }
    return { begins, claims };
  }

  #reportsLeft(k: number): boolean {
    return (this.#bits[k]! & LESSER_REPORTS) !== 0;
  }

  #reporter(k: number, rank: Uint32Array): number {
    return rank[this.#reportsLeft(k) ? this.#lefts[k]! : this.#rights[k]!]!;
  }

  #grow(): void {
    const size = 2 * this.#bits.length;
    this.#lefts = copied(this.#lefts, new Uint32Array(size));
    this.#rights = copied(this.#rights, new Uint32Array(size));
    this.#bits = copied(this.#bits, new Uint8Array(size));
  }
}

/** The links of a snapshot: pairs in the row of the peer of lesser rank, in ascending order of the other. */
export class MergedLinks {
  readonly #places: Uint32Array;
  readonly #pairs: Float64Array;
  /** Registrations whose leaf has the greater rank: they stand in the leaf's row of the table. */
  readonly #turnedPlaces: Uint32Array;
  readonly #turned: Float64Array;

  constructor(places: Uint32Array, pairs: Float64Array) {
    this.#places = places;
    this.#pairs = pairs;
    const size = places.length - 1;
    const turnedPlaces = new Uint32Array(size + 1);
    for (const pair of pairs) if (isTurned(bitsOf(pair))) turnedPlaces[otherOf(pair) + 1]! += 1;
    for (let peer = 0; peer < size; peer++) turnedPlaces[peer + 1]! += turnedPlaces[peer]!;
    this.#turned = new Float64Array(turnedPlaces[size]!);
    const next = turnedPlaces.slice(0, size);
    for (let lesser = 0; lesser < size; lesser++) {
      for (let k = places[lesser]!; k < places[lesser + 1]!; k++) {
        const pair = pairs[k]!;
        if (!isTurned(bitsOf(pair))) continue;
        this.#turned[next[otherOf(pair)]!++] = lesser * BITS + mirrored(bitsOf(pair));
      }
    }
    this.#turnedPlaces = turnedPlaces;
  }

  get count(): number {
    return this.#pairs.length;
  }

  /** Writes the ranks of the peers of greater rank that this one is linked to into a row, ascending. */
  fill(rank: number, row: Row): void {
    for (let k = this.#places[rank]!; k < this.#places[rank + 1]!; k++) row.push(otherOf(this.#pairs[k]!));
  }

  /** One row a pair, sorted by source and target. O(peers + links). */
  *rows(ids: SortedAddresses, evidence: Evidence): Generator<LinkRow> {
    for (let source = 0; source < ids.size; source++) {
      const id = ids.at(source);
      for (const pair of this.#row(source)) {
        const bits = bitsOf(pair);
        yield {
          source: id,
          target: ids.at(otherOf(pair)),
          relation: isRegistration(bits) ? 'registration' : 'connection',
          evidence,
          reportedBy: reporterOf(bits),
        };
      }
    }
  }

  /** The same as lines of `links.csv`, without its header. */
  *lines(ids: SortedAddresses, evidence: Evidence): Generator<Uint8Array> {
    const csv = new CsvBytes();
    const putId = (rank: number): void => {
      const packed = ids.packedAt(rank);
      if (packed < 0) csv.text(ids.at(rank));
      else csv.address(packed);
    };
    const ends = Array.from({ length: BITS }, (_, bits) => {
      const relation = isRegistration(bits) ? 'registration' : 'connection';
      return Buffer.from(`,${relation},${evidence},${reporterOf(bits)}\n`);
    });
    for (let source = 0; source < ids.size; source++) {
      for (const pair of this.#row(source)) {
        putId(source);
        csv.text(',');
        putId(otherOf(pair));
        csv.bytes(ends[bitsOf(pair)]!);
        if (csv.isFull) yield csv.take();
      }
    }
    yield csv.take();
  }

  /** The links in the row of a source: its registrations at peers of lesser rank come first, and both parts ascend. */
  #row(source: number): number[] {
    const row: number[] = [];
    for (let k = this.#turnedPlaces[source]!; k < this.#turnedPlaces[source + 1]!; k++)
      row.push(this.#turned[k]!);
    for (let k = this.#places[source]!; k < this.#places[source + 1]!; k++) {
      if (!isTurned(bitsOf(this.#pairs[k]!))) row.push(this.#pairs[k]!);
    }
    return row;
  }
}

function reporterOf(bits: number): Reporter {
  const sourceReports = (bits & LESSER_REPORTS) !== 0;
  const targetReports = (bits & GREATER_REPORTS) !== 0;
  return sourceReports && targetReports ? 'both' : sourceReports ? 'source' : 'target';
}

/** One end says so, and not the other one the opposite. */
function isRegistration(bits: number): boolean {
  return ((bits & LESSER_REGISTERS) !== 0) !== ((bits & GREATER_REGISTERS) !== 0);
}

function isTurned(bits: number): boolean {
  return (bits & GREATER_REGISTERS) !== 0 && (bits & LESSER_REGISTERS) === 0;
}

function otherOf(pair: number): number {
  return Math.floor(pair / BITS);
}

function bitsOf(pair: number): number {
  return pair & (BITS - 1);
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

function copied<T extends Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
