import type { DifferingLink } from './differing-links.ts';
import type { PeerFacts } from './peer-facts.ts';

/**
 * Why a missing link is missing; the rules stand at `causesOf`.
 * @param isSeparate whether a peer is missing because nothing joins it to the snapshot.
 */
export function missingLinkCause(
  { source, target, isYoung }: DifferingLink,
  facts: PeerFacts,
  { began, isSeparate }: { readonly began: number; readonly isSeparate: (peer: number) => boolean },
): string {
  if (isYoung || facts.startOf(source) > began || facts.startOf(target) > began) return 'churn';
  if (isSeparate(source) && isSeparate(target)) return 'separate';
  return bothReasons(silenceOf(source, target, facts), silenceOf(target, source, facts));
}

/** Why an end did not report its link to another peer, or undefined. */
function silenceOf(end: number, other: number, facts: PeerFacts): string | undefined {
  const trouble = facts.troubleOf(end);
  if (trouble !== undefined) return trouble;
  if (!facts.wasAsked(end)) return 'not asked';
  if (facts.behaviourOf(other) === 'hidden') return 'hidden';
  return facts.couldNotTell(end, other) ? 'not askable' : undefined;
}

function bothReasons(one: string | undefined, other: string | undefined): string {
  if (one === undefined || other === undefined) return 'unexplained';
  if (one === other) return one;
  return one < other ? `${one} + ${other}` : `${other} + ${one}`;
}

/**
 * Why a link that the truth does not have was reported.
 * @param isKnown whether sessions of links are known; else every link of the truth stood all the time, and no other ever.
 */
export function extraLinkCause(
  { source, target, hasStood, hasEnded }: DifferingLink,
  facts: PeerFacts,
  { at, isKnown }: { readonly at: number; readonly isKnown: boolean },
): string {
  const ends = [source, target];
  if (ends.some((end) => !facts.isKnown(end))) return 'invented';
  if (ends.some((end) => facts.behaviourOf(end) === 'sybil')) return 'sybil';
  if (isKnown && !hasStood) return 'invented';
  if (ends.some((end) => !facts.isInTruth(end) && facts.endOf(end) <= at)) return 'departed';
  if (hasEnded) return 'dropped';
  return isKnown ? 'unexplained' : 'invented';
}
