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
const BOTH_REPORT = LESSER_REPORTS | GREATER_REPORTS;
/** Bits of a claim, so that the other end and they fit into one number; a power of two. */
const BITS = 32;

/** Peers of neighbouring ranks whose claims are sorted together: as many as fit into the caches of a processor. */
const BLOCK = 2 ** 14;
/** Between the place of a row in its block and the claim: any rank and its bits fit in, and both into a number. */
const ROW = 2 ** 37;

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
    this.#bits[this.#count++] = bitOf(relation) | reports;
  }

  /** One link a pair, where `rank[i]` is the place of peer i among all peers in order. O(peers + claims). */
  merged(rank: Uint32Array): MergedLinks {
    const size = rank.length;
    const { begins, claims } = this.#byBlock(rank);
    const places = new Uint32Array(size + 1);
    // Merged in place: a pair never stands behind its first claim.
    let count = 0;
    for (let block = 0; block + 1 < begins.length; block++) {
      const rows = rowsOf(claims.subarray(begins[block], begins[block + 1]));
      const first = block * BLOCK;
      for (let row = 0; row < BLOCK && first + row < size; row++) {
        places[first + row] = count;
        sortRange(rows.claims, rows.begins[row]!, rows.begins[row + 1]!);
        for (let k = rows.begins[row]!; k < rows.begins[row + 1]!; k++) {
          const claim = rows.claims[k]!;
          const last = count > places[first + row]! ? claims[count - 1]! : NaN;
          if (otherOf(last) === otherOf(claim)) claims[count - 1] = last + (bitsOf(claim) & ~bitsOf(last));
          else claims[count++] = claim;
        }
      }
    }
    places[size] = count;
    return new MergedLinks(places, claims.slice(0, count));
  }

  /**
   * All claims in the block of the peer of lesser rank, each as `rank in its block * ROW + greater rank * BITS + bits`.
   *
   * Sorted in two steps, by blocks and then within each, because memory is what this takes its time for: so all is written in
   * a few hundred streams, and then in what the caches hold. One peer reports many claims in a row, so that only the other end
   * is looked up at random, and once.
   */
  #byBlock(rank: Uint32Array): { begins: Uint32Array; claims: Float64Array } {
    const begins = new Uint32Array(Math.ceil(rank.length / BLOCK) + 1);
    const others = new Uint32Array(this.#count);
    for (let k = 0; k < this.#count; k++) {
      const other = rank[this.#reportsLeft(k) ? this.#rights[k]! : this.#lefts[k]!]!;
      others[k] = other;
      begins[Math.floor(Math.min(other, this.#reporter(k, rank)) / BLOCK) + 1]! += 1;
    }
    for (let block = 1; block < begins.length; block++) begins[block]! += begins[block - 1]!;
    const claims = new Float64Array(this.#count);
    const next = begins.slice();
    for (let k = 0; k < this.#count; k++) {
      const other = others[k]!;
      const reporter = this.#reporter(k, rank);
      // The bits are as seen from the left end, the row is that of the lesser one.
      const fits = this.#reportsLeft(k) === reporter < other;
      const lesser = Math.min(reporter, other);
      const bits = fits ? this.#bits[k]! : mirrored(this.#bits[k]!);
      const place = next[Math.floor(lesser / BLOCK)]!++;
      claims[place] = (lesser % BLOCK) * ROW + Math.max(reporter, other) * BITS + bits;
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

function bitOf(relation: Relation): number {
  if (relation === 'connection') return CONNECTION;
  if (relation === 'registration') return LESSER_REGISTERS;
  throw new RangeError(`no rule merges claims of the relation ${relation}`);
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

  /** How many peers there are. */
  get size(): number {
    return this.#places.length - 1;
  }

  /** Goes through what each end said; places are ranks. O(links). */
  forEachClaim(tell: (reporter: number, other: number, isConnection: boolean) => void): void {
    for (let lesser = 0; lesser < this.size; lesser++) {
      for (let k = this.#places[lesser]!; k < this.#places[lesser + 1]!; k++) {
        const pair = this.#pairs[k]!;
        const bits = bitsOf(pair);
        const other = otherOf(pair);
        const isConnection = (bits & CONNECTION) !== 0;
        if ((bits & LESSER_REPORTS) !== 0) tell(lesser, other, isConnection);
        if ((bits & GREATER_REPORTS) !== 0) tell(other, lesser, isConnection);
      }
    }
  }

  /** How many links both ends reported, and one of them. O(links). */
  get reporters(): { readonly both: number; readonly one: number } {
    let both = 0;
    for (const pair of this.#pairs) {
      if ((bitsOf(pair) & BOTH_REPORT) === BOTH_REPORT) both += 1;
    }
    return { both, one: this.count - both };
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
    const put = (packed: number, rank: number): void => {
      if (packed < 0) csv.text(ids.at(rank));
      else csv.address(packed);
    };
    const ends = Array.from({ length: BITS }, (_, bits) => {
      const relation = isRegistration(bits) ? 'registration' : 'connection';
      return Buffer.from(`,${relation},${evidence},${reporterOf(bits)}\n`);
    });
    for (let source = 0; source < ids.size; source++) {
      const row = this.#row(source);
      const own = ids.packedAt(source);
      // Looked up before any is written: memory brings them at the same time.
      const others = row.map((pair) => ids.packedAt(otherOf(pair)));
      for (let place = 0; place < row.length; place++) {
        const pair = row[place]!;
        put(own, source);
        csv.text(',');
        put(others[place]!, otherOf(pair));
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

/** The claims of one block row by row, in no order within a row. O(claims + BLOCK). */
function rowsOf(block: Float64Array): { begins: Uint32Array; claims: Float64Array } {
  const begins = new Uint32Array(BLOCK + 1);
  for (const claim of block) begins[Math.floor(claim / ROW) + 1]! += 1;
  for (let row = 1; row <= BLOCK; row++) begins[row]! += begins[row - 1]!;
  const claims = new Float64Array(block.length);
  const next = begins.slice();
  for (const claim of block) {
    const row = Math.floor(claim / ROW);
    claims[next[row]!++] = claim - row * ROW;
  }
  return { begins, claims };
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
