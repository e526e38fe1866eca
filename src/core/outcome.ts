/**
 * How a visit ended: a closed list, so that failures can be counted.
 *
 * `ok` answered in full · `partial` answered, then stopped in the middle · `refused` said no, with a status ·
 * `busy` said that all slots are taken · `rate-limited` said that we come too often · `connect-refused` nobody listens ·
 * `connect-timeout` no answer to the connect, or to a datagram · `unreachable` no route · `silent` connected and said nothing in time
 * (a tarpit, a ban) · `closed` ended without a byte · `reset` cut off by the peer · `not-this-protocol` speaks something
 * else · `malformed` broke the grammar or a bound · `excluded` never dialled, because we must not · `skipped` never
 * dialled, because we need not (a leaf that its superpeer reported).
 */
export const OUTCOMES = [
  'ok',
  'partial',
  'refused',
  'busy',
  'rate-limited',
  'connect-refused',
  'connect-timeout',
  'unreachable',
  'silent',
  'closed',
  'reset',
  'not-this-protocol',
  'malformed',
  'excluded',
  'skipped',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/**
 * How much an outcome tells of a peer, so that of several visits the most telling one stands: 3 it answered, 2 it said
 * something else, 1 it was noticed, 0 nothing.
 */
export function tellingOf(outcome: Outcome): 0 | 1 | 2 | 3 {
  switch (outcome) {
    case 'ok':
    case 'partial':
      return 3;
    case 'refused':
    case 'busy':
    case 'rate-limited':
    case 'not-this-protocol':
    case 'malformed':
      return 2;
    case 'connect-timeout':
    case 'skipped':
      return 0;
    default:
      return 1;
  }
}

/** Whether a packet went to the peer. */
export function wasContacted(outcome: Outcome | undefined): boolean {
  return outcome !== undefined && outcome !== 'skipped' && outcome !== 'excluded';
}

/** A respondent is a peer that answered the question: what it said about its own links is known. */
export function isRespondent(outcome: Outcome): boolean {
  return outcome === 'ok' || outcome === 'partial';
}

/** Whether an answer shows that somebody is there who speaks the protocol, if only to refuse. */
export function hasSpoken({
  outcome,
  status,
}: {
  readonly outcome: Outcome;
  readonly status?: unknown;
}): boolean {
  return isRespondent(outcome) || status !== undefined;
}
