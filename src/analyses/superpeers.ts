import type { Topology } from '../topology/topology.ts';
import type { Analysis } from './analysis.ts';
import { degreesOf } from './degrees.ts';
import { respondentsOf } from './respondents.ts';
import { combinedRule, type CombinedRule } from './superpeer-combined.ts';
import { SUPERPEER_RULES } from './superpeer-rules.ts';
import { countFlags, jaccard, score, type Score } from './superpeer-scores.ts';
import { superpeersTables } from './superpeers-tables.ts';

export interface RuleResult {
  readonly rule: string;
  readonly meaning: string;
  /** The least degree that the rule takes for a superpeer's, where it cuts at one. */
  readonly threshold: number | null;
  /** How many peers it takes for superpeers. */
  readonly superpeers: number;
  /** Against declared roles; null where nobody, or everybody, declared the same role. */
  readonly declared: Score | null;
  /** The same among peers that answered themselves. */
  readonly respondents: Score | null;
}

export interface SuperpeersResult {
  /** Peers with a declared role, and how many declared to be superpeers. */
  readonly declared: { readonly peers: number; readonly superpeers: number; readonly coverage: number };
  readonly rules: readonly RuleResult[];
  /** Jaccard index of the sets that two rules find; 1 where both are empty. */
  readonly agreement: readonly { readonly a: string; readonly b: string; readonly jaccard: number }[];
  /** How many peers are taken for superpeers by how many rules. */
  readonly votes: readonly { readonly rules: number; readonly peers: number }[];
  /** What the rule `combined` found, and of whom it is how sure. */
  readonly combined: CombinedResult;
}

export interface CombinedResult extends Pick<CombinedRule, 'structure' | 'valley' | 'linksBelow' | 'silent'> {
  /** Peers of whom it is not sure: confidence between 0.05 and 0.95. */
  readonly doubtful: number;
  /** Who is a superpeer, or may be (confidence of 0.01 or more), the surest first; 10,000 at most. */
  readonly peers: readonly PeerVerdict[];
  /** How many more there are. */
  readonly notListed: number;
}

export interface PeerVerdict {
  readonly peer: string;
  readonly superpeer: boolean;
  /** The probability that it is a superpeer, under the groups that were found. */
  readonly confidence: number;
  /** How many of the rules take it for one. */
  readonly votes: number;
}

/** Who is a superpeer, by several rules, and how far is each from what the peers declare? O(n log n + links). */
export const superpeers = {
  name: 'superpeers',
  question:
    'Which peers are superpeers by structure, do the rules agree, and do they meet the declared roles?',
  definition:
    'Each rule sorts the peers of the undirected simple graph into superpeers and others; where roles are declared, precision, recall and F1 are against those.',
  sources: [
    'N. Otsu: A threshold selection method from gray-level histograms, 1979',
    'A. Singla, C. Rohrs: Ultrapeers: another step towards Gnutella scalability, 2001',
  ],
  run: (topology) => {
    const rows = topology.simple;
    const degrees = degreesOf(rows);
    const combined = combinedRule(rows, degrees);
    const found = SUPERPEER_RULES.map((rule) => ({
      rule,
      ...(rule.name === 'combined' ? combined : rule.detect(rows, degrees)),
    }));
    const votes = votesOf(
      topology.size,
      found.map(({ flags }) => flags),
    );
    const roles = topology.columns.roles ?? [];
    const answered = respondentsOf(topology)?.flags;
    const declaredRoles = roles.filter((role) => role !== undefined);
    const declaredSuperpeers = declaredRoles.filter((role) => role === 'superpeer').length;
    // Where all declare the same there is nothing to tell apart.
    const telling = declaredSuperpeers > 0 && declaredSuperpeers < declaredRoles.length;
    return {
      declared: {
        peers: declaredRoles.length,
        superpeers: declaredSuperpeers,
        coverage: topology.size === 0 ? 0 : declaredRoles.length / topology.size,
      },
      rules: found.map(({ rule, flags, threshold }) => ({
        rule: rule.name,
        meaning: rule.meaning,
        threshold,
        superpeers: countFlags(flags),
        declared: telling ? score(flags, roles, () => true) : null,
        respondents:
          telling && answered !== undefined ? score(flags, roles, (peer) => answered[peer] === 1) : null,
      })),
      agreement: found.flatMap((first, i) =>
        found.slice(i + 1).map((second) => ({
          a: first.rule.name,
          b: second.rule.name,
          jaccard: jaccard(first.flags, second.flags),
        })),
      ),
      votes: peersByVotes(votes, found.length),
      combined: combinedResult(topology, combined, votes),
    };
  },
  tables: superpeersTables,
  methods: ({ rules, combined: { structure, peers, notListed } }) => [
    `Superpeers were told from the topology alone by ${rules.length} rules (${rules.map(({ rule }) => rule).join(', ')}). The rule \`combined\` parts the degrees at the clearest valley of their logarithms, looks whether those below keep apart from each other, and weighs each peer's neighbours; it found ${STRUCTURES[structure]}, and lists ${peers.length + notListed} peers that are superpeers or may be.`,
  ],
} satisfies Analysis<SuperpeersResult>;

const STRUCTURES = {
  tiers: 'two tiers',
  hubs: 'hubs among peers that are linked to each other',
  flat: 'degrees of one kind',
} as const;

/** How many rules take each peer for a superpeer. */
function votesOf(size: number, flags: readonly Uint8Array[]): Uint8Array {
  const votes = new Uint8Array(size);
  for (const rule of flags) for (let peer = 0; peer < size; peer++) votes[peer]! += rule[peer]!;
  return votes;
}

function peersByVotes(votes: Uint8Array, rules: number): { rules: number; peers: number }[] {
  const peers = new Array<number>(rules + 1).fill(0);
  for (const count of votes) peers[count]! += 1;
  return peers.map((count, k) => ({ rules: k, peers: count }));
}

/** Rows of a list that a person or a spreadsheet still can use. */
const MOST_LISTED = 10_000;
const DOUBT = 0.05;
const LEAST_LISTED = 0.01;

function combinedResult(topology: Topology, combined: CombinedRule, votes: Uint8Array): CombinedResult {
  const { structure, valley, linksBelow, silent, flags, confidence } = combined;
  let doubtful = 0;
  const candidates: number[] = [];
  for (let peer = 0; peer < topology.size; peer++) {
    const sure = confidence[peer]!;
    if (sure >= LEAST_LISTED) candidates.push(peer);
    if (sure > DOUBT && sure < 1 - DOUBT) doubtful += 1;
  }
  candidates.sort((a, b) => confidence[b]! - confidence[a]! || votes[b]! - votes[a]! || a - b);
  const listed = candidates.slice(0, MOST_LISTED);
  return {
    structure,
    valley,
    linksBelow,
    silent,
    doubtful,
    peers: listed.map((peer) => ({
      peer: topology.ids[peer]!,
      superpeer: flags[peer] === 1,
      // Single precision has no more digits than these.
      confidence: Math.round(1e6 * confidence[peer]!) / 1e6,
      votes: votes[peer]!,
    })),
    notListed: candidates.length - listed.length,
  };
}
