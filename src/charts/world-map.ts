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
  /** Where a place is; undefined where it is beside the map. */
  at(point: MapPoint): { readonly x: number; readonly y: number } | undefined;
  /** Path data of great circles from each place to the next one; it breaks where they leave the map at the date line. */
  route(points: readonly MapPoint[]): string;
}

type World = Topology<{ readonly countries: GeometryCollection }>;

/** What the map shows: all land where people live, without the Antarctic. */
const SHOWN: GeoPermissibleObjects = {
  type: 'MultiPoint',
  coordinates: [
    [-180, 0],
    [180, 0],
    [0, -57],
    [0, 90],
  ],
};

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
    SHOWN,
  );
  const whole = geoPath(projection);
  const [[left, top], [right, bottom]] = whole.bounds(SHOWN);
  projection.clipExtent([
    [left, top],
    [right, bottom],
  ]);
  const path = geoPath(projection).digits(DIGITS);
  const world = createRequire(import.meta.url)('world-atlas/countries-110m.json') as World;
  const { countries } = world.objects;
  const borders = mesh(world, countries, (a, b) => a !== b);
  return {
    ground: [
      element('path', { d: path({ type: 'Sphere' }) ?? '', fill: SEA }),
      element('path', { d: path(feature(world, countries)) ?? '', fill: LAND }),
      element('path', { d: path(borders) ?? '', fill: 'none', stroke: BORDER, 'stroke-width': 0.7 }),
    ],
    at: ({ latitude, longitude }) => {
      const place = projection([longitude, latitude]);
      if (place === null) return undefined;
      const [px, py] = place;
      return px >= left && px <= right && py >= top && py <= bottom ? { x: px, y: py } : undefined;
    },
    route: (points) =>
      path({
        type: 'LineString',
        coordinates: points.map(({ latitude, longitude }) => [longitude, latitude]),
      }) ?? '',
  };
}
