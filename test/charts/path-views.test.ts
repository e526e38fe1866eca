import { describe, expect, it } from 'vitest';
import { pathOnMap } from '../../src/charts/path-on-map.ts';
import { pathStops } from '../../src/charts/path-marks.ts';
import { drawPathViews, type PathViews } from '../../src/charts/path-views.ts';
import { worldMap } from '../../src/charts/world-map.ts';

const BOX = { x: 100, y: 50, width: 700, height: 350 };

describe('a map of the world', () => {
  const map = worldMap(BOX);

  it('has the equator and Greenwich in the middle of its width, north above south', () => {
    const centre = map.at({ latitude: 0, longitude: 0 });
    expect(centre?.x).toBeCloseTo(BOX.x + BOX.width / 2, 6);
    const [north, south] = [50, -50].map((latitude) => map.at({ latitude, longitude: 0 })?.y ?? NaN);
    expect(north).toBeLessThan(centre?.y ?? NaN);
    expect(south).toBeGreaterThan(centre?.y ?? NaN);
    expect(map.at({ latitude: 0, longitude: 90 })?.x).toBeGreaterThan(centre?.x ?? NaN);
  });

  it('stays in its box, and has no place for what is none', () => {
    for (let latitude = -90; latitude <= 90; latitude += 10) {
      for (let longitude = -175; longitude <= 175; longitude += 25) {
        const at = map.at({ latitude, longitude });
        expect(at?.x).toBeGreaterThanOrEqual(BOX.x);
        expect(at?.x).toBeLessThanOrEqual(BOX.x + BOX.width);
        expect(at?.y).toBeGreaterThanOrEqual(BOX.y);
        expect(at?.y).toBeLessThanOrEqual(BOX.y + BOX.height);
      }
    }
    expect(map.at({ latitude: NaN, longitude: NaN })).toBeUndefined();
  });

  it('breaks a route at the date line, and nowhere else', () => {
    const pieces = (from: number, to: number): number =>
      map
        .route([
          { latitude: 10, longitude: from },
          { latitude: 10, longitude: to },
        ])
        .split('M').length - 1;
    expect([pieces(170, -170), pieces(-60, 60)]).toEqual([2, 1]);
  });
});

describe('an overlay on a map', () => {
  const peers = [
    { id: 'a', latitude: 40, longitude: -74, isHub: true },
    { id: 'b', latitude: 50, longitude: 8, isHub: false },
    { id: 'c', latitude: 50, longitude: 8, isHub: false },
  ];

  it('draws one of several peers at one pixel', () => {
    const drawn = JSON.stringify(pathOnMap(BOX, { peers, links: [[0, 1]], path: [] }));
    expect(drawn.match(/"peer /g)).toHaveLength(1);
    expect(drawn.match(/"superpeer a"/g)).toHaveLength(1);
  });

  it('leaves out links that would hide the map', () => {
    const links = Array.from({ length: 3_001 }, () => [0, 1] as const);
    const count = (all: readonly (readonly [number, number])[]): number =>
      JSON.stringify(pathOnMap(BOX, { peers, links: all, path: [] })).length;
    expect(count(links)).toBe(count([]));
  });
});

describe('the stops of a path', () => {
  it('have their labels apart, as long as there is room', () => {
    const spots = [
      { x: 100, y: 100 },
      { x: 104, y: 100 },
      { x: 100, y: 106 },
    ];
    const labels = pathStops(spots, ['118', '7', '18']).filter(({ name }) => name === 'text');
    expect(new Set(labels.map(({ attributes: { x, y } }) => `${x} ${y}`)).size).toBe(3);
  });
});

describe('both views of a path', () => {
  const views: PathViews = {
    graph: {
      peers: [
        { id: '<a>', x: 0, y: 0, degree: 1, isHub: false },
        { id: 'b', x: 1, y: 0, degree: 1, isHub: true },
      ],
      links: [[0, 1]],
    },
    graphPath: [0, 1],
    map: {
      peers: [
        { id: '<a>', latitude: 0, longitude: 0, isHub: false },
        { id: 'b', latitude: 10, longitude: 100, isHub: true },
      ],
      links: [[0, 1]],
      path: [0, 1],
    },
    title: 'A path',
    subtitle: 'of two peers',
    graphLabel: 'Graph',
    mapLabel: 'Map',
    stops: Array.from({ length: 20 }, (_, k) => `stop ${k}`),
    hasHubs: true,
    description: 'Two peers.',
  };

  it('are one file, the same for the same input, with the same ids twice', () => {
    const svg = drawPathViews(views);
    expect(drawPathViews(views)).toBe(svg);
    expect(svg.match(/font-weight="bold"[^>]*>&#60;a&#62;</g)).toHaveLength(2);
    expect(svg).not.toMatch(/NaN|undefined/);
  });

  it('write labels instead of long ids in both', () => {
    const svg = drawPathViews({ ...views, map: { ...views.map, labels: ['first', 'second'] } });
    expect(svg.match(/>second</g)).toHaveLength(2);
    expect(svg).not.toMatch(/font-weight="bold"[^>]*>&#60;a&#62;</);
  });

  it('name the first and the last of more stops than there is room for', () => {
    const svg = drawPathViews(views);
    expect(svg).toContain('>stop 0<');
    expect(svg).toContain('>… 9 more<');
    expect(svg).toContain('>stop 19<');
    expect(svg).not.toContain('>stop 15<');
  });
});
