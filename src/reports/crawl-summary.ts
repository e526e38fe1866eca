import { wasContacted, OUTCOMES } from '../core/outcome.ts';
import type { Accuracy, Estimated } from '../snapshot/accuracy/accuracy-schema.ts';
import type { Manifest } from '../snapshot/manifest.ts';
import type { Score } from '../snapshot/score.ts';
import { doubtSentences } from './doubts-report.ts';
import { durationText } from './duration-text.ts';
import { formatNumber, formatPercent } from './format-number.ts';

type Counts = NonNullable<Manifest['counts']>;

/** How many peers there are of each role, where that was counted. */
interface Roles {
  readonly superpeers?: number | undefined;
  readonly leaves?: number | undefined;
}

/**
 * A crawl in a few sentences: what was found, how complete that is, and what is wrong with it. The most important comes
 * first; empty where nothing has been counted.
 */
export function crawlSummary(manifest: Manifest, score: Score | undefined): string[] {
  const { counts, accuracy } = manifest;
  if (counts === null) return [];
  const wrong = warnings(manifest, counts);
  const doubts = manifest.doubts ? doubtSentences(manifest.doubts) : [];
  const isSound = doubts.length === 0 && wrong.length === 0 && (accuracy?.unreachable ?? 0) < NOTICEABLE;
  return [
    found(manifest, counts),
    ...doubts,
    asked(counts),
    ...(accuracy ? [ownEstimate(accuracy)] : []),
    ...(score === undefined ? [] : [againstTruth(score)]),
    ...wrong,
    ...(isSound
      ? ['Nothing stands against it: all that were asked answered, and no listing was cut off.']
      : []),
  ];
}

/** A share that is worth a sentence. */
const NOTICEABLE = 0.001;

function found({ options, durationSeconds }: Manifest, counts: Counts): string {
  const { superpeers, leaves }: Pick<Counts, 'peers'> & Roles = counts;
  const roles =
    superpeers === undefined || leaves === undefined || leaves === 0
      ? ''
      : ` (${formatNumber(superpeers)} ${plural('superpeer', superpeers)}, ${formatNumber(leaves)} ${leaves === 1 ? 'leaf' : 'leaves'})`;
  const seconds = durationSeconds ?? 0;
  const time = seconds > 0 ? ` in ${durationText(seconds)}` : '';
  const virtual = options['virtual'] === true && seconds > 0 ? ' of virtual time' : '';
  const rate = seconds > 0 ? `, ${formatNumber(counts.visits / seconds, 0)} a second` : '';
  return `Found ${formatNumber(counts.peers)} ${plural('peer', counts.peers)}${roles} and ${formatNumber(counts.links)} ${plural('link', counts.links)}${time}${virtual}: ${formatNumber(counts.visits)} ${plural('visit', counts.visits)}${rate}.`;
}

/** Whose word it is. */
function asked({ peers, contacted, respondents, byOutcome }: Counts): string {
  const learned = peers - contacted;
  const rest = learned > 0 ? `; the other ${formatNumber(learned)} were only learned of` : '';
  if (respondents === contacted) {
    return contacted === 1
      ? `The one peer that was asked answered${rest}.`
      : `All ${formatNumber(contacted)} peers that were asked answered${rest}.`;
  }
  const failures = OUTCOMES.filter(
    (outcome) => outcome !== 'ok' && outcome !== 'partial' && wasContacted(outcome),
  )
    .map((outcome) => ({ outcome, visits: byOutcome[outcome] ?? 0 }))
    .filter(({ visits }) => visits > 0)
    .sort((a, b) => b.visits - a.visits)
    .slice(0, SHOWN_FAILURES)
    .map(({ outcome, visits }) => `${formatNumber(visits)} ${outcome}`);
  const how = failures.length === 0 ? '' : ` Most visits that failed: ${failures.join(', ')}.`;
  return `${formatNumber(respondents)} of the ${formatNumber(contacted)} peers that were asked answered (${nearly(respondents / contacted)})${rest}.${how}`;
}

const SHOWN_FAILURES = 3;

function ownEstimate({ peers, links }: Accuracy): string {
  const ofLinks = links === null ? '' : ` and ${nearly(links.completeness.value)} of the links`;
  return `By its own estimate it has ${nearly(peers.completeness.value)}${interval(peers.completeness)} of the peers${ofLinks} that were there at its end, and its distortion is ${formatPercent(peers.distortion.value)}.`;
}

function interval({ low, high }: Estimated): string {
  if (low === null || high === null) return '';
  const [from, to] = [nearly(low), nearly(high)];
  return from === to ? '' : ` (${from} to ${to})`;
}

function againstTruth(score: Score): string {
  const { peersMissing, linksMissing, peersExtra, linksExtra } = score;
  const missing = [
    ...(peersMissing > 0 ? [`${formatNumber(peersMissing)} of ${formatNumber(score.reachable)} peers`] : []),
    ...(linksMissing > 0
      ? [`${formatNumber(linksMissing)} of ${formatNumber(score.linksReachable)} links`]
      : []),
  ];
  const extra = [
    ...(peersExtra > 0 ? [`${formatNumber(peersExtra)} ${plural('peer', peersExtra)}`] : []),
    ...(linksExtra > 0 ? [`${formatNumber(linksExtra)} ${plural('link', linksExtra)}`] : []),
  ];
  const within = score.reachable < score.total ? ' of what could be reached' : '';
  if (missing.length === 0 && extra.length === 0) {
    return `Against the truth: nothing${within} is missing, and nothing is made up.`;
  }
  const lacks = `${missing.length === 0 ? 'nothing' : missing.join(' and ')}${within} missing`;
  const invents = extra.length === 0 ? 'nothing too many' : `${extra.join(' and ')} too many`;
  return `Against the truth: ${lacks}, ${invents}.`;
}

/** What makes the snapshot less than it looks. */
function warnings(manifest: Manifest, counts: Counts): string[] {
  const more = manifest.options['leaves'] === true ? '' : ' Asking the leaves too (--leaves) finds more.';
  const failed = counts.contacted - counts.respondents;
  const cut = [
    ...(counts.truncated > 0
      ? [
          `${formatNumber(counts.truncated)} listings may have been cut off by the peers that sent them: links and leaves are lower bounds.`,
        ]
      : []),
    ...(counts.connectionsOnly > 0
      ? [
          `${formatNumber(counts.connectionsOnly)} superpeers could not be asked for their leaves: what only they know of leaves is missing.`,
        ]
      : []),
  ];
  return [
    ...(manifest.options['sample'] === undefined
      ? []
      : ['A sample: peers and links are those that the walks met, not all that there are.']),
    ...(manifest.state === 'incomplete' ? ['The crawl ended early: peers and links are missing.'] : []),
    ...cut.map((sentence, index) => (index === cut.length - 1 ? `${sentence}${more}` : sentence)),
    ...(failed > 0
      ? [`Links between two of the ${formatNumber(failed)} peers that gave no answer are not known.`]
      : []),
  ];
}

/** A share that is not quite all, or not quite nothing, is not shown as that. */
function nearly(share: number): string {
  if (share < 1 && share >= 0.9995) return 'more than 99.9 %';
  return formatPercent(share);
}

function plural(word: string, count: number): string {
  return count === 1 ? word : `${word}s`;
}
