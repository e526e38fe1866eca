import { playScene } from './gnutella-scene.ts';
import type { SequenceRun } from './sequence-run.ts';

/**
 * A hybrid overlay: three superpeers that are all linked, five leaves. A leaf comes and tells its superpeer the words of its
 * files; another one comes, asks who there is, searches, and fetches.
 */
export function hybridRun(): SequenceRun {
  return playScene({
    personality: 'gtk-gnutella',
    cast: [
      { name: 'L1', role: 'leaf', dials: ['S1'], files: ['cedar anthem.ogg'], isNew: true },
      { name: 'L2', role: 'leaf', dials: ['S1'], files: ['delta fugue.ogg'] },
      { name: 'S1', role: 'superpeer', dials: ['S2', 'S3'], files: [] },
      { name: 'S2', role: 'superpeer', dials: ['S3'], files: [] },
      { name: 'L3', role: 'leaf', dials: ['S2'], files: ['granite hymn.ogg'] },
      { name: 'S3', role: 'superpeer', dials: [], files: [] },
      { name: 'L4', role: 'leaf', dials: ['S3'], files: ['amber jig.ogg'] },
      { name: 'L5', role: 'leaf', dials: ['S3'], files: ['amber hymn.ogg'], isNew: true },
    ],
    acts: [
      { who: 'L5', does: 'joins', title: 'L5 registers with S3' },
      { who: 'L1', does: 'joins', title: 'L1 registers with S1' },
      { who: 'L1', does: 'asks', title: 'Ping: S1 knows of others' },
      { who: 'L1', does: 'searches', title: 'Query: who has it?' },
    ],
    searchText: 'amber hymn',
    queryTtl: 4,
  });
}
