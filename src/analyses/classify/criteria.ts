import type { Measures } from './measures.ts';
import { ruleSigns, strongestOf } from './rule.ts';
import { ALIKE, LEAST_GAP } from './superpeer-group.ts';
import { atLeast, atMost } from './strength.ts';

export const PARADIGMS = ['client-server', 'centralized', 'pure', 'hybrid', 'structured'] as const;
/** A column of the lecture's table. */
export type Paradigm = (typeof PARADIGMS)[number];

/**
 * What links can show. `servers`: a few peers that everybody is linked to. `links-beside`: links between peers that are no servers. `group`: a
 * minority that stands apart, superpeers. `hierarchy`: of which some hang on others. `loops`: other ways round. `rule`: links that follow
 * one. `plane`: links between who is near. `mesh`: all know all. `size`: peers enough to tell.
 */
export type Feature =
  'servers' | 'links-beside' | 'group' | 'hierarchy' | 'loops' | 'rule' | 'plane' | 'mesh' | 'size';

/** One thing that a column asks for. */
export interface Criterion {
  readonly feature: Feature;
  /** Whether the column asks for it to be there, or to be absent. */
  readonly wanted: boolean;
  /** 0 to 1: how well the column gets what it asks for; 1/2 on the threshold. */
  readonly strength: number;
}

export interface Criteria {
  /** A column needs all of its criteria. */
  readonly columns: Readonly<Record<Paradigm, readonly Criterion[]>>;
  /** Any of these says that an overlay is in no column. */
  readonly none: readonly Criterion[];
}

/** With fewer peers there is nothing to tell paradigms by. */
export const FEWEST_PEERS = 10;
/** The valley below hubs surprises by so many nats. */
export const LEAST_SURPRISE = 6;

export function criteriaOf(measures: Measures): Criteria {
  const strengths = strengthsOf(measures);
  const wanted = (feature: Feature): Criterion => ({ feature, wanted: true, strength: strengths[feature] });
  const unwanted = (feature: Feature): Criterion => ({
    feature,
    wanted: false,
    strength: 1 - strengths[feature],
  });
  const flat = (['servers', 'group', 'hierarchy', 'plane', 'mesh'] as const).map(unwanted);
  const { servers, group, loops } = strengths;
  // A star has no loops, and nor have two tiers whose superpeers hang together by a thread.
  const isBare = Math.min(strengths.size, 1 - loops, 1 - servers, 1 - group);
  return {
    columns: {
      'client-server': [wanted('size'), wanted('servers'), unwanted('links-beside')],
      centralized: [wanted('size'), wanted('servers'), wanted('links-beside'), unwanted('group')],
      pure: [wanted('size'), ...flat, wanted('loops'), unwanted('rule')],
      hybrid: [wanted('size'), wanted('group'), unwanted('hierarchy'), unwanted('rule')],
      structured: [wanted('size'), ...flat, wanted('rule')],
    },
    none: [
      unwanted('size'),
      { ...unwanted('loops'), strength: isBare },
      wanted('mesh'),
      wanted('plane'),
      { ...wanted('hierarchy'), strength: Math.min(strengths.hierarchy, 1 - servers) },
    ],
  };
}

/** How clearly each feature is there, 0 to 1. Thresholds: docs/classify.md says where each comes from. */
function strengthsOf(measures: Measures): Record<Feature, number> {
  const { peers, servers, linksBeside, density, loops, leastDegree } = measures;
  return {
    size: peers >= FEWEST_PEERS ? 1 : 0,
    servers: servers === null ? 0 : atLeast(servers.standOut, 1.1, 1.3),
    'links-beside': atLeast(linksBeside, 0.05),
    ...groupStrengths(measures),
    // A single ring has one loop only, but two ways round for everybody.
    loops: Math.max(atLeast(loops, 0.02), atLeast(leastDegree, 1.4, 1.4)),
    rule: strongestOf(ruleSigns(measures)),
    plane: planeStrength(measures),
    mesh: atLeast(density, 0.9, 1.05),
  };
}

/**
 * Superpeers are a minority. In tiers they make an overlay of their own, with loops, and have about as many links each; else it is a hierarchy, as
 * it is where following the links leads nobody back. Hubs have to stand apart clearly by their degrees, as nothing else tells them.
 */
function groupStrengths({ superpeers, isOneWay }: Measures): { group: number; hierarchy: number } {
  const stated = isOneWay ? 1 : 0;
  if (superpeers === null) return { group: 0, hierarchy: stated };
  const { structure, share, gap, surprise, loops, inequality } = superpeers;
  const minority = atMost(share, 0.45, 1.2);
  if (structure === 'hubs') {
    const isGroup =
      surprise === null ? atMost(inequality, ALIKE, 1.5) : atLeast(surprise, LEAST_SURPRISE, 1.5);
    return { group: Math.min(minority, atLeast(gap, LEAST_GAP, 1.3), isGroup), hierarchy: stated };
  }
  const hierarchy = Math.max(atMost(loops, 0.1), atLeast(inequality, 0.6, 1.3), stated);
  return { group: Math.min(minority, 1 - hierarchy), hierarchy };
}

/** Whoever is near is linked, on a plane: most neighbours know each other, ways are long, and degrees vary as crowds do. */
function planeStrength({ short, dispersion, ways }: Measures): number {
  return Math.min(
    atLeast(short.triangles, 0.45, 1.2),
    atLeast(dispersion, 0.5, 1.3),
    ways.byChance === null ? 0 : atLeast(ways.mean / ways.byChance, 1.4, 1.2),
  );
}
