import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { MODELS } from '../../src/models/index.ts';
import { SCENARIOS } from '../../src/simulate/scenarios.ts';
import { VERSION } from '../../src/core/version.ts';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFile, temporaryFolder } from '../support/temporary.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

describe('help', () => {
  it.each(COMMANDS.map(({ usage }) => usage.split(' ')[0] ?? ''))(
    'of %s names every option and an example',
    async (name) => {
      const { code, stdout, stderr } = await peerscope([name, '--help']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const command = COMMANDS.find(({ usage }) => usage.startsWith(name));
      for (const option of Object.keys(command?.options ?? {})) expect(stdout).toContain(`--${option}`);
      expect(stdout).toContain(`peerscope ${name}`);
    },
  );

  it.each(['simulate', 'generate'])('of %s names every model and scenario', async (name) => {
    const { stdout } = await peerscope([name, '--help']);
    for (const { name: word } of [...MODELS, ...SCENARIOS])
      expect(stdout.replace(/\s+/g, ' ')).toContain(word);
  });

  it('lists the commands and exit codes, and the version is that of package.json', async () => {
    expect((await peerscope(['--help'])).stdout).toMatch(/demo[\s\S]*crawl[\s\S]*Exit codes/);
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(VERSION).toBe(version);
    expect((await peerscope(['--version'])).stdout).toBe(`${version}\n`);
  });
});

describe('analyze', () => {
  const TRIANGLE = '# Undirected graph\n1 2\n2 3\n3 1\n3 4\n';

  it('gives the degree table as CSV, with the documented names', async () => {
    const { code, stdout, stderr } = await peerscope(['analyze', '-', '--only', 'degree'], {
      stdin: TRIANGLE,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    // By hand: degrees 2, 2, 3, 1.
    expect(stdout).toBe(
      'population,direction,degree,count,probability,ccdf\nall,both,1,1,0.25,1\nall,both,2,2,0.5,0.75\nall,both,3,1,0.25,0.25\n',
    );
  });

  it('gives JSON with schema, input and analyses; several inputs an array', async () => {
    const path = temporaryFile(temporaryFolder(), 'triangle.txt', TRIANGLE);
    const one = JSON.parse((await peerscope(['analyze', path, '--format', 'json'])).stdout) as {
      analyses: Record<string, unknown>;
    };
    expect(one).toMatchObject({
      schema: 'peerscope/analysis/1',
      input: path,
      analyses: { summary: { nodes: 4, edges: 4, maxDegree: 3 } },
    });
    expect(Object.keys(one.analyses)).toEqual([
      'summary',
      'degree',
      'degree-model',
      'components',
      'superpeers',
      'audit',
    ]);
    const two = JSON.parse(
      (await peerscope(['analyze', path, path, '--only', 'summary', '--format', 'json'])).stdout,
    ) as unknown[];
    expect(two).toHaveLength(2);
  });

  it('puts the input in front of a CSV of several, and one line per finding into ndjson', async () => {
    const path = temporaryFile(temporaryFolder(), 'triangle.txt', TRIANGLE);
    const csv = (await peerscope(['analyze', path, path, '--only', 'summary', '--format', 'csv'])).stdout
      .trimEnd()
      .split('\n');
    expect(csv).toHaveLength(3);
    expect(csv[0]).toMatch(/^input,nodes,edges/);
    const ndjson = (await peerscope(['analyze', path, '--format', 'ndjson'])).stdout.trimEnd().split('\n');
    expect(ndjson.map((line) => (JSON.parse(line) as { analysis: string }).analysis)).toHaveLength(6);
  });

  it('writes one CSV a table into a folder', async () => {
    const folder = join(temporaryFolder(), 'tables');
    await peerscope(['analyze', '-', '--out', folder], { stdin: TRIANGLE });
    expect(readFileSync(join(folder, 'summary.csv'), 'utf8')).toMatch(/^nodes,edges,/);
    for (const name of ['degree', 'degree-model', 'components', 'superpeers', 'audit'])
      expect(existsSync(join(folder, `${name}.csv`))).toBe(true);
  });

  it('prints tables and charts no wider than 80 columns', async () => {
    const { stdout } = await peerscope(['analyze', '-', '--format', 'table'], { stdin: TRIANGLE });
    expect(stdout).toMatch(
      /Summary[\s\S]*Degree distribution against the laws[\s\S]*Components[\s\S]*Superpeers/,
    );
    for (const line of stdout.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(80);
  });
});

describe('crawl --simulate', () => {
  it('takes a snapshot and scores it', async () => {
    const out = join(temporaryFolder(), 'snapshot');
    const argv = [
      'crawl',
      '--simulate',
      'two-tier',
      '--peers',
      '300',
      '--seed',
      '2',
      '--out',
      out,
      '--format',
      'json',
    ];
    const { code, stdout, stderr } = await peerscope(argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      manifest: { state: 'complete', seed: 2, options: { simulate: 'two-tier', peers: 300 } },
      score: { found: 300, reachable: 300, total: 300, linksMissing: 0, linksExtra: 0 },
    });
    expect((await peerscope(['analyze', out, '--only', 'superpeers'])).code).toBe(0);
  });
});

describe('crawl --simulate --virtual', () => {
  it('gives the same bytes in every file for the same seed, and scores itself', async () => {
    const folder = temporaryFolder();
    for (const name of ['a', 'b']) {
      const argv = [
        'crawl',
        '--simulate',
        'quiet',
        '--peers',
        '300',
        '--virtual',
        '--out',
        join(folder, name),
      ];
      const { code, stdout } = await peerscope([
        ...argv,
        '--latency',
        'log-normal:80:1000',
        '--format',
        'json',
      ]);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ score: { found: 300, linksMissing: 0, linksExtra: 0 } });
    }
    for (const file of ['manifest.json', 'peers.csv', 'links.csv', join('visits', '000001.ndjson')]) {
      expect(readFileSync(join(folder, 'a', file))).toEqual(readFileSync(join(folder, 'b', file)));
    }
  });

  it('is for simulated overlays, and latency for virtual time', async () => {
    expectFailure(
      await peerscope(['crawl', '127.0.0.1:1', '--virtual', '--out', 'x']),
      2,
      /--virtual is for simulated/,
    );
    const argv = ['crawl', '--simulate', 'quiet', '--latency', 'constant:5', '--out', 'x'];
    expectFailure(await peerscope(argv), 2, /--latency is for virtual time/);
  });

  it('has contacts time out in virtual time too', async () => {
    const crawlWith = (option: string, out: string) =>
      peerscope([
        'crawl',
        '--simulate',
        'lecture',
        '--virtual',
        option,
        '90',
        '--out',
        join(temporaryFolder(), out),
      ]);
    // At 50 ms one way a connection takes 100 ms, and an answer 100 ms more.
    expectFailure(
      await crawlWith('--connect-timeout', 'a'),
      4,
      /no bootstrap peer gave an answer: .* connect-timeout/,
    );
    expectFailure(await crawlWith('--answer-timeout', 'b'), 4, /no bootstrap peer gave an answer: .* silent/);
  });
});

describe('generate and compare', () => {
  it('write a topology that analyze reads, the same bytes for the same seed', async () => {
    const folder = temporaryFolder();
    const made = async (name: string, seed: string): Promise<Buffer> => {
      const path = join(folder, name);
      const argv = [
        'generate',
        'two-tier',
        '--peers',
        '200',
        '--seed',
        seed,
        '--out',
        path,
        '--format',
        'json',
      ];
      const { code, stdout } = await peerscope(argv);
      expect(code).toBe(0);
      // By hand: 30 superpeers of degree 29 at most (all of them linked), 170 leaves at 3.
      expect(JSON.parse(stdout)).toMatchObject({
        schema: 'peerscope/generate/1',
        peers: 200,
        links: 435 + 510,
        file: path,
      });
      return readFileSync(path);
    };
    expect(await made('a.txt', '7')).toEqual(await made('b.txt', '7'));
    const { stdout } = await peerscope([
      'analyze',
      join(folder, 'a.txt'),
      '--only',
      'summary',
      '--format',
      'json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ analyses: { summary: { nodes: 200, edges: 945 } } });
    expectFailure(
      await peerscope(['generate', 'pure', '--out', join(folder, 'a.png')]),
      2,
      /does not say in which format/,
    );
    expectFailure(await peerscope(['generate', 'pure']), 2, /needs a file/);
  });

  it('say how a snapshot differs from another one, and find nothing between it and itself', async () => {
    const folder = temporaryFolder();
    for (const seed of ['1', '2']) {
      const argv = [
        'crawl',
        '--simulate',
        'two-tier',
        '--peers',
        '50',
        '--seed',
        seed,
        '--out',
        join(folder, seed),
      ];
      expect((await peerscope(argv)).code).toBe(0);
    }
    const compared = async (a: string, b: string): Promise<unknown> =>
      JSON.parse((await peerscope(['compare', join(folder, a), join(folder, b), '--format', 'json'])).stdout);
    expect(await compared('1', '1')).toMatchObject({
      peers: { distortion: 0, found: 50 },
      links: { completeness: 1 },
    });
    // Two overlays on different ports have no peer in common.
    expect(await compared('1', '2')).toMatchObject({
      peers: { both: 0, distortion: 1 },
      peersByRole: { leaf: { missing: 42 } },
    });
    expectFailure(await peerscope(['compare', folder, folder]), 3, /is no snapshot/);
  });
});

describe('simulate', () => {
  it('prints a bootstrap address that a crawl in another process can use, until it is interrupted', async () => {
    const folder = temporaryFolder();
    const stop = new AbortController();
    let announced: (address: string) => void;
    const bootstrap = new Promise<string>((resolve) => (announced = resolve));
    const serving = peerscope(
      ['simulate', 'pure', '--peers', '50', '--port', '0', '--truth', join(folder, 'truth')],
      {
        interrupt: stop.signal,
        onStdout: (text) => {
          const address = /^bootstrap (127\.\S+)/.exec(text)?.[1];
          if (address !== undefined && text.includes('Ctrl-C')) announced(address);
        },
      },
    );
    const crawled = await peerscope(['crawl', await bootstrap, '--out', join(folder, 'snapshot')]);
    stop.abort();
    expect(crawled.code).toBe(0);
    expect(await serving).toMatchObject({ code: 130, stderr: '' });
    expect(existsSync(join(folder, 'truth', 'links.csv'))).toBe(true);
  });
});

// These need the built program: `npm ci` builds it.
describe.skipIf(!existsSync(join(ROOT, 'dist')))('the program itself (skipped where it is not built)', () => {
  const program = join(ROOT, 'bin', 'peerscope.js');

  it(
    'gives the demo in one command: everything reachable found, files written, 80 columns',
    { timeout: 60_000 },
    async () => {
      const folder = temporaryFolder();
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, 'demo'], {
        cwd: folder,
      });
      expect(stderr).toBe('');
      const score = JSON.parse(readFileSync(join(folder, 'peerscope-demo', 'score.json'), 'utf8')) as Record<
        string,
        number
      >;
      expect(score).toMatchObject({ total: 222, linksMissing: 0, linksExtra: 0, found: score['reachable'] });
      expect(score['reachable']).toBeLessThan(222);
      for (const words of ['P(D = d) (log scale)', '10.6425', 'separate sub networks', 'npx peerscope crawl'])
        expect(stdout).toContain(words);
      for (const name of ['summary', 'degree', 'degree-model', 'components', 'superpeers']) {
        expect(existsSync(join(folder, 'peerscope-demo', `${name}.csv`))).toBe(true);
      }
    },
  );

  it('does not delete what stands in the way of the demo and is not its own', async () => {
    const folder = temporaryFolder();
    const diary = temporaryFile(join(folder, 'hybrid.snapshot'), 'diary.txt', 'dear');
    expectFailure(await peerscope(['demo', '--out', folder]), 2, /no snapshot of an earlier demo/);
    expect(existsSync(diary)).toBe(true);
  });

  it.skipIf(!existsSync('/dev/full'))(
    'says in a sentence that its output has no room (skipped where there is no /dev/full)',
    async () => {
      const command = `${process.execPath} ${program} figures --list > /dev/full`;
      const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
        execFile('sh', ['-c', command], (error, _stdout, errors) => {
          resolve({ code: error?.code, stderr: errors });
        });
      });
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: 'peerscope: standard output cannot be written: the disk is full\n',
      });
    },
  );

  it('ends quietly with 0 when its reader goes away', async () => {
    const path = temporaryFile(
      temporaryFolder(),
      'links.txt',
      Array.from({ length: 20_000 }, (_, i) => `${i} ${i * 7 + 1}`).join('\n'),
    );
    const child = spawn(process.execPath, [program, 'analyze', path, '--format', 'csv', '--only', 'degree'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
  });
});
