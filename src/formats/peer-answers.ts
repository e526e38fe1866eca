import type { Outcome } from '../core/outcome.ts';
import { readManifest } from '../snapshot/manifest.ts';
import { readSnapshotTable } from './snapshot-table.ts';

/** What one peer answered, as far as it is known. */
export interface PeerAnswer {
  readonly agent: string | undefined;
  readonly outcome: Outcome | undefined;
}

/**
 * What peers.csv of a snapshot says of agents and outcomes, by the ids of peers; nothing else of it is made a text. O(bytes).
 * @throws {PeerscopeError} (bad-input) as `readSnapshotTable`.
 */
export async function readPeerAnswers(snapshotDir: string): Promise<Map<string, PeerAnswer>> {
  const answers = new Map<string, PeerAnswer>();
  // Of the few that there are, one each.
  const agents = new Map<string, string>();
  await readSnapshotTable(snapshotDir, 'peers.csv', readManifest(snapshotDir), (columns) => {
    const [id, agent, outcome] = [columns.of('id'), columns.of('agent'), columns.of('outcome')];
    return (row) => {
      const said = columns.text(row, agent);
      if (said !== '' && !agents.has(said)) agents.set(said, said);
      answers.set(columns.text(row, id), { agent: agents.get(said), outcome: columns.outcome(row, outcome) });
    };
  });
  return answers;
}
