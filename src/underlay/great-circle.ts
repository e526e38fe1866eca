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
