import { ROLES } from '../core/claims.ts';
import type { Topology } from '../topology/topology.ts';
import { respondentsOf, type Respondents } from './respondents.ts';

/** The undirected degrees of each group of peers that is tested on its own. */
export interface Populations {
  readonly rule: Respondents['rule'] | null;
  readonly why: string;
  readonly degrees: Readonly<Record<string, Uint32Array>>;
}

/**
 * Everybody; who answered and who was only mentioned; and each declared role. They are split because in the Gnutella
 * snapshots of August 2002 99 % of the peers of degree 1 never answered: their degrees measure the crawler. O(n).
 */
export function populationsOf(topology: Topology): Populations {
  const all = topology.degrees;
  const { roles } = topology.columns;
  const respondents = respondentsOf(topology);
  const rule = respondents?.rule ?? null;
  return {
    rule,
    why: WHY[rule ?? 'unknown'],
    degrees: {
      all,
      ...(respondents && {
        respondents: all.filter((_, peer) => respondents.flags[peer] === 1),
        mentioned: all.filter((_, peer) => respondents.flags[peer] !== 1),
      }),
      ...Object.fromEntries(
        ROLES.filter((role) => roles?.includes(role)).map((role) => [
          role,
          all.filter((_, peer) => roles?.[peer] === role),
        ]),
      ),
    },
  };
}

const SPLIT =
  'A mentioned peer never listed its links, so that its degree counts only the peers that named it: mixed with ' +
  'respondents it makes a power law that is an artefact of the crawl';

const WHY: Readonly<Record<Respondents['rule'] | 'unknown', string>> = {
  recorded: `${SPLIT} (respondents are the peers that answered, as recorded).`,
  'out-degree':
    `${SPLIT} (respondents are the peers with an out-degree above 0: nothing else says who answered, and a ` +
    'respondent without links cannot be told from a mentioned peer).',
  unknown:
    'Nothing says which peers answered, so that respondents and mentioned peers cannot be told apart; if this ' +
    'topology was crawled, its low degrees may be an artefact of the crawl.',
};
