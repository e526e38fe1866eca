/** The mean radius of the Earth in km (IUGG: the mean of the three half-axes of its ellipsoid). */
export const EARTH_RADIUS_KM = 6371.0088;

const DEGREE = Math.PI / 180;

/**
 * The great-circle distance of two points on a sphere of the Earth's mean radius, in km, by the haversine formula, which keeps its
 * digits for near points. The true distance on the ellipsoid differs by up to 0.6 %. Degrees, north and east above 0.
 */
export function greatCircleKm(
  fromLatitude: number,
  fromLongitude: number,
  toLatitude: number,
  toLongitude: number,
): number {
  const acrossHalf = Math.sin(((toLatitude - fromLatitude) * DEGREE) / 2);
  const alongHalf = Math.sin(((toLongitude - fromLongitude) * DEGREE) / 2);
  const haversine =
    acrossHalf ** 2 + Math.cos(fromLatitude * DEGREE) * Math.cos(toLatitude * DEGREE) * alongHalf ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(haversine)));
}

/** Points on a unit sphere, three coordinates each: where distances are asked for again and again, this spares most of their sines. */
export function unitVectors(latitudes: Float64Array, longitudes: Float64Array): Float64Array {
  const vectors = new Float64Array(3 * latitudes.length);
  for (let point = 0; point < latitudes.length; point++) {
    const [latitude, longitude] = [latitudes[point]! * DEGREE, longitudes[point]! * DEGREE];
    vectors[3 * point] = Math.cos(latitude) * Math.cos(longitude);
    vectors[3 * point + 1] = Math.cos(latitude) * Math.sin(longitude);
    vectors[3 * point + 2] = Math.sin(latitude);
  }
  return vectors;
}

/** The great-circle distance of two of these points in km, from the chord between them. */
export function kmOfVectors(vectors: Float64Array, from: number, to: number): number {
  const [a, b] = [3 * from, 3 * to];
  const x = vectors[a]! - vectors[b]!;
  const y = vectors[a + 1]! - vectors[b + 1]!;
  const z = vectors[a + 2]! - vectors[b + 2]!;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(x * x + y * y + z * z) / 2));
}
