import { surpriseOfMore } from '../statistics/unlikely.ts';
import type { Topology } from '../topology/topology.ts';
import { SURPRISE } from './audit-answers.ts';
import { percent, type AuditFinding } from './audit-finding.ts';
import { areNumbers, type AuditView } from './audit-view.ts';

/** Peers that could have been asked at one distance, and how many of them never answered. */
export interface DistanceRow {
  readonly distance: number;
  readonly peers: number;
  readonly deadEnds: number;
}

export interface DeadEnds {
  /** From where distances are counted, and why from there. */
  readonly start: string;
  readonly why: string;
  readonly byDistance: readonly DistanceRow[];
}

/**
 * Where the crawl began is not recorded. Crawlers that number peers as they find them begin at the lowest number; without numbers
 * the peer with most links is as central. O(n + links).
 */
export function deadEndsByDistance(view: AuditView): DeadEnds | undefined {
  const { topology, asked, answered } = view;
  if (asked === undefined || answered === undefined || topology.size === 0) return undefined;
  const numbered = areNumbers(topology.ids);
  const start = numbered ? lowest(topology.ids) : largest(topology);
  return {
    start: topology.ids[start]!,
    why: numbered ? 'the lowest number' : 'the most links',
    byDistance: rowsFrom(start, view),
  };
}

/** Farther away, so much more of the peers never answered. */
const MORE = 0.2;

/**
 * Whether the rim is where the crawl stopped: dead ends are commoner in the farther half, seen from the likely bootstrap and from
 * the peer with most links alike.
 */
export function deadEndsFinding(view: AuditView, deadEnds: DeadEnds | undefined): AuditFinding | undefined {
  if (deadEnds === undefined) return undefined;
  const halves = halvesOf(deadEnds.byDistance);
  const seenFromHub = halvesOf(rowsFrom(largest(view.topology), view));
  if (!isRim(halves) || !isRim(seenFromHub)) return undefined;
  const { near, far, within } = halves;
  return {
    id: 'dead-ends-by-distance',
    severity: 'warning',
    evidence: `Up to ${within} steps from ${deadEnds.start} (${deadEnds.why}: the bootstrap is not recorded) ${percent(near.share)} of the peers never answered, farther away ${percent(far.share)}.`,
    meaning:
      'The rim of this picture is where the crawl stopped, not where the overlay ends: distances, the diameter and the components at the rim are those of the crawl.',
    degreeFit: 'Low degrees at the rim are of peers that nobody asked.',
    numbers: { within, near: near.share, far: far.share },
  };
}

interface Half {
  readonly peers: number;
  readonly deadEnds: number;
  readonly share: number;
}

interface Halves {
  readonly near: Half;
  readonly far: Half;
  /** The last distance of the near half. */
  readonly within: number;
}

function halvesOf(rows: readonly DistanceRow[]): Halves {
  const all = rows.reduce((sum, { peers }) => sum + peers, 0);
  let [within, before] = [0, 0];
  for (const { distance, peers } of rows) {
    // The distance at which half is passed belongs to the side that it makes less uneven.
    if (2 * before + peers > all) break;
    before += peers;
    within = distance;
  }
  const half = (of: (row: DistanceRow) => boolean): Half => {
    const chosen = rows.filter(of);
    const peers = chosen.reduce((sum, row) => sum + row.peers, 0);
    const deadEnds = chosen.reduce((sum, row) => sum + row.deadEnds, 0);
    return { peers, deadEnds, share: peers === 0 ? 0 : deadEnds / peers };
  };
  return {
    near: half(({ distance }) => distance <= within),
    far: half(({ distance }) => distance > within),
    within,
  };
}

function isRim({ near, far }: Halves): boolean {
  if (near.peers === 0 || far.peers === 0) return false;
  // Of a few near ones none may have failed by chance (Laplace's rule of succession).
  const usual = (near.deadEnds + 1) / (near.peers + 2);
  return far.share - near.share >= MORE && surpriseOfMore(far.deadEnds, far.peers, usual) >= SURPRISE;
}

function rowsFrom(start: number, { topology, asked, answered }: AuditView): DistanceRow[] {
  const { offsets, targets } = topology.simple;
  const distances = new Int32Array(topology.size).fill(-1);
  const queue = new Uint32Array(topology.size);
  const rows: { distance: number; peers: number; deadEnds: number }[] = [];
  distances[start] = 0;
  queue[0] = start;
  let end = 1;
  for (let at = 0; at < end; at++) {
    const peer = queue[at]!;
    const distance = distances[peer]!;
    if (asked![peer] === 1) {
      const row = (rows[distance] ??= { distance, peers: 0, deadEnds: 0 });
      row.peers += 1;
      row.deadEnds += answered![peer] === 1 ? 0 : 1;
    }
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
      const other = targets[k]!;
      if (distances[other] !== -1) continue;
      distances[other] = distance + 1;
      queue[end++] = other;
    }
  }
  // Sparse where nobody at a distance could be asked.
  return Object.values(rows);
}

function lowest(ids: readonly string[]): number {
  let best = 0;
  ids.forEach((id, peer) => {
    if (Number(id) < Number(ids[best])) best = peer;
  });
  return best;
}

/** Of several the one whose id comes first, so that the order of the peers changes nothing. */
function largest({ simple: { offsets }, ids }: Topology): number {
  let best = 0;
  for (let peer = 1; peer + 1 < offsets.length; peer++) {
    const more = offsets[peer + 1]! - offsets[peer]! - (offsets[best + 1]! - offsets[best]!);
    if (more > 0 || (more === 0 && ids[peer]! < ids[best]!)) best = peer;
  }
  return best;
}
