import type { Random } from '../core/random.ts';

/** Where the vehicles are at one instant. */
export interface MobilityStep {
  /** Seconds, ascending from step to step. */
  readonly time: number;
  /** The names of those that are there. */
  readonly vehicles: readonly string[];
  /** Metres: vehicle k is at `coordinates[2 * k]`, `coordinates[2 * k + 1]`. */
  readonly coordinates: Float64Array;
}

export interface ManhattanOptions {
  readonly vehicles: number;
  /** There is a step for each of them, and one at 0. */
  readonly seconds: number;
  /** Blocks of 100 m on a side of the town. */
  readonly blocks: number;
}

const BLOCK_METRES = 100;

/** Each vehicle keeps a speed of its own, in metres a second: 29 to 58 km/h. */
const SPEEDS = [8, 16] as const;

/**
 * Vehicles in a town of square blocks (the Manhattan mobility model: Bai, Sadagopan and Helmy 2003, without its traffic): each begins
 * anywhere on a street; at a crossing it goes straight on with one half and turns to either side with a quarter each, as far as
 * there is a street. O(vehicles) a step.
 */
export function* manhattanSteps(options: ManhattanOptions, random: Random): Generator<MobilityStep> {
  const { seconds, blocks } = options;
  const names = Array.from({ length: options.vehicles }, (_, k) => `vehicle${k}`);
  const fleet = names.map((): Vehicle => someVehicle(blocks, random));
  for (let time = 0; time <= seconds; time++) {
    const coordinates = new Float64Array(2 * fleet.length);
    fleet.forEach(({ x, y, dx, dy, metres }, k) => {
      coordinates[2 * k] = BLOCK_METRES * x + dx * metres;
      coordinates[2 * k + 1] = BLOCK_METRES * y + dy * metres;
    });
    yield { time, vehicles: names, coordinates };
    for (const vehicle of fleet) drive(vehicle, blocks, random);
  }
}

/** On its way from a crossing, in blocks, in a direction, and how far it has come. */
interface Vehicle {
  x: number;
  y: number;
  dx: number;
  dy: number;
  metres: number;
  readonly speed: number;
}

function someVehicle(blocks: number, random: Random): Vehicle {
  const [along, across] = [random.int(blocks), random.int(blocks + 1)];
  const isEastward = random.int(2) === 0;
  const vehicle: Vehicle = {
    x: isEastward ? along : across,
    y: isEastward ? across : along,
    dx: isEastward ? 1 : 0,
    dy: isEastward ? 0 : 1,
    metres: random.uniform() * BLOCK_METRES,
    speed: SPEEDS[0] + random.uniform() * (SPEEDS[1] - SPEEDS[0]),
  };
  if (random.int(2) === 0) return vehicle;
  // The same place on the way back.
  const { x, y, dx, dy, metres } = vehicle;
  return { ...vehicle, x: x + dx, y: y + dy, dx: -dx, dy: -dy, metres: BLOCK_METRES - metres };
}

function drive(vehicle: Vehicle, blocks: number, random: Random): void {
  vehicle.metres += vehicle.speed;
  while (vehicle.metres >= BLOCK_METRES) {
    vehicle.metres -= BLOCK_METRES;
    vehicle.x += vehicle.dx;
    vehicle.y += vehicle.dy;
    turn(vehicle, blocks, random);
  }
}

function turn(vehicle: Vehicle, blocks: number, random: Random): void {
  const { x, y, dx, dy } = vehicle;
  const isStreet = ([ax, ay]: readonly [number, number]): boolean =>
    x + ax >= 0 && x + ax <= blocks && y + ay >= 0 && y + ay <= blocks;
  const straight = [dx, dy] as const;
  const ways = [straight, straight, [dy, dx] as const, [-dy, -dx] as const].filter(isStreet);
  const [nextX, nextY] = ways[random.int(ways.length)] ?? [-dx, -dy];
  vehicle.dx = nextX;
  vehicle.dy = nextY;
}
