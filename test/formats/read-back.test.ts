import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { TextColumn } from '../../src/formats/column.ts';
import type { DescribedTopology } from '../../src/formats/described.ts';
import { writeTopology } from '../../src/formats/write-topology.ts';
import { TopologyBuilder } from '../../src/topology/builder.ts';
import { temporaryFolder } from '../support/temporary.ts';

const script = fileURLToPath(new URL('read-back.py', import.meta.url));

/** A Python that has the library: that of the system has what its packages install. */
function pythonWith(library: string): string | undefined {
  return ['/usr/bin/python3', 'python3'].find(
    (python) =>
      spawnSync(python, [
        '-c',
        `import importlib.util, sys; sys.exit(importlib.util.find_spec('${library}') is None)`,
      ]).status === 0,
  );
}

interface Found {
  readonly directed: boolean;
  readonly degrees: Readonly<Record<string, number>>;
  readonly peers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly links: readonly Readonly<Record<string, unknown>>[];
}

function readBack(python: string, library: string, paths: readonly string[]): Found[] {
  return JSON.parse(execFileSync(python, [script, library, ...paths], { encoding: 'utf8' })) as Found[];
}

const IDS = ['hub', '007', 'a b', 'é日本', '<a> & "b"', "it's", '[::1]:6346', 'alone'];

/** A star around the first peer, a link among the others, and one peer alone. */
function overlay(directed: boolean, ids = IDS): DescribedTopology {
  const builder = new TopologyBuilder(directed);
  for (const id of ids) builder.peer(id);
  for (let peer = 1; peer < ids.length - 1; peer++) builder.link(0, peer);
  builder.link(1, 2);
  const topology = builder.build({
    roles: ids.map((_, peer) => (peer === 0 ? 'superpeer' : 'leaf')),
    respondents: Uint8Array.from(ids, (_, peer) => (peer < 3 ? 1 : 0)),
  });
  const [agent, weight, x, y] = ['agent', 'weight', 'x', 'y'].map((name) => new TextColumn(name));
  agent!.set(0, 'LimeWire/4.2 <&>');
  ids.forEach((_, peer) => {
    x!.set(peer, String(peer / 10));
    y!.set(peer, '0.25');
  });
  for (let place = 0; place < topology.linkCount; place++) weight!.set(place, '2.5');
  return { topology, peerColumns: [agent!, x!, y!], linkColumns: [weight!] };
}

/** By hand: the hub has a link with everybody but the last; two of the others have one more. */
function degreesOf(ids: readonly string[]): Record<string, number> {
  const last = ids.length - 1;
  return Object.fromEntries(
    ids.map((id, peer) => [id, peer === 0 ? last - 1 : peer === last ? 0 : peer <= 2 ? 2 : 1]),
  );
}

describe.each([
  ['networkx', ['graphml', 'gexf', 'json', 'net'], /["']/],
  // Version 0.10 leaves an & in an attribute as &#38;, and backslashes in labels of Pajek where they are.
  ['igraph', ['graphml', 'net'], /["'&]/],
  ['pygraphviz', ['dot'], /^$/],
] as const)('%s (skipped where no python3 has it)', (library, extensions, misread) => {
  const python = pythonWith(library);
  it.skipIf(python === undefined)(
    `reads our ${extensions.join(', ')} with the same degrees and values`,
    async () => {
      const folder = temporaryFolder();
      const cases = extensions.flatMap((extension) =>
        [true, false].map((directed) => ({
          extension,
          directed,
          path: join(folder, `${directed ? 'directed' : 'undirected'}.${extension}`),
          ids: IDS.filter((id) => !((extension === 'net' || library === 'igraph') && misread.test(id))),
        })),
      );
      for (const { path, directed, ids } of cases)
        await writeTopology(path, overlay(directed, ids), { comments: ['a -- b'] });
      const found = readBack(
        python!,
        library,
        cases.map(({ path }) => path),
      );
      cases.forEach(({ extension, directed, ids }, k) => {
        const { degrees, peers, links, ...rest } = found[k]!;
        expect(rest.directed).toBe(directed);
        expect(degrees).toEqual(degreesOf(ids));
        expect(links).toHaveLength(ids.length - 1);
        if (extension === 'net') return;
        const asText = library === 'pygraphviz';
        expect(peers['hub']).toMatchObject({ role: 'superpeer', agent: 'LimeWire/4.2 <&>' });
        expect(peers['007']).toMatchObject({ role: 'leaf', respondent: asText ? 'true' : true });
        for (const link of links) expect(link).toMatchObject({ weight: asText ? '2.5' : 2.5 });
      });
    },
  );
});
