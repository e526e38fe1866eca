import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PeerscopeError } from '../core/errors.ts';
import { readSnapshotTopology } from '../formats/snapshot-topology.ts';
import type { PeerAnswers, ViewSubject } from '../reports/view/make-view.ts';
import { joinLooks } from '../reports/view/series-view.ts';
import { readManifest } from '../snapshot/manifest.ts';
import { readStoredPeers } from '../snapshot/read.ts';
import { isSeries, readSeries } from '../snapshot/series.ts';
import type { RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { topologyInputs } from './topology-input.ts';

/** Snapshots of a series that the slider has; of more, the last ones. */
const MOST_LOOKS = 48;

/**
 * Reads an INPUT with what the viewer shows besides its topology: what peers answered, or the snapshots of a series.
 * @throws {PeerscopeError} (bad-input) for a snapshot that is still being written, or damaged.
 */
export async function readViewInput(
  name: string,
  raw: RawArguments,
  context: CliContext,
): Promise<ViewSubject> {
  if (isDirectory(name) && isSeries(name)) return await readSeriesInput(name);
  const isSnapshot = isDirectory(name) && existsSync(join(name, 'manifest.json'));
  if (isSnapshot) refuseUnwritten(name);
  const [input] = await topologyInputs([name], raw, context);
  if (input === undefined) throw new RangeError(name);
  const { topology, notes } = await input.read();
  if (topology.size === 0) throw new PeerscopeError('bad-input', `${name} has no peers to look at`);
  return { name, topology, notes, ...(isSnapshot ? { answers: await answersIn(name) } : {}) };
}

async function readSeriesInput(name: string): Promise<ViewSubject> {
  const whole = readSeries(name).snapshots.filter(({ state }) => state === 'complete');
  const shown = whole.slice(-MOST_LOOKS);
  const last = shown.at(-1);
  if (last === undefined) {
    throw new PeerscopeError('bad-input', `the series ${name} has no complete snapshot yet`, {
      hint: `peerscope crawl --resume ${name} goes on with it.`,
    });
  }
  const looks = [];
  for (const { name: snapshot, startedAt } of shown) {
    const { topology } = await readSnapshotTopology(join(name, snapshot));
    looks.push({ name: snapshot, startedAt, topology });
  }
  const answers = new Map<string, { agent: string | undefined; outcome: undefined }>();
  for (const { name: snapshot } of shown) {
    for (const [id, { agent }] of await answersIn(join(name, snapshot)))
      if (agent !== undefined) answers.set(id, { agent, outcome: undefined });
  }
  return {
    name,
    ...joinLooks(looks),
    answers,
    notes: [
      `All peers and links of ${shown.length} snapshots; the slider shows those of one. Roles and agents are the last that were known, degrees those of all links together.`,
      ...(whole.length > shown.length
        ? [`The last ${shown.length} of ${whole.length} complete snapshots are shown.`]
        : []),
    ],
  };
}

function refuseUnwritten(name: string): void {
  const { state, counts } = readManifest(name);
  if (state === 'complete' || counts !== null || existsSync(join(name, 'links.csv'))) return;
  throw new PeerscopeError(
    'bad-input',
    `the snapshot ${name} is still being written, or its crawl was cut off: it has no tables yet`,
    {
      hint: `Wait until the crawl has ended; peerscope crawl --resume ${name} goes on where it was cut off.`,
    },
  );
}

async function answersIn(snapshotDir: string): Promise<PeerAnswers> {
  const peers = await readStoredPeers(snapshotDir);
  return new Map(peers.map(({ id, agent, outcome }) => [id, { agent, outcome }]));
}

function isDirectory(name: string): boolean {
  return existsSync(name) && statSync(name).isDirectory();
}
