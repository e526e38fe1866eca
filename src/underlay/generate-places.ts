import type { Random } from '../core/random.ts';
import { Zipf } from '../models/zipf.ts';
import { cities, type City } from './cities.ts';
import { EARTH_RADIUS_KM } from './great-circle.ts';
import { placesOf, type Place, type Places } from './places.ts';

/** How far from the middle of its city a generated peer may be. */
const CITY_RADIUS_KM = 30;
/** Autonomous systems of a country, which get peers by Zipf's law with exponent 1. */
const SYSTEMS_PER_COUNTRY = 20;
/** The numbers from here on are for private use (RFC 6996), so that nobody takes a generated system for a real one. */
const FIRST_PRIVATE_ASN = 4_200_000_000;

/**
 * Generated places: each peer in a city of the table, drawn by its weight, anywhere within 30 km, in an autonomous system of its
 * country, drawn by Zipf's law. The same random stream gives the same places. O(peers log cities).
 */
export function generatePlaces(peers: number, random: Random): Places {
  const table = cities();
  const drawCity = cityDraw(table);
  const countries = [...new Set(table.map(({ country }) => country))].sort();
  const firstAsn = new Map(
    countries.map((country, k) => [country, FIRST_PRIVATE_ASN + k * SYSTEMS_PER_COUNTRY]),
  );
  const systems = new Zipf(SYSTEMS_PER_COUNTRY);
  return placesOf(
    Array.from({ length: peers }, (): Place => {
      const city = drawCity(random);
      return {
        ...nearTo(city, random),
        country: city.country,
        asn: (firstAsn.get(city.country) ?? 0) + systems.draw(random),
      };
    }),
  );
}

function cityDraw(table: readonly City[]): (random: Random) => City {
  let sum = 0;
  const upTo = table.map(({ weight }) => (sum += weight));
  return (random) => {
    const drawn = random.uniform() * sum;
    return table[upTo.findIndex((limit) => drawn < limit)]!;
  };
}

/** A point of a disc, all its parts alike; no city stands so near to a pole or the date line that it matters. */
function nearTo({ latitude, longitude }: City, random: Random): Pick<Place, 'latitude' | 'longitude'> {
  const degrees = ((CITY_RADIUS_KM * Math.sqrt(random.uniform())) / EARTH_RADIUS_KM) * (180 / Math.PI);
  const bearing = 2 * Math.PI * random.uniform();
  return {
    latitude: latitude + degrees * Math.cos(bearing),
    longitude: longitude + (degrees * Math.sin(bearing)) / Math.cos((latitude * Math.PI) / 180),
  };
}
