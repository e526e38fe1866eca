import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { usenet } from '../../src/models/usenet.ts';
import { TopologyBuilder } from '../../src/topology/builder.ts';
import { weakComponents } from '../../src/topology/components.ts';
import { distancesFrom, UNREACHED } from '../../src/topology/shortest-path.ts';
import type { Topology } from '../../src/topology/topology.ts';
import { generate } from './support.ts';

/** The maps of the UUCP mapping project, which are not ours to ship. */
const folder = fileURLToPath(new URL('../../../shared/data/uucp/', import.meta.url));
const present = existsSync(`${folder}uucp-1987.tsv.gz`);

// Counted with python3-igraph 0.10 on the same files: sites, links, giant component, sites with one link, the largest degree,
// mean distance and mean local clustering in the giant component.
const MAPS = [
  {
    year: 1987,
    sites: 3276,
    links: 4297,
    giant: 0.9457,
    single: 0.5818,
    largest: 90,
    distance: 6.609,
    clustering: 0.0536,
  },
  {
    year: 1988,
    sites: 4058,
    links: 5577,
    giant: 0.9512,
    single: 0.5633,
    largest: 170,
    distance: 6.324,
    clustering: 0.0592,
  },
  {
    year: 1992,
    sites: 9661,
    links: 12392,
    giant: 0.9051,
    single: 0.6248,
    largest: 915,
    distance: 6.348,
    clustering: 0.0503,
  },
];

describe.skipIf(!present)('the news links of the UUCP maps (skipped where ../shared is absent)', () => {
  it.each(MAPS)('of $year are as igraph counts them', ({ year, ...counted }) => {
    const measured = measure(newsOf(year));
    expect(measured).toMatchObject({ sites: counted.sites, links: counted.links, largest: counted.largest });
    expect(measured.giant).toBeCloseTo(counted.giant, 4);
    expect(measured.single).toBeCloseTo(counted.single, 4);
    expect(measured.clustering).toBeCloseTo(counted.clustering, 3);
    // From a sample of sources.
    expect(Math.abs(measured.distance - counted.distance)).toBeLessThan(0.2);
  });
});

describe('the model of Usenet', () => {
  it.each(MAPS)('resembles the news links of $year', (map) => {
    const model = measure(generate(usenet, { peers: map.sites }).topology);
    expect(Math.abs((2 * model.links) / map.sites - (2 * map.links) / map.sites)).toBeLessThan(0.2);
    expect(Math.abs(model.single - map.single)).toBeLessThan(0.05);
    expect(Math.abs(model.clustering - map.clustering)).toBeLessThan(0.02);
    // Ways are shorter than on the maps by up to a hop: the model knows no geography.
    expect(map.distance - model.distance).toBeGreaterThan(-0.2);
    expect(map.distance - model.distance).toBeLessThan(1);
  });
});

function newsOf(year: number): Topology {
  const builder = new TopologyBuilder(false);
  for (const line of gunzipSync(readFileSync(`${folder}uucp-${year}.tsv.gz`))
    .toString('latin1')
    .split('\n')) {
    const [kind, from = '', to = ''] = line.split('\t');
    if (kind === 'usenet') builder.link(builder.peer(from), builder.peer(to));
  }
  return builder.build();
}

function measure(topology: Topology) {
  const { size, simple, degrees, linkCount } = topology;
  const { sizes, component } = weakComponents(topology);
  const giant = sizes.indexOf(Math.max(...sizes));
  const members = Array.from(degrees.keys()).filter((site) => component[site] === giant);
  const row = (site: number) => simple.targets.subarray(simple.offsets[site], simple.offsets[site + 1]);
  let clustering = 0;
  for (const site of members) {
    const near = new Set(row(site));
    let closed = 0;
    for (const one of near) for (const other of row(one)) if (near.has(other)) closed += 1;
    if (near.size > 1) clustering += closed / (near.size * (near.size - 1));
  }
  let [sum, count] = [0, 0];
  for (let k = 0; k < 200; k++)
    for (const distance of distancesFrom(simple, members[Math.floor((k * members.length) / 200)]!)) {
      if (distance === 0 || distance === UNREACHED) continue;
      sum += distance;
      count += 1;
    }
  return {
    sites: size,
    links: linkCount,
    giant: sizes[giant]! / size,
    single: degrees.filter((degree) => degree === 1).length / size,
    largest: degrees.reduce((most, degree) => Math.max(most, degree), 0),
    distance: sum / count,
    clustering: clustering / members.length,
  };
}
