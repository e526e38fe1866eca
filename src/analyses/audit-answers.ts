import { surpriseOfMoreThan } from '../statistics/unlikely.ts';
import { rowLength } from '../topology/adjacency.ts';
import { percent, shareText, type AuditFinding } from './audit-finding.ts';
import type { AuditView } from './audit-view.ts';

/** In nats: by chance in one of 160,000 topologies. */
export const SURPRISE = 12;

const LOWER_BOUND =
  'Their degrees count only the peers that named them, and are lower bounds. A law fitted to all peers then measures how many answered: fit the respondents alone.';

/** Peers that were, or could have been, asked and gave no answer; undefined where all did or nothing tells. O(n). */
export function neverAnswered(view: AuditView): AuditFinding | undefined {
  return view.rule === 'recorded'
    ? silentOnes(view)
    : view.rule === 'out-degree'
      ? listingNothing(view)
      : undefined;
}

/** A share that is a warning, and one that is serious: where half are silent, nobody lists a quarter of the links among them. */
const WARN = 0.05;
const SERIOUS = 0.5;

function silentOnes({ topology, asked, answered }: AuditView): AuditFinding | undefined {
  let [all, silent] = [0, 0];
  for (let peer = 0; peer < topology.size; peer++) {
    if (asked![peer] !== 1) continue;
    all += 1;
    if (answered![peer] !== 1) silent += 1;
  }
  if (silent === 0) return undefined;
  const share = silent / all;
  const leaves =
    topology.columns.roles?.filter((role, peer) => role === 'leaf' && asked![peer] !== 1).length ?? 0;
  const left =
    leaves === 0 ? '' : ` (${leaves} leaves that a crawl of superpeers does not ask are not among them)`;
  return {
    id: 'never-answered',
    severity: share >= SERIOUS ? 'serious' : share >= WARN ? 'warning' : 'note',
    evidence: `${shareText(silent, all)} of the peers that could be asked gave no answer${left}.`,
    meaning: `What they are linked to is known from others only: a link between two of them is listed by nobody (up to ${percent(share ** 2)} of the links among such peers), and a leaf that is registered with none but them is missing.`,
    degreeFit: LOWER_BOUND,
    numbers: { asked: all, silent, share },
  };
}

/** So much more than by chance. */
const EXCESS = 0.1;
const SERIOUS_OF_LIST = 0.3;

/**
 * In a directed list a peer without a link of its own may have been asked in vain. Were directions random, as in a list of
 * pairs, a peer of degree d would have none with probability 2^-d: only more than that is a sign.
 */
function listingNothing({ topology, answered }: AuditView): AuditFinding | undefined {
  const { simple, size } = topology;
  let [silent, expected, once, onceSilent] = [0, 0, 0, 0];
  for (let peer = 0; peer < size; peer++) {
    const degree = rowLength(simple, peer);
    expected += 2 ** -degree;
    if (degree === 1) once += 1;
    if (answered![peer] === 1) continue;
    silent += 1;
    if (degree === 1) onceSilent += 1;
  }
  if (silent - expected < EXCESS * size || surpriseOfMoreThan(expected, silent) < SURPRISE) return undefined;
  const share = silent / size;
  const ofOnce = once === 0 ? '' : `; of those with one link ${shareText(onceSilent, once)}`;
  return {
    id: 'never-answered',
    severity: share >= SERIOUS_OF_LIST ? 'serious' : 'warning',
    evidence: `${shareText(silent, size)} of the peers list no link of their own, where random directions would leave ${percent(expected / size)}${ofOnce}.`,
    meaning:
      'They were named by others, and never asked or never answered (or have nothing to list: the list cannot tell). What they are linked to is mostly missing.',
    degreeFit: LOWER_BOUND,
    numbers: {
      peers: size,
      silent,
      share,
      shareByChance: expected / size,
      ofDegreeOne: once,
      silentOfDegreeOne: onceSilent,
    },
  };
}

/** Listings that a peer cut short, by the snapshot's own word. O(n). */
export function truncatedListings({ topology, answered }: AuditView): AuditFinding | undefined {
  const { truncated } = topology.columns;
  const cut = truncated?.reduce((sum, flag) => sum + flag, 0) ?? 0;
  if (cut === 0) return undefined;
  const listings = Math.max(cut, answered?.reduce((sum, flag) => sum + flag, 0) ?? 0);
  const share = cut / listings;
  return {
    id: 'truncated-listings',
    severity: share >= SERIOUS ? 'serious' : share >= WARN ? 'warning' : 'note',
    evidence: `${shareText(cut, listings)} of the listings may have been cut off by the peers that sent them.`,
    meaning:
      'A listing that is full ends where its buffer ends: links and leaves of such peers are lower bounds.',
    degreeFit:
      'The largest degrees are too low, which bends the tail of a fitted law down, or makes a cut-off.',
    numbers: { listings, truncated: cut, share },
  };
}
