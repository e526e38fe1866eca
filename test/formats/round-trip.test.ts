import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Role } from '../../src/core/claims.ts';
import { TextColumn } from '../../src/formats/column.ts';
import {
  linkColumnsOf,
  peerColumnsOf,
  statedLinks,
  type DescribedTopology,
} from '../../src/formats/described.ts';
import type { Format } from '../../src/formats/format.ts';
import { FORMATS } from '../../src/formats/formats.ts';
import { readInput } from '../../src/formats/input.ts';
import { writeTopology } from '../../src/formats/write-topology.ts';
import { TopologyBuilder } from '../../src/topology/builder.ts';
import { fileOf, readFileInput, sourcesOf, temporaryFolder } from './support.ts';

/** Ids and values that formats have trouble with; half characters are no text, and not among them. */
const ODD = [
  ...[
    '',
    ' ',
    ' a ',
    'a b',
    '007',
    '7',
    '1e3',
    '-',
    '--',
    '->',
    '#a',
    '%a',
    '*Vertices',
    'graph',
    'true',
    'null',
  ],
  ...[
    '"',
    'say "a"',
    "it's",
    'a,b',
    'a;b',
    'a\tb',
    'a\nb',
    'a\r\nb',
    '\r',
    '\\',
    '\\"',
    'a\\\\',
    'a\\nb',
    '{}',
    '[x]',
  ],
  ...[
    '<a>',
    '&amp;',
    '&',
    ']]>',
    '<!-- -->',
    'é',
    '日本',
    '😀',
    '127.0.0.1:6346',
    '[::1]:1',
    '__proto__',
    'id',
    'a:b',
  ],
  ...['\0', '\u0001', '\ufeffa', '\ufffe', '=1+1', '\u2028'],
];
const text = fc.oneof(
  fc.constantFrom(...ODD),
  fc.nat(20).map(String),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);

interface Drawn {
  readonly ids: readonly string[];
  readonly links: readonly (readonly [number, number])[];
  readonly directed: boolean;
  readonly roles: readonly (Role | undefined)[] | undefined;
  readonly respondents: readonly boolean[] | undefined;
  readonly positions: readonly number[] | undefined;
  readonly agents: readonly string[];
  readonly relations: readonly string[];
}

const drawn: fc.Arbitrary<Drawn> = fc.uniqueArray(text, { minLength: 1, maxLength: 8 }).chain((ids) =>
  fc.record({
    ids: fc.constant(ids),
    links: fc.array(fc.tuple(fc.nat(ids.length - 1), fc.nat(ids.length - 1)), { maxLength: 15 }),
    directed: fc.boolean(),
    roles: fc.option(column(fc.constantFrom('superpeer', 'leaf', undefined), ids.length), { nil: undefined }),
    respondents: fc.option(column(fc.boolean(), ids.length), { nil: undefined }),
    positions: fc.option(column(fc.double({ min: 0, max: 0.999, noNaN: true }), 2 * ids.length), {
      nil: undefined,
    }),
    agents: column(text, ids.length),
    relations: fc.array(fc.constantFrom('connection', 'registration', ''), { minLength: 15, maxLength: 15 }),
  }),
);

function column<Value>(value: fc.Arbitrary<Value>, length: number): fc.Arbitrary<Value[]> {
  return fc.array(value, { minLength: length, maxLength: length });
}

function described(graph: Drawn): DescribedTopology {
  const builder = new TopologyBuilder(graph.directed);
  for (const id of graph.ids) builder.peer(id);
  for (const [source, target] of graph.links) builder.link(source, target);
  const topology = builder.build({
    ...(graph.roles?.some((role) => role !== undefined) === true ? { roles: graph.roles } : {}),
    ...(graph.respondents === undefined ? {} : { respondents: Uint8Array.from(graph.respondents, Number) }),
    ...(graph.positions === undefined
      ? {}
      : {
          positions: {
            geometry: 'torus',
            dimension: 2,
            // A zero with a sign is not one that a text tells.
            coordinates: Float64Array.from(graph.positions, (place) => place + 0),
          },
        }),
  });
  const agent = new TextColumn('agent');
  graph.agents.forEach((value, peer) => {
    agent.set(peer, value);
  });
  const relation = new TextColumn('relation');
  graph.relations.slice(0, topology.linkCount).forEach((value, place) => {
    relation.set(place, value);
  });
  const filled = (columns: TextColumn[]) => columns.filter(({ isEmpty }) => !isEmpty);
  return { topology, peerColumns: filled([agent]), linkColumns: filled([relation]) };
}

/** Everything that a format may hold, in an order of its own. */
function contentOf(
  graph: DescribedTopology,
  {
    peers = 'all',
    links = 'all',
    lonely = true,
  }: { peers?: string | readonly string[]; links?: string | readonly string[]; lonely?: boolean },
  clean: (text: string) => string = (value) => value,
) {
  const { topology } = graph;
  const { offsets, targets } = statedLinks(topology);
  const held = (names: string | readonly string[], name: string) => names === 'all' || names.includes(name);
  const ofPeers = peerColumnsOf(graph).filter(({ name }) => held(peers, name));
  const ofLinks = linkColumnsOf(graph).filter(({ name }) => held(links, name));
  const rowOf = (columns: typeof ofPeers, row: number) =>
    columns
      .flatMap((each) => (each.textOf(row) === '' ? [] : [`${each.name}=${clean(each.textOf(row))}`]))
      .sort();
  const found: string[] = [];
  for (let peer = 0; peer < topology.size; peer++)
    for (let place = offsets[peer]!; place < offsets[peer + 1]!; place++) {
      const ends = [topology.idOf(peer), topology.idOf(targets[place]!)];
      found.push(JSON.stringify([topology.directed ? ends : ends.sort(), rowOf(ofLinks, place)]));
    }
  const alone = (peer: number) => topology.degrees[peer] === 0;
  return {
    directed: topology.directed,
    peers: topology.ids
      .flatMap((id, peer) => (lonely || !alone(peer) ? [JSON.stringify([id, rowOf(ofPeers, peer)])] : []))
      .sort(),
    links: found.sort(),
  };
}

describe.each(FORMATS.map((format) => [format.name, format] as const))('the format %s', (_, registered) => {
  it('loses nothing that it can hold, and refuses an id that it cannot (property)', async () => {
    const format: Format = await registered.load();
    const { holds } = format;
    const folder = temporaryFolder();
    // The table beside holds the rest.
    const [peers, lonely] = format.writePeers
      ? (['all', true] as const)
      : ([holds.peerColumns, holds.lonelyPeers] as const);
    const clean = (value: string) => (holds.badText ? value.replace(holds.badText, '\ufffd') : value);
    // Cells of CSV are texts without blanks at their ends only where they stand in quotes, which ours do.
    let written = 0;
    await fc.assert(
      fc.asyncProperty(drawn, fc.boolean(), async (graph, isZipped) => {
        const before = described(graph);
        const path = join(folder, `overlay${registered.extensions[0]}${isZipped ? '.gz' : ''}`);
        const isBad = graph.ids.some((id) => holds.badId?.pattern.test(id) ?? false);
        if (isBad) {
          await expect(writeTopology(path, before)).rejects.toMatchObject({ kind: 'bad-input' });
          return;
        }
        if (!holds.lonelyPeers && before.topology.linkCount === 0) return;
        written += 1;
        const { notes } = await writeTopology(path, before);
        const options = holds.direction ? {} : { directed: graph.directed };
        const after = await readInput(path, sourcesOf(), options);
        const what = { peers, links: holds.linkColumns, lonely };
        expect(contentOf(after, what)).toEqual(contentOf(before, what, clean));
        const lost =
          contentOf(before, { peers: [], links: [] }).peers.length !==
          contentOf(before, { lonely, peers: [] }).peers.length;
        if (lost) expect(notes.join()).toContain('no link');
      }),
      // Each file of Parquet is read by a process of its own.
      { numRuns: registered.name === 'parquet' ? 15 : 50 },
    );
    expect(written).toBeGreaterThan(5);
  });

  it('is known by how it begins where its name does not tell, and comes through standard input', async () => {
    const graph = described({
      ids: ['a', 'b', 'c'],
      links: [
        [0, 1],
        [1, 2],
      ],
      directed: true,
      roles: undefined,
      respondents: undefined,
      positions: undefined,
      agents: ['', '', ''],
      relations: [],
    });
    const path = fileOf(`x${registered.extensions[0]}`, '');
    await writeTopology(path, graph, { comments: ['two links', 'by -- hand'] });
    const { readFileSync } = await import('node:fs');
    const bytes = readFileSync(path);
    for (const name of ['unknown', 'unknown.txt', 'unknown.dat']) {
      const { topology } = await readFileInput(name, bytes, { directed: true });
      expect(contentOf({ topology }, {})).toEqual(contentOf(graph, {}));
    }
    const oneByOne = Array.from(bytes, (_byte, at) => bytes.subarray(at, at + 1));
    const { topology } = await readInput('-', sourcesOf(oneByOne), { directed: true });
    expect(contentOf({ topology }, {})).toEqual(contentOf(graph, {}));
  });
});
