import { createRequire } from 'node:module';
import { geoNaturalEarth1, geoPath, type GeoPermissibleObjects } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Box } from './component-packing.ts';
import { element, type SvgElement } from './svg.ts';

/** A place in degrees, north and east above 0. */
export interface MapPoint {
  readonly latitude: number;
  readonly longitude: number;
}

/** A map of the world in a box of a drawing. */
export interface WorldMap {
  /** Sea, land and borders. */
  readonly ground: readonly SvgElement[];
  /** Where a place is; undefined where it is none. */
  at(point: MapPoint): { readonly x: number; readonly y: number } | undefined;
  /** Path data of great circles from each place to the next one; it breaks where they leave the map at the date line. */
  route(points: readonly MapPoint[]): string;
}

type World = Topology<{ readonly countries: GeometryCollection }>;

const GLOBE: GeoPermissibleObjects = { type: 'Sphere' };

const SEA = '#F4F7FA';
const LAND = '#E3E3DC';
const BORDER = '#FFFFFF';
/** Digits of coordinates, as in svg.ts. */
const DIGITS = 2;

/** The world in the projection Natural Earth, as large as the box has room for. Land: Natural Earth, 1:110 million. */
export function worldMap(box: Box): WorldMap {
  const { x, y, width, height } = box;
  const projection = geoNaturalEarth1().fitExtent(
    [
      [x, y],
      [x + width, y + height],
    ],
    GLOBE,
  );
  const path = geoPath(projection).digits(DIGITS);
  const world = createRequire(import.meta.url)('world-atlas/countries-110m.json') as World;
  const { countries } = world.objects;
  const borders = mesh(world, countries, (a, b) => a !== b);
  return {
    ground: [
      element('path', { d: path(GLOBE) ?? '', fill: SEA }),
      element('path', { d: path(feature(world, countries)) ?? '', fill: LAND }),
      element('path', { d: path(borders) ?? '', fill: 'none', stroke: BORDER, 'stroke-width': 0.7 }),
    ],
    at: ({ latitude, longitude }) => {
      const place = projection([longitude, latitude]);
      return place?.every(Number.isFinite) === true ? { x: place[0], y: place[1] } : undefined;
    },
    route: (points) =>
      path({
        type: 'LineString',
        coordinates: points.map(({ latitude, longitude }) => [longitude, latitude]),
      }) ?? '',
  };
}
