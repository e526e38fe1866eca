import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PeerscopeError } from '../core/errors.ts';
import { isSnapshot } from '../formats/input.ts';
import { readJournalTopology } from '../formats/journal-topology.ts';
import { readPeerAnswers, type PeerAnswer } from '../formats/peer-answers.ts';
import { readSnapshotTopology } from '../formats/snapshot-topology.ts';
import type { ViewSubject } from '../reports/view/make-view.ts';
import { joinLooks, type SeriesLook } from '../reports/view/series-view.ts';
import { readManifest, type Manifest } from '../snapshot/manifest.ts';
import { isSeries, readSeries } from '../snapshot/series.ts';
import type { RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { topologyInputs } from './topology-input.ts';

/** Snapshots of a series that the slider has; of more, the last ones. */
const MOST_LOOKS = 48;

/**
 * Reads an INPUT with what the viewer shows besides its topology: what peers answered, or the snapshots of a series. Of a snapshot that
 * has no tables, what its journal has.
 * @throws {PeerscopeError} (bad-input) where it is damaged, or has no peers.
 */
export async function readViewInput(
  name: string,
  raw: RawArguments,
  context: CliContext,
): Promise<ViewSubject> {
  if (isDirectory(name) && isSeries(name)) return await readSeriesInput(name);
  const manifest = isSnapshot(name) ? readManifest(name) : undefined;
  if (manifest?.state === 'incomplete' && manifest.counts === null)
    return { name, ...(await readUnfinished(name, manifest)) };
  const [input] = await topologyInputs([name], raw, context);
  if (input === undefined) throw new RangeError(name);
  const { topology, notes } = await input.read();
  if (topology.size === 0) throw new PeerscopeError('bad-input', `${name} has no peers to look at`);
  const answers = manifest === undefined ? undefined : await readPeerAnswers(name);
  return { name, topology, notes, ...(answers === undefined ? {} : { answers }) };
}

async function readUnfinished(name: string, manifest: Manifest): Promise<Omit<ViewSubject, 'name'>> {
  const { topology, counts, answers } = await readJournalTopology(name, manifest);
  return {
    topology,
    answers,
    notes: [
      `The snapshot is still being written, or its crawl was cut off: this is what ${counts.visits.toLocaleString('en-US')} visits have told. peerscope crawl --resume goes on with one that was cut off.`,
    ],
  };
}

async function readSeriesInput(name: string): Promise<ViewSubject> {
  const whole = readSeries(name).snapshots.filter(({ state }) => state === 'complete');
  const shown = whole.slice(-MOST_LOOKS);
  if (shown.length === 0) {
    throw new PeerscopeError('bad-input', `the series ${name} has no complete snapshot yet`, {
      hint: `peerscope crawl --resume ${name} goes on with it.`,
    });
  }
  const looks: SeriesLook[] = [];
  const last = new Map<string, PeerAnswer>();
  for (const { name: snapshot, startedAt } of shown) {
    const folder = join(name, snapshot);
    const { topology } = await readSnapshotTopology(folder);
    const answers = await readPeerAnswers(folder);
    looks.push({ name: snapshot, startedAt, topology, answers });
    for (const [id, { agent, outcome }] of answers) {
      const before = last.get(id);
      last.set(id, { agent: agent ?? before?.agent, outcome: outcome ?? before?.outcome });
    }
  }
  return {
    name,
    ...joinLooks(looks),
    answers: last,
    notes: [
      `All peers and links of ${shown.length} snapshots; the slider shows those of one, with its roles, outcomes and degrees. Agents are the last that were known, components those of all links together.`,
      ...(whole.length > shown.length
        ? [`The last ${shown.length} of ${whole.length} complete snapshots are shown.`]
        : []),
    ],
  };
}

function isDirectory(name: string): boolean {
  return existsSync(name) && statSync(name).isDirectory();
}
