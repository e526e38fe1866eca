import type { Address } from '../core/address.ts';
import { PeerscopeError } from '../core/errors.ts';
import { createRandom, type Random } from '../core/random.ts';

/** How long a packet takes one way, drawn once per conversation; bandwidth and loss are not modelled. */
export interface Latency {
  readonly name: string;
  /** Milliseconds, above 0, to this peer. */
  draw(random: Random, peer: Address): number;
}

/** The names that `parseLatency` takes; all numbers are milliseconds. */
export const LATENCY_NAMES = [
  'constant:MS',
  'uniform:MIN-MAX',
  'log-normal:MEDIAN:P99',
  'coordinates:NEAR-FAR',
] as const;

/** Standard deviations between the median and the 99th percentile of a normal distribution. */
const NORMAL_99 = 2.3263478740408408;

/**
 * `constant:50`, `uniform:10-200`, `log-normal:80:1000` (median and 99th percentile), `coordinates:10-200`: every peer has
 * a place of its own on a square, the crawler stands in the middle, and the delay grows with the distance between the two,
 * from the first number to the second one in the corners; the same peer is always as far away.
 * @throws {PeerscopeError} `usage` for anything else.
 */
export function parseLatency(name: string): Latency {
  const constant = numbers(/^constant:([\d.]+)$/, name);
  if (constant?.[0] !== undefined) {
    const [delay] = constant;
    return { name, draw: () => delay };
  }
  const uniform = numbers(/^uniform:([\d.]+)-([\d.]+)$/, name);
  if (uniform?.[0] !== undefined && uniform[1] !== undefined && uniform[0] < uniform[1]) {
    const [least, most] = [uniform[0], uniform[1]];
    return { name, draw: (random) => least + (most - least) * random.uniform() };
  }
  const logNormal = numbers(/^log-normal:([\d.]+):([\d.]+)$/, name);
  if (logNormal?.[0] !== undefined && logNormal[1] !== undefined && logNormal[0] < logNormal[1]) {
    const median = logNormal[0];
    const sigma = Math.log(logNormal[1] / median) / NORMAL_99;
    return { name, draw: (random) => median * Math.exp(sigma * normal(random)) };
  }
  const range = numbers(/^coordinates:([\d.]+)-([\d.]+)$/, name);
  if (range?.[0] !== undefined && range[1] !== undefined && range[0] < range[1]) {
    const [near, far] = [range[0], range[1]];
    return { name, draw: (_, peer) => near + (far - near) * distanceOf(peer) };
  }
  throw new PeerscopeError('usage', `unknown latency "${name}"`, {
    hint: `Use one of ${LATENCY_NAMES.join(', ')}, in milliseconds, for example log-normal:80:1000.`,
  });
}

/** The numbers in a name, all above 0 and at most a minute; undefined where it does not fit. */
function numbers(pattern: RegExp, name: string): number[] | undefined {
  const values = pattern.exec(name)?.slice(1).map(Number);
  return values?.every((value) => value > 0 && value <= 60_000) ? values : undefined;
}

/** From the middle of the square to the place of a peer, 1 in the corners: its address says where that is. */
function distanceOf(peer: Address): number {
  const place = createRandom(0).fork(peer);
  return Math.hypot(2 * place.uniform() - 1, 2 * place.uniform() - 1) / Math.SQRT2;
}

/** A standard normal draw (Box and Muller 1958). */
function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()));
  return radius * Math.cos(2 * Math.PI * random.uniform());
}
