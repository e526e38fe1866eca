import { cutOffSpike, type Spike } from '../statistics/spike.ts';
import { rowLength } from '../topology/adjacency.ts';
import { percent, shareText, type AuditFinding } from './audit-finding.ts';
import type { AuditView } from './audit-view.ts';

/**
 * Lists that end at one length: a limit of the answer, or of the program. In a directed list it counts only where peers never
 * answered as well: a regular overlay, whose peers all list equally many, is no crawl that was cut off. O(n).
 */
export function outDegreeCap(view: AuditView, isIncomplete: boolean): AuditFinding | undefined {
  const spike = spikeOf(view);
  if (spike === undefined || (view.rule === 'out-degree' && !isIncomplete)) return undefined;
  const { value, count, share, above, beside } = spike;
  const n = Math.round(count / share);
  return {
    id: 'out-degree-cap',
    severity: view.rule === 'out-degree' ? 'serious' : isIncomplete ? 'warning' : 'note',
    evidence: `Of the peers that answered, ${shareText(count, n)} have exactly ${value} ${view.rule === 'out-degree' ? 'links of their own' : 'links'}; ${beside} have one less or one more, whichever is commoner, and ${percent(above)} have more.`,
    meaning: `Answers, or the connections of a program, end at ${value}: who has more links cannot be told from who has ${value}.`,
    degreeFit: `Degrees are cut off at ${value} links listed: a law fitted across that describes the limit, and a hump near ${value} is its trace.`,
    numbers: { answered: n, cap: value, atCap: count, share, above },
  };
}

function spikeOf({ topology, rule, answered }: AuditView): Spike | undefined {
  if (rule === null || answered === undefined) return undefined;
  const rows = rule === 'out-degree' ? topology.links : topology.simple;
  const lengths = new Uint32Array(topology.size);
  let count = 0;
  for (let peer = 0; peer < topology.size; peer++)
    if (answered[peer] === 1) lengths[count++] = rowLength(rows, peer);
  return cutOffSpike(lengths.subarray(0, count));
}

/** Links between two peers that both list something, and how many of these links both list. */
export interface Reciprocity {
  readonly links: number;
  readonly listedByBoth: number;
}

/** Of a directed list. O(links log(longest row)). */
export function reciprocityOf({ topology, answered }: AuditView): Reciprocity {
  const { offsets, targets } = topology.links;
  let [links, both] = [0, 0];
  for (let peer = 0; peer < topology.size; peer++) {
    for (let k = offsets[peer]!; k < offsets[peer + 1]!; k++) {
      const other = targets[k]!;
      if (answered?.[other] !== 1) continue;
      links += 1;
      if (lists(targets, offsets[other]!, offsets[other + 1]!, peer)) both += 1;
    }
  }
  return { links: links - both / 2, listedByBoth: both / 2 };
}

function lists(targets: Uint32Array, begin: number, end: number, peer: number): boolean {
  let [low, high] = [begin, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (targets[middle]! < peer) low = middle + 1;
    else high = middle;
  }
  return low < end && targets[low] === peer;
}

/** A connection has two ends, and either would list it. */
const MUTUAL = 0.5;

/**
 * Links that only one of two peers lists which both list something. Fingers, feeds and random lists are one-sided by design, so
 * that it is a sign only where other peers never answered.
 */
export function oneSidedLinks(
  { rule }: AuditView,
  { links, listedByBoth }: Reciprocity,
  isIncomplete: boolean,
): AuditFinding | undefined {
  if (rule !== 'out-degree' || !isIncomplete || links === 0 || listedByBoth >= MUTUAL * links)
    return undefined;
  const never = listedByBoth === 0;
  return {
    id: 'one-sided-links',
    severity: never ? 'note' : 'warning',
    evidence: `Of the links between two peers that both list something, ${shareText(listedByBoth, links)} are listed by both.`,
    meaning: never
      ? 'Either each pair was stored once, or no list says what another says: which of the two, the list cannot tell. Who listed a link is known for one end only.'
      : 'Both ends of a connection would list it: many of these links are no connections, or ended while the crawl went on.',
    degreeFit: never
      ? 'Out-degrees may be too low where pairs were stored once: use the undirected degrees.'
      : 'Undirected degrees count links that only one end claims, and may be too high.',
    numbers: { links, listedByBoth, share: listedByBoth / links },
  };
}

/** The Gnutella 0.6 draft advises some ten pongs in answer to a crawler's ping. */
const PONGS = { least: 8, most: 12 };
const HARDLY_MUTUAL = 0.05;

/** Lists that end at about ten and that nobody confirms look like cached addresses. An inference, and it says so. */
export function mentionsAsLinks(
  cap: AuditFinding | undefined,
  oneSided: AuditFinding | undefined,
): AuditFinding | undefined {
  const value = cap?.numbers['cap'] ?? 0;
  const share = oneSided?.numbers['share'] ?? 1;
  if (value < PONGS.least || value > PONGS.most || share > HARDLY_MUTUAL) return undefined;
  const told =
    share === 0
      ? 'no link is listed by both of its ends, unless each pair was stored once'
      : `only ${percent(share)} of the links that both ends could have listed are listed by both`;
  return {
    id: 'mentions-as-links',
    // A pair that was stored once says nothing: the length of the lists alone speaks then.
    severity: share === 0 ? 'warning' : 'serious',
    evidence: `Lists end at ${value}, many peers list nothing, and ${told}.`,
    meaning:
      'So look answers to a Ping, to which Gnutella advises about ten addresses that a peer has heard of: the links may be mentions of peers, not connections. Or the crawler took ten of each list. That is an inference, not a proof.',
    degreeFit: 'Degrees then count how often a peer was mentioned, which is not how many connections it has.',
    numbers: { cap: value, share },
  };
}
