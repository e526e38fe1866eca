import { existsSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { readInput } from '../../src/formats/input.ts';
import type { Topology } from '../../src/topology/topology.ts';

const folder = fileURLToPath(new URL('../../../shared/data/snap/', import.meta.url));
const catalogue = fileURLToPath(new URL('../../datasets/catalogue.json', import.meta.url));

/** Whether the Gnutella snapshots of SNAP are at hand: tests that need them are skipped where they are not. */
export const SNAP_PRESENT = existsSync(`${folder}published.csv`);

/** What SNAP publishes about each snapshot, by column; no rows where the file is absent. */
export function snapPublished(): Record<string, string>[] {
  if (!SNAP_PRESENT) return [];
  const [header, ...lines] = readFileSync(`${folder}published.csv`, 'utf8').trim().split('\n');
  const names = header!.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i] ?? '', cell])));
}

export async function snapGraph(name: string): Promise<Topology> {
  const sources = { stdin: Readable.from([]), catalogue, folders: [folder] };
  return (await readInput(`${folder}${name}.txt.gz`, sources, {})).topology;
}
