import type { Status } from '../../core/visit.ts';
import type { Reaction, ServentState } from '../overlay.ts';
import { crawlerAnswer, lyingAnswer } from './crawler-answer.ts';
import { refusalReason } from './refusal-codes.ts';
import { encodeRefusal, tooManySuperpeers } from './refusal.ts';
import type { Header } from './wire/header-block.ts';

/**
 * What a crawler gets that may be answered at all, as the servent's manner wills it. An answer with neighbours leaves the
 * connection open, for block 3; a refusal ends it. Whether a source comes too often is judged before: `RateLimits`.
 */
export function answerCrawler(state: ServentState, remoteIp: string, asked: readonly Header[]): Reaction {
  const { manner } = state;
  switch (manner?.kind) {
    case undefined:
    case 'rate-limiting':
      return { send: crawlerAnswer(state) };
    case 'truncating':
      return { send: crawlerAnswer(state, manner.characters) };
    case 'lying':
      return { send: lyingAnswer(state, manner.entries(remoteIp)) };
    case 'refusing': {
      const status: Status = { code: manner.code, reason: refusalReason(manner.code, state.peers.length) };
      return { send: encodeRefusal(state, { status, remoteIp, asked }), close: true };
    }
    case 'busy': {
      const status = tooManySuperpeers(state);
      return { send: encodeRefusal(state, { status, remoteIp, asked, hints: manner.hints }), close: true };
    }
  }
}
