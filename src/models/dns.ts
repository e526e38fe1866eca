import { byEnds } from '../topology/link-relations.ts';
import type { Topology } from '../topology/topology.ts';
import type { Expectation, Model, ModelOptions } from './model.ts';
import { GrowingLinks, numberedPointers } from './numbered-graph.ts';
import { requireShare, requireWhole } from './parameters.ts';
import { Zipf } from './zipf.ts';

/**
 * DNS: a tree of zones, the root being number 0, each delegating to as many below it as the fan-out says, level by level. Each
 * points at the zone above it, which it depends on. A share of the zones has name servers with names in some provider's zone,
 * and depends on that too; providers are zones on the second level, drawn by Zipf's law, whose own servers are in their zone.
 * Everything that a zone depends on in turn is its trusted base (Ramasubramanian and Sirer, IMC 2005). O(zones).
 */
export const dns: Model = {
  name: 'dns',
  title: 'DNS: a tree of delegated zones, some served from the zones of providers',
  options: ['fanOut', 'outsideShare'],
  tiers: false,
  generate: (options, random) => {
    requireShape(options);
    const { peers, fanOut, outsideShare } = options;
    const links = new GrowingLinks();
    for (let zone = 1; zone < peers; zone++) links.add(zone, parentOf(zone, fanOut));
    const { first, end } = providersOf(options);
    const popularity = new Zipf(Math.max(1, end - first));
    const draws = random.fork('providers');
    let outside = 0;
    for (let zone = end; zone < peers; zone++) {
      if (draws.uniform() >= outsideShare) continue;
      const provider = first + popularity.draw(draws);
      outside += 1;
      if (provider !== parentOf(zone, fanOut)) links.add(zone, provider);
    }
    const notes = [
      'A link leads to a zone that its source depends on.',
      `${outside} zones are served from one of ${end - first} providers.`,
    ];
    const relations = byEnds((zone, other) =>
      other === parentOf(zone, fanOut) ? 'delegation' : 'dependency',
    );
    return { topology: numberedPointers(peers, links.list(), {}, relations), notes };
  },
  expected: (options) => {
    requireShape(options);
    const source = 'every zone hangs on the root';
    const whole: Expectation[] = [
      { metric: 'components', value: 1, tolerance: 0, source },
      { metric: 'giantShare', value: 1, tolerance: 0, source },
    ];
    return [...whole, ...expectedBase(options)];
  },
};

/** How many zones one depends on in the end, the root included and itself not. O(base). */
export function trustedBase({ links }: Topology, zone: number): number {
  const seen = new Set([zone]);
  for (const one of seen)
    for (let k = links.offsets[one]!; k < links.offsets[one + 1]!; k++) seen.add(links.targets[k]!);
  return seen.size - 1;
}

function requireShape({ peers, fanOut, outsideShare }: ModelOptions): void {
  requireWhole('peers', peers, 1);
  requireWhole('delegated zones', fanOut, 2);
  requireShare('share of zones that are served from outside', outsideShare);
}

const parentOf = (zone: number, fanOut: number): number => Math.floor((zone - 1) / fanOut);

function depthOf(zone: number, fanOut: number): number {
  let depth = 0;
  for (let above = zone; above > 0; above = parentOf(above, fanOut)) depth += 1;
  return depth;
}

/** The zones of the second level. */
function providersOf({ peers, fanOut }: ModelOptions): { first: number; end: number } {
  return { first: Math.min(peers, 1 + fanOut), end: Math.min(peers, 1 + fanOut + fanOut ** 2) };
}

/** With more providers than this the sums below would take long, and are left out. */
const MOST_PROVIDERS = 4_096;

/**
 * A zone of depth t depends on the t above it. m = t - 2 of them, itself among them, may have a provider, each with the
 * probability q: provider p, drawn with the probability s(p), is in the base with 1 - (1 - q s(p))^m, and so is its top-level
 * zone with all of its providers' s together; but those above the zone are there already. O(zones x depth + providers x depth).
 */
function expectedBase(options: ModelOptions): Expectation[] {
  const { peers, fanOut, outsideShare } = options;
  const { first, end } = providersOf(options);
  if (peers <= end || end - first > MOST_PROVIDERS) return [];
  const { shares } = new Zipf(end - first);
  const tops = Array.from({ length: fanOut }, (_, top) =>
    shares.subarray(top * fanOut, (top + 1) * fanOut).reduce((sum, share) => sum + share, 0),
  );
  const added = (share: number, chances: number): number => 1 - (1 - outsideShare * share) ** chances;
  const allAdded = Array.from({ length: depthOf(peers - 1, fanOut) }, (_, chances) =>
    [...shares, ...tops].reduce((sum, share) => sum + added(share, chances), 0),
  );
  let total = 0;
  for (let zone = 1; zone < peers; zone++) {
    const depth = depthOf(zone, fanOut);
    total += depth;
    if (zone < end) continue;
    let above = zone;
    while (above >= end) above = parentOf(above, fanOut);
    const own =
      added(shares[above - first]!, depth - 2) +
      added(tops[Math.floor((above - first) / fanOut)]!, depth - 2);
    total += allAdded[depth - 2]! - own;
  }
  const source = 'by counting what each zone adds to its base';
  // The providers of the third level, few zones, are inherited by all below.
  const tolerance = 5 / Math.sqrt(Math.min(peers - end, fanOut ** 3));
  return [{ metric: 'trustedBase', value: total / peers, tolerance, source }];
}
