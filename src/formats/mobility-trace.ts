import { TextDecoder } from 'node:util';
import type { Readable } from 'node:stream';
import sax from 'sax';
import { PeerscopeError } from '../core/errors.ts';
import type { MobilityStep } from '../models/mobility.ts';
import { notText } from './byte-lines.ts';
import { readBytes } from './bytes.ts';
import { readRows, type CsvRow } from './csv-rows.ts';

/** Vehicles of one step; a trace of a whole metropolis has some 100,000. */
const MOST_VEHICLES = 1_000_000;

/**
 * A mobility trace, step by step: an FCD export of SUMO (XML: `timestep` with `time`, in it `vehicle` with `id`, `x` and `y`), or
 * CSV with the columns `time`, `vehicle`, `x` and `y`, ordered by time. It is XML where it begins with `<`; gzip of both. Each step is
 * told as soon as it has been read, and only one is kept. O(bytes).
 *
 * @returns the SHA-256 of the file, in hex digits.
 * @throws {PeerscopeError} (bad-input) that names the line where it is none.
 */
export async function readMobilityTrace(
  path: string,
  stdin: Readable,
  take: (step: MobilityStep) => void,
): Promise<string> {
  const input = readBytes(path, stdin);
  const first = await input.chunks.next();
  if (first.done === true) throw new PeerscopeError('bad-input', `${input.name} is empty`);
  const isXml = /^\uFEFF?\s*</.test(Buffer.from(first.value.subarray(0, 64)).toString('utf8'));
  const chunks = (async function* (): AsyncGenerator<Uint8Array> {
    yield first.value;
    yield* input.chunks;
  })();
  const steps = new Steps(input.name, take);
  if (isXml) await readFcd(chunks, input.name, steps);
  else await readCsv({ ...input, chunks }, steps);
  steps.end();
  if (steps.count === 0) throw new PeerscopeError('bad-input', `${input.name} holds no time step`);
  return input.digest();
}

/** Gathers the vehicles of one instant after the other. */
class Steps {
  count = 0;
  readonly #name: string;
  readonly #take: (step: MobilityStep) => void;
  #time = -Infinity;
  #isOpen = false;
  #vehicles = new Set<string>();
  #coordinates: number[] = [];

  constructor(name: string, take: (step: MobilityStep) => void) {
    this.#name = name;
    this.#take = take;
  }

  get time(): number {
    return this.#time;
  }

  begin(time: number, line: number): void {
    this.end();
    if (!(time > this.#time)) throw this.bad(line, `has the time ${time} after ${this.#time}`);
    this.#time = time;
    this.#isOpen = true;
  }

  vehicle(name: string, x: number, y: number, line: number): void {
    if (!this.#isOpen) throw this.bad(line, 'has a vehicle outside of a time step');
    if (this.#vehicles.has(name)) throw this.bad(line, `has the vehicle "${name}" twice at ${this.#time} s`);
    if (this.#vehicles.size === MOST_VEHICLES) throw this.bad(line, `is beyond ${MOST_VEHICLES} vehicles`);
    this.#vehicles.add(name);
    this.#coordinates.push(x, y);
  }

  end(): void {
    if (!this.#isOpen) return;
    const coordinates = Float64Array.from(this.#coordinates);
    this.#take({ time: this.#time, vehicles: [...this.#vehicles], coordinates });
    this.count += 1;
    this.#isOpen = false;
    this.#vehicles = new Set();
    this.#coordinates = [];
  }

  bad(line: number, what: string): PeerscopeError {
    return new PeerscopeError('bad-input', `${this.#name} line ${line} ${what}`);
  }
}

/** Persons, and what else the export has, are passed over. */
async function readFcd(chunks: AsyncIterable<Uint8Array>, name: string, steps: Steps): Promise<void> {
  const parser = sax.parser(true);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  parser.onerror = (error) => {
    throw steps.bad(parser.line + 1, `is no XML: ${error.message.split('\n')[0] ?? ''}`);
  };
  parser.onopentag = ({ name: tag, attributes }) => {
    const line = parser.line + 1;
    const number = (attribute: string): number =>
      numberOf(attributes[attribute], () => steps.bad(line, `has a ${tag} whose ${attribute} is no number`));
    if (tag === 'timestep') steps.begin(number('time'), line);
    if (tag !== 'vehicle') return;
    const { id } = attributes;
    if (typeof id !== 'string' || id === '') throw steps.bad(line, 'has a vehicle without an id');
    steps.vehicle(id, number('x'), number('y'), line);
  };
  parser.onclosetag = (tag) => {
    if (tag === 'timestep') steps.end();
  };
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      throw notText(name);
    }
  };
  for await (const chunk of chunks) parser.write(decode(chunk));
  parser.write(decode()).close();
}

async function readCsv(input: ReturnType<typeof readBytes>, steps: Steps): Promise<void> {
  let places: readonly [number, number, number, number] | undefined;
  const header = (names: readonly string[]): void => {
    const of = (column: string): number => {
      const place = names.indexOf(column);
      if (place >= 0) return place;
      throw new PeerscopeError('bad-input', `${input.name} has no column "${column}"`, {
        hint: 'A trace is an FCD export of SUMO (XML), or CSV with the columns time, vehicle, x and y.',
      });
    };
    places = [of('time'), of('vehicle'), of('x'), of('y')];
  };
  await readRows(input, header, (row) => {
    const [time = 0, vehicle = 0, x = 0, y = 0] = places ?? [];
    const number = (column: number, what: string): number =>
      numberOf(cell(row, column), () => steps.bad(row.line, `has a ${what} that is no number`));
    const at = number(time, 'time');
    if (at !== steps.time) steps.begin(at, row.line);
    const name = cell(row, vehicle);
    if (name === '') throw steps.bad(row.line, 'has a vehicle without a name');
    steps.vehicle(name, number(x, 'x'), number(y, 'y'), row.line);
  });
}

function cell({ bytes, begins, ends }: CsvRow, column: number): string {
  return Buffer.from(bytes.subarray(begins[column], ends[column])).toString('utf8');
}

function numberOf(text: unknown, bad: () => PeerscopeError): number {
  const value = typeof text === 'string' && text.trim() !== '' ? Number(text) : NaN;
  if (!Number.isFinite(value)) throw bad();
  return value;
}
