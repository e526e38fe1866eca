import type { Answer, Classification } from './classify.ts';
import {
  FEWEST_PEERS,
  LEAST_SURPRISE,
  PARADIGMS,
  type Criterion,
  type Feature,
  type Paradigm,
} from './criteria.ts';
import type { Measures } from './measures.ts';
import { ruleSigns, type RuleSigns } from './rule.ts';
import { MOST_SERVERS } from './servers.ts';
import { LEAST_GAP } from './superpeer-group.ts';

/** What one criterion says of one column. */
export interface Evidence {
  readonly column: Answer;
  readonly feature: Feature;
  /** The criterion of the lecture's table that this stands for, in other words. */
  readonly lecture: string;
  /** What the links show, with its figures. */
  readonly shown: string;
  readonly speaks: 'for' | 'against' | 'neither';
  /** 0 to 1: how well the column gets what it asks for; 1/2 on the threshold. */
  readonly strength: number;
}

/** All evidence, column by column; of `none` only what speaks for it. */
export function evidenceOf({ criteria, measures }: Classification): Evidence[] {
  const shown = shownFeatures(measures);
  const toEvidence = (column: Answer, criterion: Criterion): Evidence => ({
    column,
    feature: criterion.feature,
    lecture: column === 'none' ? reasonFor(criterion.feature) : askedFor(column, criterion),
    shown: shown[criterion.feature],
    speaks: speaks(criterion.strength),
    strength: criterion.strength,
  });
  return [
    ...PARADIGMS.flatMap((column) => criteria.columns[column].map((one) => toEvidence(column, one))),
    ...criteria.none.filter(({ strength }) => strength >= 0.5).map((one) => toEvidence('none', one)),
  ];
}

/** Why an overlay is in no column. */
function reasonFor(feature: Feature): string {
  switch (feature) {
    case 'size':
      return 'too few peers to tell by';
    case 'loops':
      return 'a tree: whoever is not at an end of it cuts others off';
    case 'mesh':
      return 'all know all: nothing is left to tell columns by';
    case 'plane':
      return 'who is near is linked: a physical network';
    case 'hierarchy':
      return 'a hierarchy: peers hang on those above them';
    default:
      return 'in no column';
  }
}

function speaks(strength: number): Evidence['speaks'] {
  if (strength === 0.5) return 'neither';
  return strength > 0.5 ? 'for' : 'against';
}

/** The lecture's numbered criteria, as far as links can show them. */
function askedFor(column: Paradigm, { feature, wanted }: Criterion): string {
  switch (feature) {
    case 'size':
      return 'an overlay of some peers';
    case 'servers':
      if (!wanted) return '3: no central entities';
      return column === 'client-server'
        ? '1: the server is the central entity'
        : '2, 3: a central entity is necessary, an index';
    case 'links-beside':
      return wanted
        ? '1: resources are had from other peers directly'
        : '1: nobody but the server provides anything';
    case 'group':
      return wanted ? '3: dynamic central entities' : '3: no central entities, and no dynamic ones';
    case 'loops':
      return '2: anybody can be removed without loss';
    case 'hierarchy':
      return '2: anybody can be removed, nobody hangs on one other';
    case 'rule':
      return wanted ? '4: connections are fixed' : 'unstructured: connections are not fixed';
    case 'plane':
      return 'an overlay: who is linked is not who is near';
    case 'mesh':
      return 'an overlay: not everybody knows everybody';
  }
}

function shownFeatures(measures: Measures): Record<Feature, string> {
  const { peers, density, loops, linksBeside, short, dispersion, ways } = measures;
  const nearer = ways.byChance === null ? '' : `, by chance ${number(ways.byChance)}`;
  return {
    size:
      peers === 0 ? 'no peer is linked to another' : `${peers} peers with links; it takes ${FEWEST_PEERS}`,
    servers: shownServers(measures),
    'links-beside': `links between peers, servers apart: ${number(linksBeside)} for each peer`,
    group: shownGroup(measures),
    hierarchy: shownHierarchy(measures),
    loops: `${number(loops)} independent loops for each peer`,
    rule: shownRule(measures),
    plane: `${percent(short.triangles)} of neighbours know each other, the variance of the degrees is ${number(dispersion)} times their mean, ways take ${number(ways.mean)} hops${nearer}`,
    mesh: `${percent(density)} of all pairs are linked`,
  };
}

function shownServers({ servers }: Measures): string {
  if (servers === null) {
    return `no ${MOST_SERVERS} peers or fewer to whom nearly all others are linked, each to one of them`;
  }
  const { peers, covered, perPeer, standOut } = servers;
  const more = `${number(standOut)} times the links of anybody else`;
  if (peers.length === 1) return `one peer is linked to ${percent(covered)} of the others, and has ${more}`;
  return `${peers.length} peers are linked to ${percent(covered)} of the others, each of whom is at ${number(perPeer)} of them; each has ${more} or more`;
}

function shownGroup({ superpeers }: Measures): string {
  if (superpeers === null) return 'degrees are of one kind';
  const { structure, size, share, gap, surprise, inequality } = superpeers;
  const apart = structure === 'tiers' ? ', and the others keep apart from each other' : '';
  const valley =
    surprise === null
      ? `, which vary by ${percent(inequality)} of their mean`
      : ` (a valley with a surprise of ${number(surprise)} nats)`;
  const isFaint =
    structure === 'hubs' && (gap < LEAST_GAP || (surprise !== null && surprise < LEAST_SURPRISE));
  const faint = isFaint ? 'no group stands apart: at best ' : '';
  return `${faint}${size} peers (${percent(share)}) have ${number(gap)} times the links of the next or more${valley}${apart}`;
}

function shownHierarchy({ superpeers, isOneWay }: Measures): string {
  if (isOneWay) return 'links have a direction, and following them leads nobody back';
  if (superpeers?.structure !== 'tiers') return 'there are no tiers';
  const { loops, inequality } = superpeers;
  return `${number(loops)} loops for each peer of the upper tier, whose degrees vary by ${percent(inequality)} of their mean`;
}

const SIGNS: Readonly<Record<keyof RuleSigns, string>> = {
  lattice: 'a lattice or torus',
  halvings: 'a link for each halving of the overlay',
  unevenHalvings: 'a link for each halving, degrees differing',
  ring: 'one ring through all',
};

function shownRule(measures: Measures): string {
  const { short, leastDegree, peers, dispersion } = measures;
  const signs = Object.entries(ruleSigns(measures)).filter(([, strength]) => strength >= 0.5);
  const found = signs.map(([sign]) => SIGNS[sign as keyof RuleSigns]).join('; ') || 'no rule';
  return `${found}: of two neighbours ${percent(short.triangles)} know each other (by chance ${percent(short.trianglesByChance)}), ${percent(short.squares)} a further peer (${percent(short.squaresByChance)}); the degree of nearly all is ${leastDegree} or more, log2 n is ${number(Math.log2(Math.max(1, peers)))}; the variance of the degrees is ${number(dispersion)} times their mean`;
}

/** Three digits, whole numbers in full. */
function number(value: number): string {
  return value >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
