import { playScene } from './gnutella-scene.ts';
import type { SequenceRun } from './sequence-run.ts';

/**
 * A pure overlay: six servents that know Gnutella 0.4 only, seven links with two loops. One joins, asks who there is, searches,
 * and fetches what is three hops away. Its Ping goes as far as its servent sends it, four hops, and ends on repeated GUIDs; its
 * Query ends on a TTL of 3.
 */
export function pureRun(): SequenceRun {
  return playScene({
    personality: 'legacy-0.4',
    cast: [
      { name: 'P1', role: 'peer', dials: ['P2'], files: [], isNew: true },
      { name: 'P2', role: 'peer', dials: ['P3', 'P4'], files: ['cedar anthem.ogg'] },
      { name: 'P3', role: 'peer', dials: ['P5'], files: ['delta fugue.ogg'] },
      { name: 'P4', role: 'peer', dials: ['P5', 'P6'], files: ['ember jig.ogg'] },
      { name: 'P5', role: 'peer', dials: ['P6'], files: ['fjord ballad.ogg'] },
      { name: 'P6', role: 'peer', dials: [], files: ['amber hymn.ogg'] },
    ],
    acts: [
      { who: 'P1', does: 'joins', title: 'P1 joins at P2' },
      { who: 'P1', does: 'asks', title: 'Ping: who is there?' },
      { who: 'P1', does: 'searches', title: 'Query: who has it?' },
    ],
    searchText: 'amber hymn',
    queryTtl: 3,
  });
}
