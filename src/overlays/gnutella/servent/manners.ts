import type { Address } from '../../../core/address.ts';
import type { Status } from '../../../core/visit.ts';
import type { ServentState } from '../../overlay.ts';
import { type Header, headerValue } from '../wire/header-block.ts';
import { decodeFlag } from '../wire/values.ts';
import type { CrawlerAnswers, GnutellaPersonality } from './personality.ts';

/** Why somebody is refused, and whom it may try instead: the servent's own neighbours, where nobody is named. */
export interface Reason {
  readonly status: Status;
  readonly hints?: readonly Address[];
}

/**
 * What a crawler gets that may be answered at all, as the servent's manner wills it. Whether a source comes too often is
 * judged before: `RateLimits`.
 */
export function answerCrawler(
  state: ServentState,
  personality: GnutellaPersonality,
  answers: CrawlerAnswers,
  remoteIp: string,
): Uint8Array | Reason {
  const { manner } = state;
  switch (manner?.kind) {
    case undefined:
    case 'rate-limiting':
      return answers.answer(state);
    case 'truncating':
      return answers.answer(state, manner.characters);
    case 'lying':
      return answers.lie(state, manner.entries(remoteIp));
    case 'refusing':
    case 'busy':
      return refusalByManner(state, personality) ?? { status: personality.reasons.superpeers(state) };
  }
}

/**
 * Why a peer that wants an ordinary connection is refused; undefined where it is welcome. A servent whose manner is to
 * refuse does so to everybody: a crawler that comes in disguise is still one.
 */
export function judgeOrdinary(
  state: ServentState,
  personality: GnutellaPersonality,
  asked: readonly Header[],
): Reason | undefined {
  const { reasons, slots } = personality;
  const isSuperpeer = decodeFlag(headerValue(asked, 'x-ultrapeer'));
  const byManner = refusalByManner(state, personality);
  if (byManner !== undefined) return byManner;
  if (isSuperpeer === undefined && reasons.unclear !== undefined) return { status: reasons.unclear };
  if (state.role === 'leaf' && !personality.isOld)
    return { status: reasons.leaf(state, isSuperpeer !== true) };
  if (isSuperpeer === true) {
    return state.peers.length < slots.superpeers ? undefined : { status: reasons.superpeers(state) };
  }
  return state.leaves.length < slots.leaves ? undefined : { status: reasons.leaves(state) };
}

function refusalByManner(state: ServentState, { reasons }: GnutellaPersonality): Reason | undefined {
  const { manner } = state;
  if (manner?.kind === 'refusing') {
    return { status: { code: manner.code, reason: reasons.ofCode(state, manner.code) } };
  }
  return manner?.kind === 'busy' ? { status: reasons.superpeers(state), hints: manner.hints } : undefined;
}
