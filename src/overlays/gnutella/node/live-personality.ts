import type { ServentState } from '../../overlay.ts';
import { PERSONALITIES } from '../servent/personalities.ts';
import { type GnutellaPersonality, personalityOf } from '../servent/personality.ts';
import { needsSuperpeers, type Wants } from './election.ts';

/** The header with which a superpeer advises a newcomer. */
const ADVICE = 'X-Ultrapeer-Needed';

/**
 * A personality as a live node has it: with slots of its own where they are given, and with advice to newcomers that follows
 * from how many leaves it has; what its program would say of that is left out. Throws a usage error for one that there is not.
 */
export function livePersonality(
  state: ServentState,
  wants: Wants,
  slots: GnutellaPersonality['slots'] | undefined,
): GnutellaPersonality {
  const personality = personalityOf(state, PERSONALITIES);
  return {
    ...personality,
    slots: slots ?? personality.slots,
    acceptance: (now, welcome) => [
      ...personality.acceptance(now, welcome).filter(({ name }) => name !== ADVICE),
      { name: ADVICE, value: needsSuperpeers(now.leaves.length, wants) ? 'True' : 'False' },
    ],
  };
}
