import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFolder } from '../support/temporary.ts';

const snap = fileURLToPath(new URL('../../../shared/data/snap/', import.meta.url));

describe('dataset', () => {
  it('list names the nine snapshots and whether they are here', async () => {
    const env = { XDG_CACHE_HOME: temporaryFolder() };
    const run = await peerscope(['dataset', 'list', '--format', 'csv'], { env });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const [header, ...rows] = run.stdout.trimEnd().split('\n');
    expect(header).toBe('name,bytes,here,title');
    expect(rows).toHaveLength(9);
    expect(rows[0]).toMatch(/^p2p-Gnutella04,127242,false,/);
  });

  it('show tells where one comes from, its licence, checksum, and published figures', async () => {
    const run = await peerscope(['dataset', 'show', 'p2p-gnutella04', '--format', 'json']);
    expect(JSON.parse(run.stdout)).toMatchObject({
      ...{ schema: 'peerscope/dataset/1', name: 'p2p-Gnutella04', bytes: 127242 },
      origin: 'https://snap.stanford.edu/data/p2p-Gnutella04.html',
      sha256: '8dfcee04b782b393a8b152c5a1677f7298e7e25ab5f0fa1021300f77ec62d6eb',
      published: { nodes: 10876, diameter: 9 },
    });
    const table = await peerscope(['dataset', 'show', 'p2p-Gnutella04', '--format', 'table']);
    expect(table.stdout).toMatch(/no licence is stated/);
  });

  it.skipIf(!existsSync(snap))(
    'fetch puts them into the cache of the user, where they are an INPUT by name (skipped where ../shared is absent)',
    async () => {
      const server = createServer((request, response) => {
        response.end(readFileSync(join(snap, (request.url ?? '').slice(1))));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => {
        server.close();
      });
      const from = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const cache = temporaryFolder();
      const env = { XDG_CACHE_HOME: cache };
      const before = await peerscope(['analyze', 'p2p-Gnutella08', '--only', 'summary'], { env });
      expectFailure(
        before,
        3,
        /the dataset p2p-Gnutella08 is not on this machine\npeerscope dataset fetch p2p-Gnutella08 gets it/,
      );
      const run = await peerscope(['dataset', 'fetch', 'p2p-Gnutella08', '--from', from, '--format', 'csv'], {
        env,
      });
      expect(run).toMatchObject({ code: 0, stderr: '' });
      const file = join(cache, 'peerscope', 'datasets', 'p2p-Gnutella08.txt.gz');
      expect(run.stdout.split('\n')[1]).toBe(`p2p-Gnutella08,62359,0,${from}/p2p-Gnutella08.txt.gz,${file}`);
      const after = await peerscope(['analyze', 'p2p-Gnutella08', '--only', 'summary', '--format', 'json'], {
        env,
      });
      expect(JSON.parse(after.stdout)).toMatchObject({
        analyses: { summary: { nodes: 6301, edges: 20777 } },
      });
      const all = await peerscope(['dataset', 'fetch', '--all', '--from', snap, '--format', 'json'], { env });
      const { datasets } = JSON.parse(all.stdout) as { datasets: { name: string; from: string | null }[] };
      expect(datasets).toHaveLength(9);
      expect(datasets.filter((dataset) => dataset.from === null).map((dataset) => dataset.name)).toEqual([
        'p2p-Gnutella08',
      ]);
    },
  );

  it.each<[string[], number, RegExp]>([
    [['dataset'], 2, /ACTION is missing/],
    [['dataset', 'lst'], 2, /unknown action "lst": did you mean list\?/],
    [['dataset', 'show'], 2, /dataset show needs the name of one dataset\npeerscope dataset list/],
    [['dataset', 'show', 'a', 'b'], 2, /needs the name of one dataset/],
    [
      ['dataset', 'show', 'p2p-Gnutela04'],
      3,
      /there is no dataset "p2p-Gnutela04"\nDid you mean the dataset p2p-Gnutella04\?/,
    ],
    [['dataset', 'show', 'zzz'], 3, /there is no dataset "zzz"\npeerscope dataset list names them/],
    [['dataset', 'list', 'p2p-Gnutella04'], 2, /lists all of them/],
    [['dataset', 'list', '--all'], 2, /--all is for dataset fetch/],
    [['dataset', 'fetch'], 2, /needs the names of datasets, or --all/],
    [['dataset', 'fetch', 'p2p-Gnutella04', '--all'], 2, /needs the names of datasets, or --all/],
    [['dataset', 'fetch', 'p2p-Gnutella04', '--from', './nowhere'], 3, /nowhere does not exist/],
    [
      ['dataset', 'fetch', 'p2p-Gnutella04', '--from', 'http://127.0.0.1:1'],
      1,
      /the server refuses connections/,
    ],
    [['dataset', 'fetch', 'p2p-Gnutella04', '--timeout', '0'], 2, /--timeout must be a number/],
  ])('%j is one clear sentence', async (argv, code, message) => {
    const env = { XDG_CACHE_HOME: temporaryFolder() };
    expectFailure(await peerscope(argv, { env }), code, message);
  });
});
