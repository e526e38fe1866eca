import type { Table } from '../core/table.ts';
import type { Topology } from '../topology/topology.ts';
import type { Analysis } from './analysis.ts';
import { addressBlocks, addressView, duplicateIdentities } from './audit-addresses.ts';
import { neverAnswered, truncatedListings } from './audit-answers.ts';
import { deadEndsByDistance, deadEndsFinding, type DeadEnds } from './audit-distance.ts';
import { SEVERITIES, SIGNS, type AuditFinding } from './audit-finding.ts';
import { mentionsAsLinks, oneSidedLinks, outDegreeCap, reciprocityOf } from './audit-listings.ts';
import { auditView, type AuditView } from './audit-view.ts';

export interface AuditResult {
  /** The most serious first. */
  readonly findings: readonly AuditFinding[];
  /** What a degree law fitted to this topology says of the overlay. */
  readonly degreeFit: {
    readonly verdict: 'no objection' | 'cannot tell' | 'with care' | 'artefact';
    readonly meaning: string;
  };
  readonly direction: AuditView['direction'];
  /** How it is known who answered. */
  readonly respondentRule: AuditView['rule'];
  /** What this topology cannot tell, one sentence each. */
  readonly notTold: readonly string[];
  /** By distance from the likely bootstrap; null where nothing tells who answered. */
  readonly deadEnds: DeadEnds | null;
}

/** Does this topology carry the marks of how it was collected? O(n log n + links). */
export const audit = {
  name: 'audit',
  question:
    'Does the topology carry the marks of how it was collected, and what does that mean for a degree fit?',
  definition:
    'Signs with fixed thresholds (docs/audit.md), each counted on the links as stated: peers without an answer, lists that end at one length, links that one end alone lists, dead ends by distance, and shared addresses. No sign is no proof that a crawl was good.',
  sources: [
    'D. Stutzbach, R. Rejaie, S. Sen: Characterizing unstructured overlay topologies in modern P2P file-sharing systems, IEEE/ACM Transactions on Networking 16(2), 2008',
    'W. Hoeffding: Probability inequalities for sums of bounded random variables, 1963',
  ],
  run: (topology) => auditOf(topology),
  tables: (result) => [findingsTable(result), distanceTable(result)],
  methods: ({ findings, degreeFit }) => [
    findings.length === 0
      ? 'The topology was audited for marks of its collection (peers without an answer, capped lists, one-sided links, dead ends by distance, shared addresses); none was found.'
      : `The topology was audited for marks of its collection; found: ${findings.map(({ id, severity }) => `${id} (${severity})`).join(', ')}. ${degreeFit.meaning}`,
  ],
} satisfies Analysis<AuditResult>;

function auditOf(topology: Topology): AuditResult {
  const view = auditView(topology);
  const deadEnds = deadEndsByDistance(view);
  const findings = findingsOf(view, deadEnds);
  return {
    findings,
    degreeFit: degreeFitOf(findings, view),
    direction: view.direction,
    respondentRule: view.rule,
    notTold: notToldBy(view),
    deadEnds: deadEnds ?? null,
  };
}

function findingsOf(view: AuditView, deadEnds: DeadEnds | undefined): AuditFinding[] {
  const { topology } = view;
  const silent = neverAnswered(view);
  const isIncomplete = silent !== undefined;
  const cap = outDegreeCap(view, isIncomplete);
  const oneSided =
    view.rule === 'out-degree' && isIncomplete
      ? oneSidedLinks(view, reciprocityOf(view), isIncomplete)
      : undefined;
  const addresses = addressView(topology);
  const found = [
    silent,
    cap,
    mentionsAsLinks(cap, oneSided),
    oneSided,
    truncatedListings(view),
    isIncomplete ? deadEndsFinding(view, deadEnds) : undefined,
    addresses && duplicateIdentities(addresses),
    addresses && addressBlocks(addresses, topology),
  ].filter((finding) => finding !== undefined);
  return found.sort(
    (a, b) =>
      SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
      SIGNS.indexOf(a.id) - SIGNS.indexOf(b.id),
  );
}

/** What a reader of a degree fit has to be warned of: a sentence for each finding that bends degrees and is more than a note. */
export function degreeWarnings(topology: Topology): readonly string[] {
  const view = auditView(topology);
  return findingsOf(view, deadEndsByDistance(view)).flatMap(({ id, severity, evidence, degreeFit }) =>
    severity === 'note' || degreeFit === null ? [] : [`${id} (${severity}): ${evidence} ${degreeFit}`],
  );
}

function degreeFitOf(findings: readonly AuditFinding[], { rule }: AuditView): AuditResult['degreeFit'] {
  const bending = findings.filter(({ severity, degreeFit }) => degreeFit !== null && severity !== 'note');
  if (bending.some(({ severity }) => severity === 'serious')) {
    return {
      verdict: 'artefact',
      meaning:
        'A degree law fitted to all of these peers describes how the topology was collected as much as the overlay.',
    };
  }
  if (bending.length > 0) {
    return {
      verdict: 'with care',
      meaning:
        'A degree law fitted to all of these peers is bent by what was not seen: compare it with a fit to respondents.',
    };
  }
  if (rule === null) {
    return {
      verdict: 'cannot tell',
      meaning:
        'Nothing speaks against a degree fit, and nothing says who answered: if this topology was crawled, its low degrees may be those of peers that never did.',
    };
  }
  return {
    verdict: 'no objection',
    meaning: 'It is known who answered, and nothing speaks against a degree fit.',
  };
}

function notToldBy({ direction, rule, topology }: AuditView): string[] {
  const notes: string[] = [];
  if (rule === null) {
    notes.push(
      direction === 'by-order'
        ? 'All links go from one id to the next in order: their direction is how they were written, and does not say who listed them.'
        : 'Links have no direction and answers are not recorded: peers that never answered cannot be told.',
    );
  }
  if (rule !== 'recorded') notes.push('Whether listings were cut off is not recorded.');
  if (rule === 'out-degree')
    notes.push(
      'Who was asked is not recorded: a peer that lists nothing may have been asked, or not, or have no links.',
    );
  if (topology.size > 0 && addressView(topology) === undefined)
    notes.push('Ids are no addresses of a network: shared addresses cannot be told.');
  return notes;
}

function findingsTable({ findings, degreeFit, notTold }: AuditResult): Table {
  return {
    name: 'audit',
    title: 'Marks of how it was collected',
    columns: [
      { name: 'id' },
      { name: 'severity' },
      { name: 'evidence' },
      { name: 'meaning', detail: true },
      { name: 'degree_fit', detail: true },
    ],
    rows: findings.map(({ id, severity, evidence, meaning, degreeFit: fit }) => [
      id,
      severity,
      evidence,
      meaning,
      fit,
    ]),
    notes: [
      ...(findings.length === 0 ? ['No mark was found.'] : []),
      `For a degree fit: ${degreeFit.verdict}. ${degreeFit.meaning}`,
      ...notTold,
    ],
  };
}

function distanceTable({ deadEnds }: AuditResult): Table {
  return {
    name: 'audit-distance',
    title: 'Peers that could have been asked, and that never answered, by distance',
    detail: true,
    columns: [{ name: 'distance' }, { name: 'peers' }, { name: 'dead_ends' }, { name: 'share', digits: 3 }],
    rows: (deadEnds?.byDistance ?? []).map(({ distance, peers, deadEnds: dead }) => [
      distance,
      peers,
      dead,
      dead / peers,
    ]),
    notes: [
      deadEnds === null
        ? 'Nothing tells who answered.'
        : `Distances are from ${deadEnds.start}, the peer with ${deadEnds.why}: where the crawl began is not recorded.`,
    ],
  };
}
