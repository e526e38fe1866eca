import { weakComponents } from '../topology/components.ts';
import type { MobilityStep } from './mobility.ts';
import { numberedGraph } from './numbered-graph.ts';
import { unitDisks } from './vehicular.ts';

/** The network at one instant. */
export interface VehicularStep {
  readonly time: number;
  readonly vehicles: number;
  readonly links: number;
  readonly meanDegree: number | null;
  readonly components: number;
  /** The share of the vehicles that is in the largest component; null where there is no vehicle. */
  readonly giantShare: number | null;
  /** Vehicles without a link. */
  readonly alone: number;
}

/** What a whole trace comes to. */
export interface VehicularSummary {
  readonly steps: number;
  /** Different ones. */
  readonly vehicles: number;
  /** Means over the steps, those without vehicles left out. */
  readonly meanVehicles: number | null;
  readonly meanDegree: number | null;
  readonly meanComponents: number | null;
  readonly meanGiantShare: number | null;
  readonly links: LinkLifetimes;
}

/**
 * How long links last, in seconds, from the first step with a link to the first without it. Those of the first and of the last step
 * are cut off by the ends of the trace: they are counted, and have no part in the mean, which so favours short ones.
 */
export interface LinkLifetimes {
  readonly whole: number;
  readonly cutOff: number;
  /** Of the whole ones. */
  readonly mean: number | null;
  readonly median: number | null;
}

/** More vehicles than pairs of them have numbers. */
const MOST_VEHICLES = 2 ** 26;

/** Links at a time: each is kept by its pair, in some 50 bytes. */
const MOST_LINKS = 5_000_000;

/** Unit disks step by step, and which links last from one to the next. */
export class VehicularSeries {
  readonly #range: number;
  readonly #numbers = new Map<string, number>();
  /** Since when each pair is linked; NaN where that was before the trace. */
  #open = new Map<number, number>();
  readonly #lifetimes: number[] = [];
  #cutOff = 0;
  readonly #steps: VehicularStep[] = [];

  /** @param range metres within which two vehicles hear each other. */
  constructor(range: number) {
    this.#range = range;
  }

  /** Takes the next step. O(vehicles + links). */
  add({ time, vehicles, coordinates }: MobilityStep): VehicularStep {
    const numbers = vehicles.map((name) => this.#numberOf(name));
    const { sources, targets } = unitDisks(coordinates, this.#range, MOST_LINKS);
    const open = new Map<number, number>();
    const isFirst = this.#steps.length === 0;
    for (let k = 0; k < sources.length; k++) {
      const [a, b] = [numbers[sources[k]!]!, numbers[targets[k]!]!];
      const pair = Math.min(a, b) * MOST_VEHICLES + Math.max(a, b);
      open.set(pair, this.#open.get(pair) ?? (isFirst ? NaN : time));
    }
    for (const [pair, since] of this.#open) if (!open.has(pair)) this.#end(since, time);
    this.#open = open;
    const topology = numberedGraph(vehicles.length, { sources, targets });
    const { sizes } = weakComponents(topology);
    const step: VehicularStep = {
      time,
      vehicles: vehicles.length,
      links: sources.length,
      meanDegree: vehicles.length === 0 ? null : (2 * sources.length) / vehicles.length,
      components: sizes.length,
      giantShare: vehicles.length === 0 ? null : largest(sizes) / vehicles.length,
      alone: topology.degrees.reduce((sum, degree) => sum + (degree === 0 ? 1 : 0), 0),
    };
    this.#steps.push(step);
    return step;
  }

  get steps(): readonly VehicularStep[] {
    return this.#steps;
  }

  /** O(steps + lifetimes log lifetimes). */
  summary(): VehicularSummary {
    const inhabited = this.#steps.filter(({ vehicles }) => vehicles > 0);
    const lifetimes = Float64Array.from(this.#lifetimes).sort();
    const { length } = lifetimes;
    return {
      steps: this.#steps.length,
      vehicles: this.#numbers.size,
      meanVehicles: mean(inhabited.map(({ vehicles }) => vehicles)),
      meanDegree: mean(inhabited.map(({ meanDegree }) => meanDegree ?? 0)),
      meanComponents: mean(inhabited.map(({ components }) => components)),
      meanGiantShare: mean(inhabited.map(({ giantShare }) => giantShare ?? 0)),
      links: {
        whole: length,
        cutOff: this.#cutOff + this.#open.size,
        mean: mean(this.#lifetimes),
        median: length === 0 ? null : (lifetimes[(length - 1) >> 1]! + lifetimes[length >> 1]!) / 2,
      },
    };
  }

  #end(since: number, time: number): void {
    if (Number.isNaN(since)) this.#cutOff += 1;
    else this.#lifetimes.push(time - since);
  }

  #numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    if (this.#numbers.size === MOST_VEHICLES) throw new RangeError('more vehicles than can be told apart');
    this.#numbers.set(name, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

function largest(sizes: ArrayLike<number>): number {
  let most = 0;
  for (let k = 0; k < sizes.length; k++) most = Math.max(most, sizes[k]!);
  return most;
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
