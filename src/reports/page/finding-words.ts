import type { AuditResult } from '../../analyses/audit.ts';
import type { ComponentsResult } from '../../analyses/components.ts';
import type { DegreeModelResult } from '../../analyses/degree-model-result.ts';
import type { DistancesResult } from '../../analyses/distances-result.ts';
import type { Finding } from '../../analyses/index.ts';
import type { ResilienceResult } from '../../analyses/resilience-result.ts';
import type { SummaryResult } from '../../analyses/summary.ts';
import type { SuperpeersResult } from '../../analyses/superpeers.ts';
import { formatNumber, formatPercent } from '../format-number.ts';
import { counted, shareText } from './counted.ts';

/** What an analysis found, in a sentence or two for whoever reads no tables; empty where only its tables tell. */
export function findingWords({ name, result }: Finding): string[] {
  // The registry closes over the type of a result; its name says which one it is.
  switch (name) {
    case 'summary':
      return summaryWords(result as SummaryResult);
    case 'degree-model':
      return degreeWords(result as DegreeModelResult);
    case 'components':
      return componentWords(result as ComponentsResult);
    case 'distances':
      return distanceWords(result as DistancesResult);
    case 'superpeers':
      return superpeerWords(result as SuperpeersResult);
    case 'resilience':
      return resilienceWords(result as ResilienceResult);
    case 'audit':
      return auditWords(result as AuditResult);
    default:
      return [];
  }
}

function summaryWords({
  nodes,
  edges,
  directed,
  meanDegree,
  maxDegree,
  respondents,
}: SummaryResult): string[] {
  return [
    `${counted(nodes, 'peer')} and ${counted(edges, directed ? 'directed link' : 'link')}: a peer has ${formatNumber(meanDegree, 2)} links on average, and ${formatNumber(maxDegree)} at most.`,
    ...(respondents === null || nodes === 0
      ? []
      : [
          respondents === nodes
            ? 'All of them answered themselves.'
            : `${shareText(respondents / nodes)} of the peers answered themselves; the others are known from them.`,
        ]),
  ];
}

function degreeWords({ populations, models }: DegreeModelResult): string[] {
  const all = populations['all'];
  if (all === undefined || all.n === 0) return [];
  const verdicts = Object.values(models).map(({ law, verdict }) => `${law}: ${verdict}`);
  const one = all.distribution.find(({ degree }) => degree === 1)?.probability ?? 0;
  return [
    `Half of the peers have at most ${counted(medianOf(all.distribution), 'link')}, and ${formatPercent(one)} have exactly one.`,
    ...(verdicts.length === 0 ? [] : [`Against the degree laws, ${verdicts.join('; ')}.`]),
  ];
}

function medianOf(distribution: DegreeModelResult['populations'][string]['distribution']): number {
  let sum = 0;
  for (const { degree, probability } of distribution) {
    sum += probability;
    if (sum >= 0.5 - 1e-12) return degree;
  }
  return distribution.at(-1)?.degree ?? 0;
}

function componentWords({ weak, strong }: ComponentsResult): string[] {
  const { count, largest } = weak;
  if (count === 0) return [];
  return [
    count === 1
      ? `All ${counted(largest.nodes, 'peer')} hang together.`
      : `The overlay is in ${formatNumber(count)} pieces; the largest has ${shareText(largest.share)} of the peers.`,
    ...(strong.largest.nodes < largest.nodes
      ? [
          `Along the direction of links, ${formatPercent(strong.largest.share)} of the peers can all reach each other.`,
        ]
      : []),
  ];
}

function distanceWords({
  meanPathLength,
  diameter,
  effectiveDiameter90,
  exact,
  nodes,
}: DistancesResult): string[] {
  if (meanPathLength === null || diameter === null)
    return ['No two peers are joined, so that there is no distance.'];
  return [
    `In the largest component (${counted(nodes, 'peer')}) two peers are ${formatNumber(meanPathLength, 2)} steps apart on average${effectiveDiameter90 === null ? '' : `, nine of ten pairs at most ${formatNumber(effectiveDiameter90, 1)}`}, and no two more than ${exact === true ? formatNumber(diameter) : formatNumber(exact.diameter.upper)}.`,
    ...(exact === true
      ? []
      : [`That is by a sample: from ${counted(exact.sources, 'peer')}, all distances were measured.`]),
  ];
}

function superpeerWords({ declared, rules, combined }: SuperpeersResult): string[] {
  const found = rules.find(({ rule }) => rule === 'combined');
  const said =
    declared.peers === 0
      ? 'No peer says whether it is a superpeer.'
      : `${formatNumber(declared.superpeers)} of the ${counted(declared.peers, 'peer')} that say what they are call themselves superpeers.`;
  if (found === undefined) return [said];
  return [
    said,
    combined.structure === 'flat'
      ? 'The links alone show no superpeers: the degrees are of one kind.'
      : `From the links alone, ${counted(found.superpeers, 'peer')} would be superpeers (${combined.structure === 'tiers' ? 'two tiers' : 'hubs among peers that are linked to each other'})${found.declared === null ? '' : `; that has ${formatPercent(found.declared.recall ?? 0)} of the declared ones, and ${formatPercent(found.declared.precision ?? 0)} of it is right`}.`,
  ];
}

const REMOVALS = {
  random: 'at random',
  degree: 'by their number of links, most first',
  'degree-recomputed': 'by the links that they have left, most first',
  superpeers: 'superpeers first',
} as const;

function resilienceWords({ strategies }: ResilienceResult): string[] {
  const apart = strategies.filter(({ threshold }) => threshold !== null);
  if (apart.length === 0) return ['It never falls apart: what is left stays in one piece.'];
  return [
    `The overlay falls apart when so many of its peers are gone: ${apart.map(({ strategy, threshold }) => `${formatPercent(threshold ?? 0)} where they go ${REMOVALS[strategy]}`).join('; ')}.`,
  ];
}

function auditWords({ findings, degreeFit }: AuditResult): string[] {
  return [
    findings.length === 0
      ? 'No mark was found that the way of collecting has left in the data.'
      : `${counted(findings.length, 'mark')} of how the data were collected ${findings.length === 1 ? 'was' : 'were'} found.`,
    `For a degree fit: ${degreeFit.verdict}. ${degreeFit.meaning}`,
  ];
}
