import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audit, type AuditResult } from '../../src/analyses/audit.ts';
import { SEVERITIES, SIGNS } from '../../src/analyses/audit-finding.ts';
import { DEFAULT_ANALYSIS_OPTIONS } from '../../src/analyses/analysis.ts';
import { degreeModel } from '../../src/analyses/degree-model.ts';
import type { Role } from '../../src/core/claims.ts';
import { createRandom, type Random } from '../../src/core/random.ts';
import { readInput } from '../../src/formats/input.ts';
import { writeTopology } from '../../src/formats/write-topology.ts';
import { MODELS } from '../../src/models/index.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { SUPERPEER_BEDS } from '../../src/models/superpeer-beds.ts';
import { fromLinks } from '../../src/topology/builder.ts';
import type { Topology } from '../../src/topology/topology.ts';
import { run, topologyOf } from './support.ts';

const folder = fileURLToPath(new URL('../../../shared/data/snap/', import.meta.url));
const catalogue = fileURLToPath(new URL('../../datasets/catalogue.json', import.meta.url));

async function read(path: string, directed?: boolean): Promise<Topology> {
  const sources = { stdin: Readable.from([]), catalogue, folders: [folder] };
  return (await readInput(path, sources, directed === undefined ? {} : { directed })).topology;
}

const signs = ({ findings }: AuditResult): string[] =>
  findings.map(({ id, severity }) => `${id} ${severity}`);
const found = (topology: Topology): string[] => signs(run(audit, topology));

/** Ten overlays of every model: two at every size, the two-tier ones with their roles. */
function overlays(): { name: string; topology: Topology }[] {
  const sizes = [50, 50, 222, 222, 700, 700, 2000, 2000, 5000, 5000];
  return MODELS.flatMap((model, k) =>
    sizes.map((size, i) => {
      // A conference is a full mesh.
      const peers = model.name === 'conferencing' ? Math.min(size, 222) : size;
      return {
        name: `${model.name} of ${peers}`,
        topology: model.generate({ ...DEFAULT_MODEL_OPTIONS, peers }, createRandom(100 * k + i)).topology,
      };
    }),
  );
}

/** A directed list in which each peer lists what `others` says. */
function listed(size: number, others: (peer: number) => Iterable<number>, ids?: readonly string[]): Topology {
  const sources: number[] = [];
  const targets: number[] = [];
  for (let peer = 0; peer < size; peer++)
    for (const other of new Set(others(peer)))
      if (other !== peer) {
        sources.push(peer);
        targets.push(other);
      }
  return fromLinks({
    directed: true,
    ids: ids ?? size,
    sources: Uint32Array.from(sources),
    targets: Uint32Array.from(targets),
  });
}

/** The links of an undirected topology as directed ones: both ways, or one way at random. */
function directedOf({ size, ids, simple }: Topology, random?: Random): Topology {
  const { offsets, targets } = simple;
  const kept = new Set<string>();
  return listed(
    size,
    (peer) =>
      targets.subarray(offsets[peer], offsets[peer + 1]).filter((other) => {
        if (random === undefined) return true;
        if (other < peer) return !kept.has(`${other} ${peer}`);
        const keep = random.int(2) === 0;
        if (keep) kept.add(`${peer} ${other}`);
        return keep;
      }),
    ids,
  );
}

describe.skipIf(!existsSync(`${folder}published.csv`))(
  'the Gnutella snapshots of SNAP (skipped where ../shared is absent)',
  () => {
    it.each(['04', '05', '06', '08', '09', '24', '25', '30', '31'])(
      'p2p-Gnutella%s: most peers never answered, lists end at ten, and the rim is where the crawl stopped',
      async (number) => {
        const result = run(audit, await read(`${folder}p2p-Gnutella${number}.txt.gz`));
        expect(signs(result)).toEqual([
          'never-answered serious',
          'out-degree-cap serious',
          'mentions-as-links warning',
          'dead-ends-by-distance warning',
          'one-sided-links note',
        ]);
        const numbersOf = (id: string) => result.findings.find((finding) => finding.id === id)!.numbers;
        expect(numbersOf('out-degree-cap')['cap']).toBe(10);
        expect(result.degreeFit.verdict).toBe('artefact');
        expect(result.deadEnds?.start).toBe('0');
        // Each pair is stored once (measurement.md, 2): no link is listed by both of its ends.
        expect(numbersOf('one-sided-links')['listedByBoth']).toBe(0);
      },
    );

    // measurement.md, 2: an independent computation.
    it.each([
      ['04', 0.546, 0.628],
      ['08', 0.609, 0.621],
      ['31', 0.738, 0.703],
    ])(
      'p2p-Gnutella%s: %d of the peers list nothing, %d of the others exactly ten',
      async (number, silent, atTen) => {
        const { findings } = run(audit, await read(`${folder}p2p-Gnutella${number}.txt.gz`));
        expect(findings[0]!.numbers['share']).toBeCloseTo(silent, 3);
        expect(findings[1]!.numbers['share']).toBeCloseTo(atTen, 3);
      },
    );

    it('is heeded by degree-model, which warns', async () => {
      const topology = await read(`${folder}p2p-Gnutella08.txt.gz`);
      const result = degreeModel.run(topology, { ...DEFAULT_ANALYSIS_OPTIONS, bootstrap: 1, laws: ['pure'] });
      expect(result.warnings.map((warning) => warning.split(' ')[0])).toEqual([
        'never-answered',
        'out-degree-cap',
        'mentions-as-links',
        'dead-ends-by-distance',
      ]);
      expect(
        degreeModel.tables(result)[0]!.notes?.some((note) => note.startsWith('Audit: never-answered')),
      ).toBe(true);
    });
  },
);

describe('clean overlays', () => {
  const clean = overlays();

  it('are ten of each model, and each is audited as it is and as a list of both directions: no mark', () => {
    expect(clean).toHaveLength(10 * MODELS.length);
    for (const { name, topology } of clean) {
      expect([name, ...found(topology)]).toEqual([name]);
      expect([name, ...found(directedOf(topology))]).toEqual([name]);
    }
  });

  it('have none either where each pair is listed once, one way at random', () => {
    for (const { name, topology } of clean)
      expect([name, ...found(directedOf(topology, createRandom(1)))]).toEqual([name]);
  });

  it('have none when written to a file and read back, with directions or without', async () => {
    const place = mkdtempSync(join(tmpdir(), 'audit-'));
    for (const [k, { name, topology }] of clean.entries()) {
      if (topology.size > 1000) continue;
      const path = join(place, `${k}.txt`);
      await writeTopology(path, { topology });
      expect([name, ...found(await read(path))]).toEqual([name]);
      expect([name, ...found(await read(path, true))]).toEqual([name]);
    }
  });

  it('have no effect on a degree fit that anybody would have to be warned of', () => {
    const { topology } = clean[0]!;
    expect(degreeModel.run(topology, { ...DEFAULT_ANALYSIS_OPTIONS, bootstrap: 1 }).warnings).toEqual([]);
    // A list of links does not say who answered; a list of both directions does.
    expect(run(audit, topology).degreeFit.verdict).toBe('cannot tell');
    expect(run(audit, directedOf(topology)).degreeFit.verdict).toBe('no objection');
  });

  it.each([
    ['a Chord ring', (peer: number) => Array.from({ length: 10 }, (_, m) => (peer + 2 ** m) % 1024)],
    [
      'ten random others each',
      (peer: number, random: Random) => Array.from({ length: 10 }, () => (peer + random.int(1024)) % 1024),
    ],
    [
      'ten at most',
      (_: number, random: Random) =>
        Array.from({ length: Math.min(10, 4 + random.int(12)) }, () => random.int(1024)),
    ],
    [
      'none to eight random others',
      (_: number, random: Random) => Array.from({ length: random.int(9) }, () => random.int(1024)),
    ],
  ])('as directed lists have none: %s', (_, others) => {
    const random = createRandom(4);
    expect(found(listed(1024, (peer) => others(peer, random)))).toEqual([]);
  });

  it.each(['', 'a', 'a-b', 'a-b b-a'])('as small as "%s" have none', (links) => {
    for (const directed of [false, true]) {
      const result = run(audit, topologyOf(links, directed));
      expect(result.findings).toEqual([]);
      for (const table of audit.tables(result))
        for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    }
  });
});

describe('a crawl that went wrong', () => {
  it('is told by peers that list nothing and by lists that end at ten', () => {
    const random = createRandom(9);
    const ids = Array.from({ length: 800 }, (_, peer) => String((peer * 7919) % 10_007));
    const lists = Array.from({ length: 400 }, () =>
      Array.from({ length: Math.min(10, 3 + random.int(18)) }, () => random.int(800)),
    );
    const result = run(
      audit,
      listed(800, (peer) => lists[peer] ?? [], ids),
    );
    expect(signs(result).slice(0, 2)).toEqual(['never-answered serious', 'out-degree-cap serious']);
    expect(result.findings[1]!.numbers['cap']).toBe(10);
  });

  it('is not judged by directions that are only the order of the ids', () => {
    const inOrder = listed(800, (peer) => (peer < 400 ? [400 + (peer % 400), 400 + ((7 * peer) % 400)] : []));
    const result = run(audit, inOrder);
    expect(result).toMatchObject({
      direction: 'by-order',
      respondentRule: null,
      findings: [],
      deadEnds: null,
    });
    expect(result.notTold[0]).toMatch(/in order/);
  });

  it('by hand: one of four superpeers that did not answer, while leaves were not asked', () => {
    const roles: Role[] = ['superpeer', 'superpeer', 'superpeer', 'superpeer', 'leaf', 'leaf'];
    const topology = topologyOf('a-b b-c c-d d-a a-e b-f', false, {
      roles,
      respondents: Uint8Array.of(1, 1, 1, 0, 0, 0),
    });
    const { findings, degreeFit } = run(audit, topology);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      id: 'never-answered',
      severity: 'warning',
      numbers: { asked: 4, silent: 1, share: 0.25 },
    });
    expect(findings[0]!.evidence).toMatch(/^1 of 4 \(25\.0 %\).*2 leaves/);
    expect(degreeFit.verdict).toBe('with care');
  });

  it('is none where only leaves did not answer, and one where leaves were asked too', () => {
    const roles = Array.from({ length: 12 }, (_, peer): Role => (peer < 2 ? 'superpeer' : 'leaf'));
    const links = Array.from({ length: 10 }, (_, leaf) => `s-l${leaf}`).join(' ');
    const ofRespondents = (answered: number) =>
      topologyOf(`s-t ${links}`, false, {
        roles,
        respondents: Uint8Array.from(roles, (_, peer) => (peer < answered ? 1 : 0)),
      });
    expect(found(ofRespondents(2))).toEqual([]);
    expect(found(ofRespondents(6))).toEqual(['never-answered serious']);
  });

  it('counts listings that were cut off, by hand', () => {
    const topology = topologyOf('a-b b-c', false, {
      respondents: Uint8Array.of(1, 1, 1),
      truncated: Uint8Array.of(0, 1, 0),
    });
    expect(run(audit, topology).findings[0]).toMatchObject({
      id: 'truncated-listings',
      severity: 'warning',
      numbers: { listings: 3, truncated: 1 },
    });
  });
});

describe('ids that are addresses', () => {
  const chain = (ids: readonly string[]): Topology =>
    fromLinks({
      directed: false,
      ids,
      sources: Uint32Array.from({ length: ids.length - 1 }, (_, k) => k),
      targets: Uint32Array.from({ length: ids.length - 1 }, (_, k) => k + 1),
    });
  const spread = (count: number): string[] =>
    Array.from(
      { length: count },
      (_, k) => `${20 + (k % 50)}.${k % 251}.${(k * 7) % 253}.${1 + (k % 250)}:6346`,
    );

  it('that are spread out have no mark; on loopback they are a simulation, whatever they share', () => {
    expect(found(chain(spread(500)))).toEqual([]);
    expect(found(chain(Array.from({ length: 300 }, (_, k) => `127.0.0.1:${1000 + k}`)))).toEqual([]);
  });

  it('that share a host are told, with the host that has most', () => {
    const ids = [...spread(80), ...Array.from({ length: 20 }, (_, k) => `9.8.7.6:${2000 + k}`)];
    const { findings } = run(audit, chain(ids));
    expect(findings.map(({ id, severity }) => [id, severity])).toEqual([['duplicate-identities', 'warning']]);
    expect(findings[0]!.evidence).toBe(
      '20 of 100 (20.0 %) of the peers with an address share it with another port; most at 9.8.7.6: 20 peers.',
    );
  });

  it('that fill a network and are linked within it are serious; spread links make it a matter of size', () => {
    const crowd = Array.from({ length: 60 }, (_, k) => `9.8.7.${k + 1}:6346`);
    const others = spread(300);
    expect(found(chain([...others, ...crowd]))).toEqual(['address-blocks serious']);
    const mixed = others.flatMap((id, k) => (k % 5 === 0 ? [id, crowd[k / 5]!] : [id]));
    expect(found(chain(mixed))).toEqual(['address-blocks warning']);
  });
});

describe('the audit', () => {
  it('finds the silent superpeers of a test bed only where the crawl recorded who answered', () => {
    const bed = SUPERPEER_BEDS.find(({ name }) => name === 'silent')!;
    expect(found(bed.make(createRandom(1)))).toEqual([]);
  });

  it('uses its closed lists only', () => {
    expect(new Set(SIGNS).size).toBe(SIGNS.length);
    expect(SEVERITIES).toEqual(['note', 'warning', 'serious']);
  });

  it('answers any small graph with finite numbers, and the same when a peer without links is added', () => {
    const links = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 60 });
    fc.assert(
      fc.property(links, fc.boolean(), (pairs, directed) => {
        const text = pairs.map(([a, b]) => `p${a}-p${b}`).join(' ');
        const result = run(audit, topologyOf(text, directed));
        for (const { numbers } of result.findings)
          for (const value of Object.values(numbers)) expect(Number.isFinite(value)).toBe(true);
        expect(found(topologyOf(`${text} alone`, directed))).toEqual(signs(result));
      }),
    );
  });

  it('does not depend on the order in which peers and links stand', () => {
    const random = createRandom(6);
    const lists = Array.from({ length: 300 }, () =>
      Array.from({ length: 1 + random.int(9) }, () => random.int(900)),
    );
    const ids = Array.from({ length: 900 }, (_, peer) => `p${(peer * 7919) % 10_007}`);
    const words = lists.flatMap((list, peer) =>
      list.filter((other) => other !== peer).map((other) => `${ids[peer]!}-${ids[other]!}`),
    );
    const result = run(audit, topologyOf(words.join(' '), true));
    expect(signs(result)[0]).toBe('never-answered serious');
    expect(run(audit, topologyOf(words.toReversed().join(' '), true)).findings).toEqual(result.findings);
  });
});
