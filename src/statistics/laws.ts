import { nearest } from '../core/nearest.ts';
import { PeerscopeError } from '../core/errors.ts';
import { hybridLaw, type HybridReading } from './hybrid-law.ts';
import { EXPONENT_LIMIT, type Law } from './law.ts';
import { powerLaw, pureLaw } from './power-law.ts';

// Whoever asks for a law by name needs these two as well.
export { LECTURE_EXPONENT, type Law } from './law.ts';

/** The names that `parseLaw` takes, for help and error messages. */
export const LAW_NAMES: readonly string[] = [
  'pure',
  'hybrid',
  'hybrid-a',
  'hybrid-b',
  'hybrid-c',
  'power-law:MIN-MAX',
  'power-law:MIN-MAX:ALPHA',
];

/** More values than this make a bootstrap slow, and no overlay has been seen with them. */
const LARGEST_DEGREE = 10_000;

/**
 * The law of that name. `pure`: the lecture's c d^-1.4 on 1..7. `hybrid`: its law with hubs of degree 20, in reading B
 * (`hybrid-a`, `-b`, `-c`: see `hybridLaw`). `power-law:1-32`: c d^-alpha on 1..32 with alpha left to the data;
 * `power-law:1-32:1.4`: with the claim alpha = 1.4.
 * @throws {PeerscopeError} `usage` for any other name.
 */
export function parseLaw(name: string): Law {
  if (name === 'pure') return pureLaw();
  const hybrid = /^hybrid(?:-([abc]))?$/.exec(name);
  if (hybrid) {
    const reading = (hybrid[1] ?? 'b').toUpperCase() as HybridReading; // the pattern admits only the three
    return { ...hybridLaw(reading), name };
  }
  const general = /^power-law:(\d{1,9})-(\d{1,9})(?::(-?\d+(?:\.\d+)?))?$/.exec(name);
  if (general) {
    const [min, max] = [Number(general[1]), Number(general[2])];
    const exponent = general[3] === undefined ? undefined : Number(general[3]);
    const legal = min >= 1 && max > min && max <= LARGEST_DEGREE;
    if (legal && Math.abs(exponent ?? 0) <= EXPONENT_LIMIT) return { ...powerLaw(min, max, exponent), name };
  }
  const near = nearest(name, LAW_NAMES);
  throw new PeerscopeError('usage', `unknown degree law "${name}"`, {
    hint:
      (near === undefined ? '' : `Did you mean ${near}? `) +
      `Use one of ${LAW_NAMES.join(', ')}, with 1 <= MIN < MAX <= ${LARGEST_DEGREE} and ALPHA in ` +
      `-${EXPONENT_LIMIT}..${EXPONENT_LIMIT}, for example power-law:1-32 or power-law:1-32:1.4.`,
  });
}
