import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ANALYSES } from '../../src/analyses/index.ts';
import { runCommandLine } from '../../src/cli/main.ts';
import { createRandom, shuffle } from '../../src/core/random.ts';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { SNAP_PRESENT, snapPublished } from '../analyses/snap-graphs.ts';
import { temporaryFolder } from '../support/temporary.ts';

const BIN = fileURLToPath(new URL('../../bin/peerscope.js', import.meta.url));
const LINKS = randomLinks(60, 150);

function randomLinks(peers: number, links: number): [number, number][] {
  const random = createRandom(3);
  const seen = new Set<string>();
  const list: [number, number][] = [];
  while (list.length < links) {
    const [a, b] = [random.int(peers), random.int(peers)];
    const key = `${Math.min(a, b)} ${Math.max(a, b)}`;
    if (a === b || seen.has(key)) continue;
    seen.add(key);
    list.push([a, b]);
  }
  return list;
}

function textOf(links: readonly (readonly [number, number])[]): string {
  return links.map(([a, b]) => `${a} ${b}\n`).join('');
}

async function documentOf(text: string, ...more: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await peerscope(['analyze', '-', '--format', 'json', ...more], {
    stdin: text,
  });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** A command line on a terminal, on a machine with so much free memory. */
async function onTerminal(argv: string[], stdin: string, memory = 1e10) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const text = { stdout: '', stderr: '' };
  stdout.on('data', (chunk: Buffer) => (text.stdout += chunk.toString()));
  stderr.on('data', (chunk: Buffer) => (text.stderr += chunk.toString()));
  const code = await runCommandLine(argv, {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: { stream: stdout, isTTY: true, columns: 100 },
    stderr: { stream: stderr, isTTY: true, columns: 100 },
    env: { NO_COLOR: '1' },
    now: Date.now,
    monotonic: () => performance.now(),
    catchInterrupts: () => ({ signal: new AbortController().signal, release: () => undefined }),
    processors: 1,
    memory: () => memory,
    packageDir: fileURLToPath(new URL('../../', import.meta.url)),
  });
  return { code, ...text };
}

describe('every analysis', () => {
  it('finds the same in the same links, however they are ordered and whichever end comes first', async () => {
    const random = createRandom(5);
    const places = Uint32Array.from(LINKS, (_, k) => k);
    shuffle(places, random);
    const turned = [...places].map((k): [number, number] => {
      const [a, b] = LINKS[k] ?? [0, 0];
      return random.int(2) === 0 ? [a, b] : [b, a];
    });
    const all = ['--all', '--bootstrap', '49', '--no-directed'];
    const first = await documentOf(textOf(LINKS), ...all);
    const second = await documentOf(textOf(turned), ...all);
    expect(Object.keys(first['analyses'] as object)).toEqual(ANALYSES.map(({ name }) => name));
    expect(second['analyses']).toEqual(first['analyses']);
  });

  it.each([
    ['one peer and no link', '7 7\n'],
    ['two peers and one link', 'a b\n'],
    ['two peers of two links there and back', '# Directed\n1 2\n2 1\n'],
    ['many peers without a link between them', '1 1\n2 2\n3 3\n4 4\n'],
    ['everybody linked with everybody', textOf(LINKS.map(([a, b]) => [a % 5, (b % 5) + 5] as const))],
  ])('has an answer for %s', async (_, text) => {
    const { analyses } = await documentOf(text, '--all', '--bootstrap', '9');
    expect(Object.keys(analyses as object)).toEqual(ANALYSES.map(({ name }) => name));
    const { code, stdout } = await onTerminal(
      ['analyze', '-', '--all', '--bootstrap', '9', '--methods'],
      text,
    );
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('says what it measures, and is called in the list as it calls itself', async () => {
    for (const analysis of ANALYSES) {
      const { name, question, definition } = await analysis.about();
      expect(name).toBe(analysis.name);
      expect(question, name).toMatch(/\?$/);
      expect(definition, name).toMatch(/\.$/);
    }
  });
});

describe('analyze', () => {
  it('gives the same with worker threads as without, to the byte', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'links.txt');
    writeFileSync(path, textOf(randomLinks(2000, 5000)));
    const run = (workers: string) =>
      spawnSync(process.execPath, [BIN, 'analyze', path, '--all', '--workers', workers, '--format', 'json'], {
        maxBuffer: 2 ** 26,
      });
    const [one, three] = [run('1'), run('3')];
    expect(one.stderr.toString()).toBe('');
    expect(three.stderr.toString()).toBe('');
    expect(three.stdout.equals(one.stdout)).toBe(true);
  });

  it('ends at once when it is interrupted', async () => {
    // Standard input that does not end: however fast the machine, there is something to interrupt.
    const child = spawn(process.execPath, [BIN, 'analyze', '-', '--only', 'distances']);
    child.stdin.write(textOf(LINKS));
    setTimeout(() => child.kill('SIGINT'), 500);
    const signal = await new Promise((resolve) => {
      child.once('exit', (code, by) => {
        resolve(by ?? code);
      });
    });
    expect(['SIGINT', 130]).toContain(signal);
  });

  it('tells where its numbers come from: digests, definitions, methods, references', async () => {
    const document = await documentOf('1 2\n', '--only', 'components');
    expect(document['digests']).toEqual({
      // printf '1 2\n' | sha256sum
      '-': 'f251ddc12234e0da8d3b778bd0f7463fb477f16f47757f5617dc8b4ff4d4f14a',
    });
    expect(document['definitions']).toEqual({
      components: expect.stringContaining('Weak components') as string,
    });
    expect(document['methods']).toMatchObject({
      text: expect.stringMatching(/was analysed with peerscope .* their numbers are 1 and 1/) as string,
      references: ['R. E. Tarjan: Depth-first search and linear graph algorithms, 1972'],
    });
  });

  it('prints a paragraph for a paper where that is asked for', async () => {
    const { stdout } = await peerscope(['analyze', '-', '--only', 'components', '--methods'], {
      stdin: '1 2\n',
    });
    expect(stdout).toMatch(/\nMethods\nThe topology - \(-: SHA-256/);
    expect(stdout).toMatch(/\nReferences\n- R\. E\. Tarjan/);
    expectFailure(
      await peerscope(['analyze', '-', '--methods', '--format', 'csv'], { stdin: '1 2\n' }),
      2,
      /--methods has no place in CSV/,
    );
  });

  it('shows how far it is on a terminal, and clears that away', async () => {
    const { stderr } = await onTerminal(['analyze', '-', '--only', 'summary'], '1 2\n');
    expect(stderr).toContain('reading -');
    expect(stderr.endsWith('\r\u001b[K')).toBe(true);
  });

  it('refuses what does not fit into memory or would take very long, unless it is told to', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'links.txt');
    writeFileSync(path, textOf(LINKS));
    const large = await onTerminal(['analyze', path, '--only', 'summary'], '', 100);
    expect(large.code).toBe(2);
    expect(large.stderr).toMatch(
      /links\.txt would take about .* of memory.*\n--force reads it all the same/s,
    );
    expect((await onTerminal(['analyze', path, '--only', 'summary', '--force'], '', 100)).code).toBe(0);
    const many = await onTerminal(
      ['analyze', '-', '--only', 'mixing', '--runs', '100000'],
      textOf(randomLinks(3000, 30_000)),
    );
    expect(many.code).toBe(2);
    expect(many.stderr).toMatch(
      /the analysis mixing of 3000 peers would take about .*\n--force does it all the same/s,
    );
  });
});

describe('analyze --table snap', () => {
  it('measures what SNAP publishes of a network', async () => {
    const { stdout } = await peerscope(['analyze', '-', '--table', 'snap', '--format', 'json'], {
      // A triangle with a tail of one, by hand: pairs at 1, 1, 1, 1, 2, 2.
      stdin: '# Directed\n1 2\n2 3\n3 1\n3 4\n',
    });
    const { datasets } = JSON.parse(stdout) as { datasets: Record<string, unknown>[] };
    expect(datasets[0]).toMatchObject({
      values: {
        ...{ nodes: 4, edges: 4, largestWeakNodes: 4, largestWeakEdges: 4 },
        ...{ largestStrongNodes: 3, largestStrongEdges: 3, triangles: 1, diameter: 2 },
        // Local coefficients 1, 1, 1/3 and 0; wedges 1 + 1 + 3.
        averageClustering: (1 + 1 + 1 / 3) / 4,
        closedTriadFraction: 1 / 3,
      },
      published: null,
      differences: [],
    });
  });

  it('is a report of its own', async () => {
    const run = await peerscope(['analyze', '-', '--table', 'snap', '--only', 'summary'], { stdin: '1 2\n' });
    expectFailure(run, 2, /--table is a report of its own/);
  });

  it.skipIf(!SNAP_PRESENT)(
    "is SNAP's own for all nine Gnutella snapshots, but for four diameters, which a path proves (skipped where ../shared is absent)",
    async () => {
      const published = snapPublished();
      const { stdout } = await peerscope(
        ['analyze', ...published.map(({ dataset = '' }) => dataset), '--table', 'snap', '--format', 'csv'],
        {
          env: { PEERSCOPE_DATASETS: fileURLToPath(new URL('../../../shared/data/snap/', import.meta.url)) },
        },
      );
      const [header = '', ...rows] = stdout.trim().split('\n');
      const names = header.split(',');
      const differing = rows.flatMap((row, k) => {
        const cells = Object.fromEntries(row.split(',').map((cell, i) => [names[i] ?? '', cell]));
        return Object.entries(COLUMNS).flatMap(([ours, theirs]) => {
          const expected = published[k]?.[theirs] ?? '';
          const digits = expected.split('.')[1]?.length ?? 0;
          const exact = Number(cells[ours]).toFixed(digits);
          return exact === expected
            ? []
            : [`${published[k]?.['dataset'] ?? ''} ${ours} ${exact} ${expected}`];
        });
      });
      expect(differing).toEqual([
        'p2p-Gnutella04 diameter 10 9',
        'p2p-Gnutella24 diameter 11 10',
        'p2p-Gnutella25 diameter 11 10',
        'p2p-Gnutella30 diameter 11 10',
      ]);
    },
  );
});

/** Our columns, and those of the published table. */
const COLUMNS = {
  ...{ nodes: 'nodes', edges: 'edges', wcc_nodes: 'wcc_nodes', wcc_edges: 'wcc_edges' },
  ...{ scc_nodes: 'scc_nodes', scc_edges: 'scc_edges', avg_clustering: 'avg_clustering' },
  ...{ triangles: 'triangles', closed_triads: 'frac_closed_triangles' },
  ...{ diameter: 'diameter', eff_diameter_90: 'eff_diameter_90' },
};
