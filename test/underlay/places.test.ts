import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { parseAddressTable, placesByAddress } from '../../src/underlay/address-table.ts';
import { cities } from '../../src/underlay/cities.ts';
import { continentOf } from '../../src/underlay/continents.ts';
import { generatePlaces } from '../../src/underlay/generate-places.ts';
import { greatCircleKm, kmOfVectors, unitVectors } from '../../src/underlay/great-circle.ts';
import { kmBetween, regionsOf } from '../../src/underlay/places.ts';
import { parsePlacesCsv } from '../../src/underlay/places-csv.ts';
import { fromLinks } from '../../src/topology/builder.ts';
import { topologyOf } from '../search/support.ts';

describe('great circles', () => {
  // By hand: a quarter of a great circle is pi / 2 x 6371.0088 km = 10,007.557 km.
  it.each([
    [0, 0, 90, 0, 10_007.557],
    [0, 0, 0, 90, 10_007.557],
    [0, 0, 0, 180, 20_015.115],
    [-90, 13, 90, -100, 20_015.115],
    [48.9, 2.4, 48.9, 2.4, 0],
    // One degree of a meridian; across the date line, two degrees of the equator.
    [50, 10, 51, 10, 111.195],
    [0, 179, 0, -179, 222.39],
  ])('from %d, %d to %d, %d', (a, b, c, d, km) => {
    expect(greatCircleKm(a, b, c, d)).toBeCloseTo(km, 2);
    expect(greatCircleKm(c, d, a, b)).toBeCloseTo(km, 2);
    // By chords the same, and near antipodes to a metre or so.
    expect(kmOfVectors(unitVectors(Float64Array.of(a, c), Float64Array.of(b, d)), 0, 1)).toBeCloseTo(km, 2);
  });
});

describe('generated places', () => {
  it('are the same for the same seed, and stand within 30 km of a city of their country', () => {
    const places = generatePlaces(300, createRandom(5));
    expect(generatePlaces(300, createRandom(5))).toEqual(places);
    expect(generatePlaces(300, createRandom(6))).not.toEqual(places);
    const table = cities();
    for (let peer = 0; peer < 300; peer++) {
      const [latitude, longitude] = [places.latitudes[peer]!, places.longitudes[peer]!];
      const near = table.some(
        (city) =>
          city.country === places.countries[peer] &&
          greatCircleKm(city.latitude, city.longitude, latitude, longitude) < 30.1,
      );
      expect(near).toBe(true);
    }
    expect(Math.min(...places.asns)).toBeGreaterThanOrEqual(4_200_000_000);
  });

  it('come from a table of sound rows, all in countries of a known continent', () => {
    for (const { name, country, latitude, longitude, weight } of cities()) {
      expect(continentOf(country), name).not.toBe('');
      expect(Math.abs(latitude) < 70 && Math.abs(longitude) <= 180 && weight > 0, name).toBe(true);
    }
  });
});

describe('places of a CSV file', () => {
  const three = topologyOf(3, [
    [0, 1],
    [1, 2],
  ]);

  it('are those of its rows; other peers have none, and rows of strangers are told', () => {
    const text = 'peer,latitude,longitude,country,asn\n0,48.9,2.4,fr,AS64500\n2,-33.9,151.2,AU,\n9,0,0,,\n';
    const { places, notes } = parsePlacesCsv(text, 'p.csv', three);
    expect([...places.latitudes]).toEqual([48.9, NaN, -33.9]);
    expect(regionsOf(places, 'country')).toEqual(['FR', '', 'AU']);
    expect(regionsOf(places, 'continent')).toEqual(['EU', '', 'OC']);
    expect(regionsOf(places, 'as')).toEqual(['AS64500', '', '']);
    expect(kmBetween(places, 0, 1)).toBeNaN();
    expect(notes).toEqual(['1 rows of p.csv are of peers that the overlay does not have.']);
  });

  it.each([
    ['peer,latitude\n0,1\n', 'p.csv needs the columns peer, latitude, longitude; it has "peer", "latitude"'],
    ['peer,latitude,longitude\n', 'p.csv has no rows below its header'],
    ['peer,latitude,longitude\n0,1,2\n1,91,2\n', 'p.csv line 3 has the latitude "91"'],
    ['peer,latitude,longitude\n0,1,-180.5\n', 'p.csv line 2 has the longitude "-180.5"'],
    ['peer,latitude,longitude\n0,,2\n', 'p.csv line 2 has the latitude ""'],
    ['peer,latitude,longitude\n0,north,2\n', 'p.csv line 2 has the latitude "north"'],
    ['peer,latitude,longitude,country\n0,1,2,Germany\n', 'p.csv line 2 has the country "Germany"'],
    ['peer,latitude,longitude,asn\n0,1,2,-5\n', 'p.csv line 2 has the asn "-5"'],
    ['peer,latitude,longitude,asn\n0,1,2,4294967296\n', 'p.csv line 2 has the asn "4294967296"'],
    ['peer,latitude,longitude\n0,1,2\n0,1,2\n', 'p.csv line 3 places the peer "0" a second time'],
    ['peer,latitude,longitude\nx,1,2\n', 'p.csv has no place for any peer of the overlay'],
    ['peer,latitude,longitude\n0,1\n', 'p.csv: '],
  ])('are refused where they are wrong: %j', (text, message) => {
    expect(() => parsePlacesCsv(text, 'p.csv', three)).toThrow(message);
  });
});

describe('places of an address table', () => {
  const peers = fromLinks({
    directed: false,
    ids: ['192.0.2.1:6346', '192.0.2.200:1', '198.51.100.7:6346', '[2001:db8::5]:6346', '203.0.113.9'],
    sources: Uint32Array.of(0),
    targets: Uint32Array.of(1),
  });
  const header = 'prefix,latitude,longitude,country,asn\n';

  it('are those of the longest prefix, of IPv4 and IPv6', () => {
    const table = parseAddressTable(
      `${header}192.0.2.0/24,1,1,DE,1\n192.0.2.128/25,2,2,FR,2\n192.0.0.0/8,3,3,US,3\n2001:db8::/32,4,4,NL,4\n203.0.113.9,5,5,BE,5\n`,
      't.csv',
    );
    const { places } = placesByAddress(peers, table, 't.csv');
    expect(places.countries).toEqual(['DE', 'FR', '', 'NL', 'BE']);
    expect([...places.latitudes]).toEqual([1, 2, NaN, 4, 5]);
  });

  it.each([
    ['192.0.2.1/24,1,1,DE,1\n', 't.csv line 2: "192.0.2.1/24" has an address with bits beyond the first 24'],
    ['192.0.2/24,1,1,DE,1\n', 't.csv line 2: "192.0.2/24" is not an IP address'],
    ['192.0.2.0/24,1,1,,\n192.0.2.0/24,1,1,,\n', 't.csv line 3 has the prefix 192.0.2.0/24 of line 2 again'],
  ])('are refused where they are wrong: %j', (rows, message) => {
    expect(() => parseAddressTable(header + rows, 't.csv')).toThrow(message);
  });

  it('need ids that are addresses, and some of them in a prefix', () => {
    const table = parseAddressTable(`${header}10.0.0.0/8,1,1,DE,1\n`, 't.csv');
    expect(() => placesByAddress(peers, table, 't.csv')).toThrow('t.csv has no prefix that a peer');
    expect(() => placesByAddress(topologyOf(2, [[0, 1]]), table, 't.csv')).toThrow('no id of this overlay');
  });
});
