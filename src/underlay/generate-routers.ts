import type { Random } from '../core/random.ts';
import { shuffle } from '../core/random.ts';
import { cities } from './cities.ts';
import { greatCircleKm } from './great-circle.ts';
import { placesOf, regionsOf, type Place, type Places } from './places.ts';
import { routerGraph, type RouterLine, type RouterNetwork } from './router-graph.ts';
import { ACCESS_MS, MS_PER_KM } from './underlay.ts';

/** Lines that a router lays to those before it. */
const LINES_PER_ROUTER = 2;
/** Over so many km the probability of a line falls to 1/e; chosen. */
const REACH_KM = 1_000;

/**
 * A generated router graph below peers that have places: a router for each city and autonomous system in which there are peers, each
 * of them at the nearest city of the table. Routers come one after the other, in random order, and lay two lines each to those that are
 * there, drawn in proportion to e^(-km / 1000): Waxman's law ("Routing of multipoint connections", 1988), grown so that the graph is
 * connected. A line takes 5 µs a km. O(peers x cities + routers²).
 */
export function generateRouters(places: Places, random: Random): RouterNetwork {
  const sites = new Map<string, Place & { readonly number: number }>();
  const systems = regionsOf(places, 'as');
  const table = cities();
  const routers = Uint32Array.from(systems, (system, peer) => {
    const { name, country, latitude, longitude } = nearestCity(table, places, peer);
    const site = `${name} ${country} ${system}`.trim();
    const known = sites.get(site);
    if (known !== undefined) return known.number;
    sites.set(site, { number: sites.size, latitude, longitude, country, asn: places.asns[peer]! });
    return sites.size - 1;
  });
  const points = [...sites.values()];
  const order = Uint32Array.from(points.keys());
  shuffle(order, random);
  const lines: RouterLine[] = [];
  order.forEach((from, place) => {
    const present = order.subarray(0, place);
    const km = Float64Array.from(present, (other) => {
      const [a, b] = [points[from]!, points[other]!];
      return greatCircleKm(a.latitude, a.longitude, b.latitude, b.longitude);
    });
    // Between two cities at the ends of the Earth the factor is e^-20, still more than 0.
    const weights = km.map((length) => Math.exp(-length / REACH_KM));
    for (let line = 0; line < Math.min(LINES_PER_ROUTER, place); line++) {
      const drawn = drawByWeight(weights, random);
      weights[drawn] = 0;
      lines.push({ from, to: present[drawn]!, delay: km[drawn]! * MS_PER_KM, km: km[drawn]! });
    }
  });
  return {
    graph: {
      ...routerGraph([...sites.keys()], lines),
      places: placesOf(points),
    },
    routers,
    access: new Float64Array(routers.length).fill(ACCESS_MS),
  };
}

function nearestCity(table: ReturnType<typeof cities>, { latitudes, longitudes }: Places, peer: number) {
  let [nearest, least] = [table[0]!, Infinity];
  for (const city of table) {
    const km = greatCircleKm(latitudes[peer]!, longitudes[peer]!, city.latitude, city.longitude);
    if (km < least) [nearest, least] = [city, km];
  }
  return nearest;
}

function drawByWeight(weights: Float64Array, random: Random): number {
  const drawn = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  let last = 0;
  for (let k = 0; k < weights.length; k++) {
    if (weights[k] === 0) continue;
    last = k;
    if ((sum += weights[k]!) > drawn) return k;
  }
  return last;
}
