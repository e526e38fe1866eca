import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { generatePlaces } from '../../src/underlay/generate-places.ts';
import { generateRouters } from '../../src/underlay/generate-routers.ts';
import { greatCircleKm } from '../../src/underlay/great-circle.ts';
import { routerUnderlay } from '../../src/underlay/router-graph.ts';
import { NOWHERE, parseAttachmentsCsv, parseRoutersCsv } from '../../src/underlay/routers-csv.ts';
import { shortestWays } from '../../src/topology/shortest-ways.ts';
import { topologyOf } from '../search/support.ts';

const LINES = 'source,target,delay_ms,km\na,b,10,2000\nb,c,20,\n';
const three = topologyOf(3, [
  [0, 1],
  [1, 2],
]);

describe('routers of CSV files', () => {
  it('have delays both ways, and peers at them', () => {
    const graph = parseRoutersCsv(LINES, 'r.csv');
    expect([graph.names, graph.lengths]).toEqual([['a', 'b', 'c'], null]);
    const attached = parseAttachmentsCsv(
      'peer,router,delay_ms\n0,a,1\n2,c,2\n7,b,0\n',
      'a.csv',
      three,
      graph,
    );
    expect([...attached.routers]).toEqual([0, NOWHERE, 2]);
    expect(attached.notes).toEqual(['1 rows of a.csv are of peers that the overlay does not have.']);
    const underlay = routerUnderlay({ graph, ...attached });
    expect([underlay.delaysFrom(0)(2), underlay.delaysFrom(2)(0), underlay.delaysFrom(2)(2)]).toEqual([
      33, 33, 0,
    ]);
  });

  it.each([
    ['source,target\na,b\n', 'r.csv needs the columns source, target, delay_ms'],
    ['source,target,delay_ms\na,b,-1\n', 'r.csv line 2 has the delay_ms "-1"'],
    ['source,target,delay_ms\na,b,\n', 'r.csv line 2 has the delay_ms ""'],
    ['source,target,delay_ms\na,b,1\na,,1\n', 'r.csv line 3 has an empty end'],
    ['source,target,delay_ms\na,a,1\n', 'r.csv line 2 joins the router "a" to itself'],
    ['source,target,delay_ms\na,b,1\nb,a,2\n', 'r.csv line 3 joins the two routers of line 2 again'],
    ['source,target,delay_ms,km\na,b,1,far\n', 'r.csv line 2 has the km "far"'],
  ])('are refused where they are wrong: %j', (text, message) => {
    expect(() => parseRoutersCsv(text, 'r.csv')).toThrow(message);
  });

  it.each([
    ['peer,router\n0,z\n', 'a.csv line 2 names the router "z", which no line between routers has'],
    ['peer,router\n0,a\n0,b\n', 'a.csv line 3 attaches the peer "0" a second time'],
    ['peer,router\n9,a\n', 'a.csv attaches no peer of the overlay'],
    ['peer,router,delay_ms\n0,a,soon\n', 'a.csv line 2 has the delay_ms "soon"'],
  ])('refuse wrong attachments: %j', (text, message) => {
    const graph = parseRoutersCsv(LINES, 'r.csv');
    expect(() => parseAttachmentsCsv(text, 'a.csv', three, graph)).toThrow(message);
  });
});

describe('generated routers', () => {
  const places = generatePlaces(200, createRandom(1));

  it('hang together, and are the same for the same seed', () => {
    const { graph, routers, access } = generateRouters(places, createRandom(2));
    expect(generateRouters(places, createRandom(2)).graph).toEqual(graph);
    expect(shortestWays(graph.rows, graph.delays, 0).order.length).toBe(graph.names.length);
    expect(new Set(routers).size).toBe(graph.names.length);
    expect(access[0]).toBe(5);
    // The second router lays one line, all others two.
    expect(graph.rows.targets.length / 2).toBe(1 + 2 * (graph.names.length - 2));
  });

  it('stand in the cities nearest to their peers', () => {
    const { graph, routers } = generateRouters(places, createRandom(2));
    routers.forEach((router, peer) => {
      const at = graph.places;
      const [latitude, longitude] = [at?.latitudes[router] ?? NaN, at?.longitudes[router] ?? NaN];
      const km = greatCircleKm(latitude, longitude, places.latitudes[peer]!, places.longitudes[peer]!);
      expect(km).toBeLessThan(30.1);
      expect(at?.asns[router]).toBe(places.asns[peer]);
    });
  });

  it('have lines of 5 µs a km', () => {
    const { graph } = generateRouters(places, createRandom(2));
    for (const [k, km] of graph.lengths?.entries() ?? []) expect(graph.delays[k]).toBeCloseTo(km / 200, 9);
    expect(graph.lengths).not.toBeNull();
  });
});
