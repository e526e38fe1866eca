import type { Table } from '../core/table.ts';
import type { Score } from './superpeer-scores.ts';
import type { CombinedResult, SuperpeersResult } from './superpeers.ts';

/** The rules and their scores, what `combined` found, its peers, agreement, and votes. */
export function superpeersTables(result: SuperpeersResult): readonly Table[] {
  return [
    rulesTable(result),
    structureTable(result.combined),
    peersTable(result.combined),
    agreementTable(result),
    votesTable(result),
  ];
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
      MEANING[result.combined.structure],
      ...(peers === 0 && result.combined.structure !== 'flat'
        ? ['A crawl that never asked some of the peers parts degrees in the same way: see audit.']
        : []),
      ...(result.combined.silent
        ? [
            'Some superpeers seem not to have answered: they are linked to superpeers only, but to more of them than leaves are.',
          ]
        : []),
    ],
  };
}

const MEANING = {
  tiers:
    'combined: two tiers; peers of low degree are linked to those of high degree, and hardly to each other.',
  hubs: 'combined: hubs; the degrees part at a valley, and the peers below it are linked to each other too.',
  flat: 'combined: no superpeers; the degrees have no valley that would part them into two kinds.',
} as const;

function structureTable({ structure, valley, linksBelow, silent, doubtful }: CombinedResult): Table {
  return {
    name: 'superpeers-structure',
    title: 'What the rule `combined` found',
    detail: true,
    columns: [
      { name: 'structure' },
      { name: 'degree_below' },
      { name: 'degree_above' },
      { name: 'peers_above' },
      { name: 'peers_between' },
      { name: 'surprise', digits: 1 },
      { name: 'links_below', digits: 3 },
      { name: 'silent_superpeers' },
      { name: 'doubtful' },
    ],
    rows: [
      [
        structure,
        valley?.below ?? null,
        valley?.above ?? null,
        valley?.upper ?? null,
        valley?.between ?? null,
        valley?.surprise ?? null,
        linksBelow,
        silent,
        doubtful,
      ],
    ],
    notes: [
      'links_below: links among the peers up to degree_below, by those of a random graph with the same degrees.',
    ],
  };
}

function peersTable({ peers, notListed }: CombinedResult): Table {
  return {
    name: 'superpeers-peers',
    title: 'Superpeers by the rule `combined`, and peers that may be some',
    detail: true,
    columns: [{ name: 'peer' }, { name: 'superpeer' }, { name: 'confidence', digits: 3 }, { name: 'votes' }],
    rows: peers.map(({ peer, superpeer, confidence, votes }) => [peer, superpeer, confidence, votes]),
    notes: [
      'All other peers are superpeers with a probability below 0.01.',
      ...(notListed > 0 ? [`${notListed} more peers are not listed: the surest come first.`] : []),
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
