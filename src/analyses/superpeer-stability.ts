import { endsOf } from '../snapshot/id-numbers.ts';
import { SUPERPEER, type SnapshotColumns } from '../snapshot/series-columns.ts';
import { fromLinks } from '../topology/builder.ts';
import { combinedRule } from './superpeer-combined.ts';

/** How a superpeer is told: by what it declares, or by the rule `combined` from the links alone. */
const TOLD_BY = ['declared', 'combined'] as const;
export type ToldBy = (typeof TOLD_BY)[number];

/** Superpeers of two snapshots, of the peers that are in both. */
export interface SuperpeerStability {
  readonly toldBy: ToldBy;
  readonly peers: number;
  readonly before: number;
  readonly after: number;
  readonly both: number;
  /** both / (before + after - both); null where neither has any. */
  readonly jaccard: number | null;
}

/** Looks at the snapshots of a series one after the other, and compares each with the one before. */
export class SuperpeerLooks {
  /** For each snapshot but the first, in the order of TOLD_BY. */
  readonly steps: (readonly SuperpeerStability[])[] = [];
  #before: Look | undefined;

  /** O(peers + links), and a few bytes for each peer of the series so far. */
  look(columns: SnapshotColumns): void {
    const present = lookAt(columns);
    if (this.#before !== undefined) this.steps.push(compare(this.#before, present));
    this.#before = present;
  }
}

interface Look {
  readonly peers: Uint32Array;
  readonly flags: Readonly<Record<ToldBy, Uint8Array>>;
}

function lookAt({ peers, flags, links }: SnapshotColumns): Look {
  const places = new Map<number, number>();
  for (const peer of peers) places.set(peer, places.size);
  const sources = new Uint32Array(links.length);
  const targets = new Uint32Array(links.length);
  let count = 0;
  for (const pair of links) {
    const [a, b] = endsOf(pair);
    const [source, target] = [places.get(a), places.get(b)];
    if (source === undefined || target === undefined || source === target) continue;
    sources[count] = source;
    targets[count++] = target;
  }
  const { simple } = fromLinks({
    directed: false,
    ids: peers.length,
    sources: sources.subarray(0, count),
    targets: targets.subarray(0, count),
  });
  return {
    peers,
    flags: { declared: flags.map((flag) => flag & SUPERPEER), combined: combinedRule(simple).flags },
  };
}

function compare(first: Look, second: Look): SuperpeerStability[] {
  const places = new Map<number, number>();
  first.peers.forEach((peer, place) => places.set(peer, place));
  return TOLD_BY.map((toldBy) => {
    let [peers, before, after, both] = [0, 0, 0, 0];
    second.peers.forEach((peer, place) => {
      const old = places.get(peer);
      if (old === undefined) return;
      const [was, is] = [first.flags[toldBy][old]! > 0, second.flags[toldBy][place]! > 0];
      peers += 1;
      before += was ? 1 : 0;
      after += is ? 1 : 0;
      both += was && is ? 1 : 0;
    });
    const either = before + after - both;
    return { toldBy, peers, before, after, both, jaccard: either === 0 ? null : both / either };
  });
}
