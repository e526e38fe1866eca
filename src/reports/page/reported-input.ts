import type { Finding } from '../../analyses/index.ts';
import type { CountedPeers, VisitTimes } from '../../snapshot/counted-peers.ts';
import type { Manifest } from '../../snapshot/manifest.ts';
import type { Topology } from '../../topology/topology.ts';
import type { Places } from '../../underlay/places.ts';
import type { SeriesReport } from '../series-report.ts';
import type { DrawnOverlay } from './overlay-graph.ts';

/** One input of a report: what was read, and all that was found about it. */
export interface ReportedInput {
  /** As it was named. */
  readonly name: string;
  readonly topology: Topology;
  /** How it was read, one sentence each. */
  readonly notes: readonly string[];
  /** SHA-256 of each file that was read. */
  readonly digests: Readonly<Record<string, string>>;
  readonly findings: readonly Finding[];
  readonly leftOut: readonly LeftOut[];
  readonly snapshot?: ReportedSnapshot | undefined;
  /** Where the snapshot is the last one of a series. */
  readonly series?: ReportedSeries | undefined;
  readonly location?: { readonly places: Places; readonly notes: readonly string[] } | undefined;
  readonly graph: DrawnOverlay;
}

/** What a snapshot tells beyond its links. */
export interface ReportedSnapshot {
  readonly manifest: Manifest;
  readonly peers: CountedPeers;
  /** Undefined where its journal is not there, or too long to read for a picture. */
  readonly visits: VisitTimes | undefined;
  /** How many visits the report is of, where the snapshot has no tables yet; undefined where it has. */
  readonly unfinished: number | undefined;
}

/** A series, by its complete snapshots. */
export interface ReportedSeries {
  readonly directory: string;
  readonly complete: number;
  /** Undefined where there are fewer than two. */
  readonly comparison: SeriesReport | undefined;
}

/** An analysis that would have taken too much, and how much. */
export interface LeftOut {
  readonly analysis: string;
  /** Seconds of one core. */
  readonly seconds: number;
  readonly bytes: number;
}

/** The result of an analysis, by the name that the registry gives it; undefined where it did not run. */
export function resultOf(findings: readonly Finding[], name: string): unknown {
  return findings.find((finding) => finding.name === name)?.result;
}
