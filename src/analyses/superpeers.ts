import type { Role } from '../core/claims.ts';
import type { Table } from '../core/table.ts';
import type { Topology } from '../topology/topology.ts';
import type { Analysis } from './analysis.ts';
import { respondentsOf } from './respondents.ts';
import { SUPERPEER_RULES } from './superpeer-rules.ts';

/** How well a rule finds the declared superpeers among some peers; null where a ratio has no denominator. */
export interface Score {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

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
}

/** Who is a superpeer, by several rules, and how far is each from what the peers declare? O(n log n + links). */
export const superpeers = {
  name: 'superpeers',
  question:
    'Which peers are superpeers by structure, do the rules agree, and do they meet the declared roles?',
  definition:
    'Each rule sorts the peers of the undirected simple graph into superpeers and others; where roles are declared, precision, recall and F1 are against those.',
  sources: ['N. Otsu: A threshold selection method from gray-level histograms, 1979'],
  run: (topology) => {
    const found = SUPERPEER_RULES.map((rule) => ({ rule, ...rule.detect(topology.simple) }));
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
      votes: votesOf(
        topology,
        found.map(({ flags }) => flags),
      ),
    };
  },
  tables: (result) => [rulesTable(result), agreementTable(result), votesTable(result)],
  methods: ({ rules }) => [
    `Superpeers were told from the topology alone by ${rules.length} rules (${rules.map(({ rule }) => rule).join(', ')}).`,
  ],
} satisfies Analysis<SuperpeersResult>;

function score(
  flags: Uint8Array,
  roles: readonly (Role | undefined)[],
  belongs: (peer: number) => boolean,
): Score {
  let truePositives = 0;
  let falsePositives = 0;
  let falseNegatives = 0;
  roles.forEach((role, peer) => {
    if (role === undefined || !belongs(peer)) return;
    if (flags[peer] === 1) {
      if (role === 'superpeer') truePositives += 1;
      else falsePositives += 1;
    } else if (role === 'superpeer') falseNegatives += 1;
  });
  const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
  return {
    truePositives,
    falsePositives,
    falseNegatives,
    precision: ratio(truePositives, truePositives + falsePositives),
    recall: ratio(truePositives, truePositives + falseNegatives),
    f1: ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives),
  };
}

function countFlags(flags: Uint8Array): number {
  return flags.reduce((sum, flag) => sum + flag, 0);
}

function jaccard(a: Uint8Array, b: Uint8Array): number {
  let both = 0;
  let either = 0;
  for (let peer = 0; peer < a.length; peer++) {
    both += a[peer]! & b[peer]!;
    either += a[peer]! | b[peer]!;
  }
  return either === 0 ? 1 : both / either;
}

function votesOf(topology: Topology, flags: readonly Uint8Array[]): { rules: number; peers: number }[] {
  const peers = new Array<number>(flags.length + 1).fill(0);
  for (let peer = 0; peer < topology.size; peer++) {
    peers[flags.reduce((votes, rule) => votes + rule[peer]!, 0)]! += 1;
  }
  return peers.map((count, rules) => ({ rules, peers: count }));
}

function rulesTable(result: SuperpeersResult): Table {
  const { peers, superpeers: declared } = result.declared;
  const cells = (result: Score | null) => [
    result?.precision ?? null,
    result?.recall ?? null,
    result?.f1 ?? null,
  ];
  return {
    name: 'superpeers',
    title: 'Superpeers by rule',
    columns: [
      { name: 'rule' },
      { name: 'threshold' },
      { name: 'superpeers' },
      { name: 'precision', digits: 3 },
      { name: 'recall', digits: 3 },
      { name: 'f1', digits: 3 },
      { name: 'respondents_precision', digits: 3, detail: true },
      { name: 'respondents_recall', digits: 3, detail: true },
      { name: 'respondents_f1', digits: 3 },
      { name: 'meaning', detail: true },
    ],
    rows: result.rules.map((rule) => [
      rule.rule,
      rule.threshold,
      rule.superpeers,
      ...cells(rule.declared),
      ...cells(rule.respondents),
      rule.meaning,
    ]),
    notes: [
      peers === 0
        ? 'No peer declared a role: the rules can only be compared with each other.'
        : `${declared} of ${peers} peers with a known role are superpeers by declaration.`,
    ],
  };
}

function agreementTable(result: SuperpeersResult): Table {
  return {
    name: 'superpeers-agreement',
    title: 'Agreement of the rules (Jaccard index)',
    detail: true,
    columns: [{ name: 'rule_a' }, { name: 'rule_b' }, { name: 'jaccard', digits: 3 }],
    rows: result.agreement.map(({ a, b, jaccard: value }) => [a, b, value]),
  };
}

function votesTable(result: SuperpeersResult): Table {
  return {
    name: 'superpeers-votes',
    title: 'Peers by the number of rules that take them for superpeers',
    detail: true,
    columns: [{ name: 'rules' }, { name: 'peers' }],
    rows: result.votes.map(({ rules, peers }) => [rules, peers]),
  };
}
