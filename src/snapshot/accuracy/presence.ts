import type { Outcome } from '../../core/outcome.ts';

/** Whether a peer that has answered before is still there, by the outcome of asking it again. */
export type Presence = 'up' | 'gone' | 'unknown';

/**
 * Somebody who speaks the protocol is there, whatever it says; where nobody listens any more, or somebody else does, it has
 * gone. Silence, and an end without a word, are what a peer does that is there and tired of us: they tell nothing.
 */
export function presenceOf(outcome: Outcome): Presence {
  switch (outcome) {
    case 'ok':
    case 'partial':
    case 'refused':
    case 'busy':
    case 'rate-limited':
    case 'malformed':
      return 'up';
    case 'connect-refused':
    case 'connect-timeout':
    case 'unreachable':
    case 'reset':
    case 'not-this-protocol':
      return 'gone';
    default:
      return 'unknown';
  }
}
