import { placesOf, type Places } from '../../src/underlay/places.ts';
import { routerGraph, type RouterNetwork } from '../../src/underlay/router-graph.ts';

/** Peers on the equator, at these degrees east, in these countries; nowhere where the degrees are NaN. */
export function onEquator(degrees: readonly number[], countries: readonly string[] = []): Places {
  return placesOf(
    degrees.map((longitude, peer) => ({
      latitude: 0 * longitude,
      longitude,
      country: countries[peer] ?? '',
      asn: 0,
    })),
  );
}

/** A quarter of a meridian, or of the equator, in km: pi / 2 x 6371.0088. */
export const QUARTER_KM = (Math.PI / 2) * 6371.0088;

/** Routers a - b - c in a row, 10 ms and 20 ms apart, with peer i at router i. */
export function threeRouters(): RouterNetwork {
  const graph = routerGraph(
    ['a', 'b', 'c'],
    [
      { from: 0, to: 1, delay: 10, km: NaN },
      { from: 1, to: 2, delay: 20, km: NaN },
    ],
  );
  return { graph, routers: Uint32Array.of(0, 1, 2), access: new Float64Array(3) };
}
