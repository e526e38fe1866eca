import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AnalysisOptions, Cost } from '../analyses/analysis.ts';
import type { Finding, RegisteredAnalysis } from '../analyses/index.ts';
import type { Crew } from '../core/crew.ts';
import { isSnapshot, type ReadInput } from '../formats/input.ts';
import { readJournalTopology } from '../formats/journal-topology.ts';
import type { TopologyFileOptions } from '../formats/topology-file.ts';
import { drawOverlay } from '../reports/page/overlay-graph.ts';
import type { LeftOut, ReportedInput, ReportedSnapshot } from '../reports/page/reported-input.ts';
import { countPeers, VisitClock, type VisitTimes } from '../snapshot/counted-peers.ts';
import { readJournal } from '../snapshot/journal.ts';
import { readManifest } from '../snapshot/manifest.ts';
import type { Topology } from '../topology/topology.ts';
import { locationOf, type LocationArguments } from './location-arguments.ts';
import type { TopologyInput } from './topology-input.ts';

/** How an input is read and measured. */
export interface Measuring {
  readonly file: TopologyFileOptions;
  readonly analyses: readonly RegisteredAnalysis[];
  readonly options: AnalysisOptions;
  readonly limits: Limits;
  readonly location: LocationArguments;
  readonly crew: Crew;
  /** Bytes that are free. */
  readonly memory: number;
  readonly show: (line: string) => void;
}

/** What an analysis may take; it is left out where it would take more. The same wherever a report is made, so that reports are the same. */
export interface Limits {
  /** Seconds of one core. */
  readonly seconds: number;
  readonly bytes: number;
}

/** A journal of more bytes takes too long for a picture of outcomes over time. */
const MOST_JOURNAL_BYTES = 64_000_000;

/**
 * Reads one input of a report, measures and lays it out.
 * @throws {PeerscopeError} (bad-input) where it is damaged.
 */
export async function reportedInput(input: TopologyInput, how: Measuring): Promise<ReportedInput> {
  const { name } = input;
  how.show(`reading ${name}`);
  const { read, snapshot } = await readReported(input, how);
  const { topology, notes, digests } = read;
  const { findings, leftOut } = await analyse(name, topology, how);
  const hasPlaces = how.location.places !== undefined || how.location.addressTable !== undefined;
  const located = hasPlaces ? locationOf(how.location, topology, how.options.seed) : undefined;
  const graph = await drawOverlay(topology, {
    seed: how.options.seed,
    layout: {
      crew: how.crew,
      progress: (share) => {
        how.show(`${name}: laying out ${Math.floor(100 * share)} %`);
      },
    },
  });
  return {
    name,
    topology,
    notes,
    digests,
    findings,
    leftOut,
    snapshot,
    ...(located?.location.places === undefined
      ? {}
      : { location: { places: located.location.places, notes: located.notes } }),
    graph,
  };
}

async function readReported(
  input: TopologyInput,
  { file, memory }: Measuring,
): Promise<{ readonly read: ReadInput; readonly snapshot?: ReportedSnapshot }> {
  const { name } = input;
  if (!isSnapshot(name)) return { read: await input.read(file, memory) };
  const manifest = readManifest(name);
  if (manifest.state === 'incomplete' && manifest.counts === null) {
    const { topology, notes, counts, peers, visits } = await readJournalTopology(name, manifest);
    return {
      read: { topology, notes, digests: {} },
      snapshot: { manifest, peers, visits, unfinished: counts.visits },
    };
  }
  const read = await input.read(file, memory);
  return {
    read,
    snapshot: {
      manifest,
      peers: await countPeers(name),
      visits: await visitTimes(name, Date.parse(manifest.startedAt)),
      unfinished: undefined,
    },
  };
}

/** From the journal, where it is there and cheap to read. */
async function visitTimes(snapshotDir: string, begin: number): Promise<VisitTimes | undefined> {
  const folder = join(snapshotDir, 'visits');
  if (!existsSync(folder)) return undefined;
  const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  if (bytes > MOST_JOURNAL_BYTES) return undefined;
  const clock = new VisitClock(begin);
  for await (const visit of readJournal(snapshotDir, () => undefined)) clock.add(visit);
  return Object.keys(clock.times).length === 0 ? undefined : clock.times;
}

async function analyse(
  name: string,
  topology: Topology,
  { analyses, options, limits, crew, memory, show }: Measuring,
): Promise<{ readonly findings: Finding[]; readonly leftOut: LeftOut[] }> {
  const findings: Finding[] = [];
  const leftOut: LeftOut[] = [];
  for (const analysis of analyses) {
    const cost = await analysis.cost(topology, options);
    if (isTooMuch(cost, limits, memory)) {
      leftOut.push({ analysis: analysis.name, ...cost });
      continue;
    }
    const progress = (share: number): void => {
      show(`${name}: ${analysis.name} ${Math.floor(100 * share)} %`);
    };
    progress(0);
    findings.push(await analysis.find(topology, options, { crew, progress }));
  }
  return { findings, leftOut };
}

function isTooMuch({ seconds, bytes }: Cost, limits: Limits, memory: number): boolean {
  return seconds > limits.seconds || bytes > Math.min(limits.bytes, memory);
}
