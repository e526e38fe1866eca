import { drawGraphView, drawMapView, type PathViews } from '../../charts/path-views.ts';
import { createRandom } from '../../core/random.ts';
import type { Cell, Table } from '../../core/table.ts';
import { hybrid } from '../../models/degree-law-model.ts';
import { generatePlaces } from '../../underlay/generate-places.ts';
import { locate, type LocatedOverlay } from '../../underlay/located-overlay.ts';
import { pathStory, type PathStory } from '../../underlay/path-story.ts';
import type { Places } from '../../underlay/places.ts';
import { pathsFrom, samplePaths, type OverlayPath } from '../../underlay/sample-paths.ts';
import { csvText } from '../csv.ts';
import { formatNumber } from '../format-number.ts';
import { pathViews } from '../underlay-map.ts';
import { captionText } from './caption.ts';
import type { Figure } from './figure.ts';
import { sampleOf } from './sample.ts';

/** The path that the slide draws. */
const PATH = { from: 118, to: 18 };

const SLIDE = 'Topology of Hybrid P2P';

export const topologyAbstractFigure: Figure = topologyFigure({
  id: 'topology-abstract',
  title: 'An overlay of 222 peers as an abstract graph',
  draw: drawGraphView,
});

export const topologyGeographicFigure: Figure = topologyFigure({
  id: 'topology-geographic',
  title: 'The same overlay on the map',
  draw: drawMapView,
});

function topologyFigure(parts: {
  readonly id: string;
  readonly title: string;
  readonly draw: (views: PathViews) => string;
}): Figure {
  const { id, title } = parts;
  const figure = { id, title, slide: SLIDE, grade: 'stand-in' } as const;
  return {
    ...figure,
    draw: async ({ seed }) => {
      const { located, path, story } = overlayWithPath(seed);
      const views = await pathViews({ located, path: path.path, story, seed });
      return {
        [`${id}.svg`]: parts.draw(views),
        [`${id}.csv`]: csvText([peersTable(id, located)]),
        [`${id}-links.csv`]: csvText([linksTable(id, located)]),
        [`${id}-path.csv`]: csvText([pathTable(id, story)]),
        [`${id}.caption.txt`]: captionText(figure, { paragraphs: paragraphs(located, story, seed) }),
      };
    },
  };
}

interface Shown {
  readonly located: LocatedOverlay & { readonly places: Places };
  readonly path: OverlayPath;
  readonly story: PathStory;
}

/** The overlay of `underlay hybrid --from 118 --to 18` with this seed; where those two are not joined, its longest way round. */
function overlayWithPath(seed: number): Shown {
  const { topology } = sampleOf(hybrid, seed);
  const places = generatePlaces(topology.size, createRandom(seed).fork('places'));
  const located = { ...locate(topology, { places }), places };
  const [asked] = pathsFrom(located.layers, PATH.from, [PATH.to]);
  const path = asked ?? farthest(samplePaths(located.layers, 10_000, createRandom(seed)).paths);
  return { located, path, story: pathStory(path, located) };
}

function farthest(paths: readonly OverlayPath[]): OverlayPath {
  const [first, ...others] = paths;
  if (first === undefined) throw new RangeError('An overlay with links has paths.');
  return others.reduce((best, path) => (path.delay > best.delay ? path : best), first);
}

function paragraphs({ topology }: LocatedOverlay, story: PathStory, seed: number): string[] {
  const km = (value: number | null): string => (value === null ? 'not known' : `${formatNumber(value)} km`);
  return [
    'The slide shows an overlay of 222 nodes, measured on 1 August 2002, twice: as an abstract graph, and on a map of the world, with the same node numbers, hubs that stand out, and a path from 118 to 18 that zigzags over the map. Its point: the virtual network is not matched to the physical one. The data are not public.',
    `Shown: a sample of the lecture's hybrid law (${topology.size} peers, ${topology.linkCount} links, seed ${seed}) whose peers stand in random cities. It shows what an overlay does that knows no places, and is no measurement of one.`,
    `The path from ${story.from} to ${story.to} has ${story.hops} hops over ${story.countries.join(', ')}, ${km(story.pathKm)} instead of ${km(story.directKm)}${story.detourFactor === null ? '' : `: ${formatNumber(story.detourFactor, 2)} times as far`}.`,
    `peerscope underlay hybrid --from ${story.from} --to ${story.to} --seed ${seed} measures it; with --places or --address-table, an overlay whose places are known.`,
  ];
}

function peersTable(id: string, { topology, places }: Shown['located']): Table {
  return {
    name: id,
    title: 'Peers',
    columns: ['peer', 'latitude', 'longitude', 'country', 'degree', 'role'].map((name) => ({ name })),
    rows: Array.from({ length: topology.size }, (_, peer): Cell[] => [
      topology.idOf(peer),
      Number((places.latitudes[peer] ?? 0).toFixed(4)),
      Number((places.longitudes[peer] ?? 0).toFixed(4)),
      places.countries[peer] ?? null,
      topology.degrees[peer] ?? null,
      topology.columns.roles?.[peer] ?? null,
    ]),
  };
}

function linksTable(id: string, { topology: { pairs, size } }: LocatedOverlay): Table {
  return {
    name: `${id}-links`,
    title: 'Links',
    columns: [{ name: 'source' }, { name: 'target' }],
    rows: Array.from({ length: size }, (_, peer) =>
      [...pairs.targets.subarray(pairs.offsets[peer], pairs.offsets[peer + 1])].map((other): Cell[] => [
        peer,
        other,
      ]),
    ).flat(),
  };
}

function pathTable(id: string, { stops }: PathStory): Table {
  const digits = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(1)));
  return {
    name: `${id}-path`,
    title: 'The path, hop by hop',
    columns: ['hop', 'peer', 'country', 'km', 'km_so_far', 'ms', 'ms_so_far'].map((name) => ({ name })),
    rows: stops.map(({ hop, peer, country, km, kmSoFar, ms, msSoFar }): Cell[] => [
      hop,
      peer,
      country,
      digits(km),
      digits(kmSoFar),
      digits(ms),
      digits(msSoFar),
    ]),
  };
}
