import type { Crew } from '../core/crew.ts';
import { shareWith } from '../core/pieces.ts';
import type { Adjacency } from './adjacency.ts';

/** The same rows where every worker of the crew can read them without a copy; as they are where there is none. O(n + links). */
export function shareRows(crew: Crew, { offsets, targets }: Adjacency): Adjacency {
  return { offsets: shareWith(crew, offsets), targets: shareWith(crew, targets) };
}
