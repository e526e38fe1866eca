import { createRandom } from '../core/random.ts';
import { floodMessages, trafficOf, type Traffic } from './link-stress.ts';
import type { LocatedOverlay } from './located-overlay.ts';
import { mismatchedPaths, type Mismatched } from './mismatched-paths.ts';
import { multicastOnUnderlay, type MulticastOnUnderlay } from './multicast-on-underlay.ts';
import { pathStory, type PathStory } from './path-story.ts';
import { peersByRouter } from './router-graph.ts';
import { nearness, type Nearness } from './same-region.ts';
import { pathsFrom, samplePaths, type OverlayPath } from './sample-paths.ts';
import { quantile, spreadOf, type Spread } from './spread.ts';
import {
  detourOf,
  isMeasurable,
  stretchByHops,
  stretchOf,
  worstPath,
  type Detour,
  type Stretch,
} from './stretch.ts';

export interface UnderlayOptions {
  /** Pairs of peers whose paths are measured, at least; all of them where there are no more. */
  readonly pairs: number;
  /** How often peers change places for the null. */
  readonly shuffles: number;
  /** Hops of the floods whose traffic is counted. */
  readonly ttl: number;
  /** How many floods that are, from random peers. */
  readonly floods: number;
  readonly seed: number;
  /** A path to tell of. */
  readonly chosen?: { readonly from: number; readonly to: number };
  /** Who sends a multicast to all others. */
  readonly root?: number;
}

/** How an overlay lies over the network below it. */
export interface UnderlayResult {
  readonly peers: number;
  readonly links: number;
  readonly leftOut: LocatedOverlay['leftOut'];
  readonly pairs: {
    readonly measured: number;
    readonly isAll: boolean;
    readonly sources: number;
    readonly unjoined: number;
  };
  readonly stretch: Stretch;
  /** Null where peers have no places, as is all that needs them. */
  readonly detour: Detour | null;
  /** ms of a link, the average neighbour distance, and of a direct way between the pairs. */
  readonly linkMs: number;
  readonly directMs: Spread | null;
  readonly nearness: Nearness | null;
  /** Of floods; means over them. Null where there are no routers, as is all that needs them. */
  readonly flood: FloodTraffic | null;
  readonly mismatched: Mismatched | null;
  readonly multicast: MulticastOnUnderlay | null;
  readonly worst: PathStory | null;
  readonly chosen: PathStory | null;
  /** The stretch by hops that each hundredth of the pairs does not exceed. */
  readonly stretchQuantiles: readonly { readonly share: number; readonly stretch: number }[];
}

export interface FloodTraffic extends Traffic {
  readonly floods: number;
  readonly ttl: number;
}

/** What was measured, and the paths as numbers of the located peers, for drawings. */
export interface MeasuredUnderlay {
  readonly result: UnderlayResult;
  readonly worst: OverlayPath | undefined;
  /** Undefined too where the overlay does not join the two. */
  readonly chosen: OverlayPath | undefined;
}

/** All measures; the result depends on the seed alone. See the functions that it calls for what each costs. */
export function measureUnderlay(located: LocatedOverlay, options: UnderlayOptions): MeasuredUnderlay {
  const { topology, places, network, layers } = located;
  const random = createRandom(options.seed).fork('underlay');
  const sampled = samplePaths(layers, options.pairs, random.fork('pairs'));
  const stretch = stretchOf(sampled);
  const measured = sampled.paths.filter(isMeasurable);
  const worst = worstPath(sampled, places);
  const chosen =
    options.chosen === undefined ? undefined : pathsFrom(layers, options.chosen.from, [options.chosen.to])[0];
  const story = (path: OverlayPath | undefined): PathStory | null =>
    path === undefined ? null : pathStory(path, located);
  const result: UnderlayResult = {
    peers: topology.size,
    links: topology.linkCount,
    leftOut: located.leftOut,
    pairs: {
      measured: sampled.paths.length,
      isAll: sampled.isAll,
      sources: sampled.sources,
      unjoined: sampled.unjoined,
    },
    stretch,
    detour: places === undefined ? null : detourOf(sampled, places),
    linkMs: meanOf(layers.delays.filter((delay) => delay < Infinity)),
    directMs: spreadOf(
      measured.map(({ direct }) => direct),
      measured.map(({ source }) => source),
      sampled.isAll,
    ),
    nearness:
      places === undefined
        ? null
        : nearness(topology.pairs, places, options.shuffles, random.fork('shuffles')),
    flood: network === undefined ? null : floodTraffic(located, options),
    mismatched:
      network === undefined
        ? null
        : mismatchedPaths(
            network,
            measured.map(({ path }) => path),
          ),
    multicast: options.root === undefined ? null : multicastOnUnderlay(layers, network, options.root),
    worst: story(worst),
    chosen: story(chosen),
    stretchQuantiles: hundredths(Float64Array.from(measured, stretchByHops).sort()),
  };
  return { result, worst, chosen };
}

function floodTraffic(
  { layers: { rows }, network, topology }: LocatedOverlay,
  { floods, ttl, seed }: UnderlayOptions,
): FloodTraffic | null {
  if (network === undefined) return null;
  const random = createRandom(seed).fork('floods');
  const { degrees } = topology;
  const linked = Uint32Array.from(degrees.keys()).filter((peer) => degrees[peer]! > 0);
  const order = peersByRouter(network);
  const each = Array.from({ length: floods }, () =>
    trafficOf(network, floodMessages(rows, linked[random.int(linked.length)]!, ttl, order)),
  );
  const mean = (of: (traffic: Traffic) => number): number => meanOf(each.map(of));
  return {
    floods,
    ttl,
    messages: mean((traffic) => traffic.messages),
    crossings: mean((traffic) => traffic.crossings),
    linesUsed: mean((traffic) => traffic.linesUsed),
    meanStress: mean((traffic) => traffic.meanStress),
    maxStress: mean((traffic) => traffic.maxStress),
  };
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k]!;
  return sum / values.length;
}

function hundredths(sorted: Float64Array): { share: number; stretch: number }[] {
  if (sorted.length === 0) return [];
  return Array.from({ length: 101 }, (_, k) => ({ share: k / 100, stretch: quantile(sorted, k / 100) }));
}
