import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { VERSION } from '../../src/core/version.ts';
import { peerscope, type Run } from '../support/command-line.ts';
import { temporaryFolder } from '../support/temporary.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Every failure is one clear message on stderr, never a stack, and nothing on stdout. */
function expectFailure(run: Run, code: number, message: RegExp): void {
  expect(run).toMatchObject({ code, stdout: '' });
  expect(run.stderr).toMatch(/^peerscope: /);
  expect(run.stderr).toMatch(message);
  expect(run.stderr).not.toMatch(/^ +at /m);
  expect(run.stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
}

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

  it('lists the commands and exit codes, and the version is that of package.json', async () => {
    expect((await peerscope(['--help'])).stdout).toMatch(/demo[\s\S]*crawl[\s\S]*Exit codes/);
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(VERSION).toBe(version);
    expect((await peerscope(['--version'])).stdout).toBe(`${version}\n`);
  });
});

describe('a wrong word', () => {
  it.each<[string[], RegExp]>([
    [['analzye', 'x'], /unknown command "analzye"\nDid you mean analyze\?/],
    [['xyzzy'], /unknown command "xyzzy"\npeerscope --help/],
    [[], /no command given/],
    [['analyze', 'x.txt', '--onyl', 'degree'], /unknown option --onyl\nDid you mean --only\?/],
    [['analyze', 'x.txt', '--only', 'degre'], /unknown analysis "degre": did you mean degree\?/],
    [
      ['analyze', 'x.txt', '--only', 'frobnicate'],
      /unknown analysis "frobnicate"; there are summary, degree/,
    ],
    [['analyze', 'x.txt', '--laws', 'hybird'], /no degree law "hybird"/],
    [['analyze', 'x.txt', '--format', 'cvs'], /unknown format "cvs": did you mean csv\?/],
    [['analyze', 'x.txt', '--seed', 'abc'], /--seed must be a whole number.*"abc"/],
    [['analyze', 'x.txt', '--seed', '1.5'], /--seed must be a whole number/],
    [['analyze', 'x.txt', '--seed', '-1'], /--seed must be a whole number from 0/],
    [['analyze', 'x.txt', '--seed'], /not enough arguments following: seed/i],
    [['analyze', 'x.txt', '--seed', '1', '--seed', '2'], /--seed is given more than once/],
    [['analyze'], /not enough non-option arguments/i],
    [['simulate', 'hybird'], /unknown model "hybird": did you mean hybrid\?/],
    [['simulate', 'pure', '--reading', 'B'], /the model pure has no option --reading/],
    [['simulate', 'two-tier', '--superpeer-share', '2'], /--superpeer-share must be a number from 0 to 1/],
    [['simulate', 'hybrid', '--peers', '10'], /10 peers cannot have degrees up to 20/],
    [['simulate', 'two-tier', '--peers', '1000', '--leaf-cap', '1'], /do not fit/],
    [['crawl', '127.0.0.1:1'], /needs a directory/],
    [['crawl', '--out', 'x'], /needs a peer to begin at/],
    [['crawl', '127.0.0.1:1', '--out', 'x', '--peers', '9'], /--peers is for simulated overlays/],
    [['crawl', 'nonsense', '--out', 'x'], /"nonsense" is no address/],
    [
      ['crawl', '127.0.0.1:1', '--out', 'x', '--network', 'gnutela'],
      /unknown network "gnutela"\nDid you mean gnutella\?/,
    ],
    [['crawl', '127.0.0.1:1', '--simulate', 'pure', '--out', 'x'], /has its own bootstrap/],
  ])('%j is answered with what is right', async (argv, message) => {
    expectFailure(await peerscope(argv), 2, message);
  });
});

describe('bad input', () => {
  const inputs: [string, (folder: string) => string, RegExp][] = [
    ['a missing file', (folder) => join(folder, 'none.txt'), /none\.txt does not exist/],
    ['a directory that is no snapshot', (folder) => folder, /is a directory, and no snapshot/],
    [
      'an unknown name',
      () => 'p2p-Gnutela08',
      /no file, snapshot or dataset "p2p-Gnutela08"\nDid you mean the dataset p2p-Gnutella08/,
    ],
    [
      'a dataset that is not here',
      () => 'p2p-Gnutella08',
      /not on this machine\nDownload p2p-Gnutella08\.txt\.gz from https:/,
    ],
    [
      'a cut-off gzip',
      (folder) =>
        file(
          folder,
          'a.txt.gz',
          gzipSync(
            randomBytes(60_000)
              .toString('hex')
              .replace(/(.{8})/g, '$1 x\n'),
          ).subarray(0, 20_000),
        ),
      /is cut off/,
    ],
    ['a binary file', (folder) => file(folder, 'a.txt', randomBytes(5_000)), /is not a text file/],
    ['a line with one column', (folder) => file(folder, 'a.txt', '1 2\n3\n'), /line 2 has one column/],
    ['an empty file', (folder) => file(folder, 'a.txt', ''), /holds no links/],
    [
      'a CSV without the named column',
      (folder) => file(folder, 'a.csv', 'a,b\n1,2\n'),
      /no columns "source" and "target"; it has "a", "b"/,
    ],
    [
      'a damaged manifest',
      (folder) => file(folder, 'manifest.json', '{}').replace('manifest.json', ''),
      /is not a snapshot manifest/,
    ],
  ];
  it.each(inputs)('%s is one clear sentence and the exit code 3', async (_, make, message) => {
    const folder = temporaryFolder();
    expectFailure(
      await peerscope(['analyze', make(folder)], { env: { XDG_CACHE_HOME: folder } }),
      3,
      message,
    );
  });
});

describe('a bootstrap peer that gives nothing', () => {
  const strangers: [string, (socket: Socket) => void, string][] = [
    ['refuses', (socket) => socket.end('GNUTELLA/0.6 403 Not a network member\r\n\r\n'), 'refused'],
    ['is silent', () => undefined, 'silent'],
    ['answers HTTP', (socket) => socket.end('HTTP/1.1 404 Not Found\r\n\r\n'), 'not-this-protocol'],
    [
      'answers 10 MB of header',
      (socket) => socket.write(`GNUTELLA/0.6 200 OK\r\n${'X: y\r\n'.repeat(1_700_000)}`),
      'malformed',
    ],
    ['closes at once', (socket) => socket.end(), 'closed'],
  ];
  it.each(strangers)(
    'because it %s ends with 4 and says so, with the evidence kept',
    async (_, behaviour, outcome) => {
      const sockets = new Set<Socket>();
      const server = createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => undefined);
        behaviour(socket);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => {
        for (const socket of sockets) socket.destroy();
        server.close();
      });
      const out = join(temporaryFolder(), 'snapshot');
      const endpoint = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      const run = await peerscope(['crawl', endpoint, '--out', out, '--answer-timeout', '300']);
      expectFailure(run, 4, new RegExp(`no bootstrap peer gave an answer: ${endpoint} ${outcome}`));
      expect(readFileSync(join(out, 'peers.csv'), 'utf8')).toContain(`,${outcome},false,`);
    },
  );

  it('because it is outside of this machine ends with 4, and nothing is written', async () => {
    const out = join(temporaryFolder(), 'snapshot');
    expectFailure(
      await peerscope(['crawl', '192.0.2.1:6346', '--out', out]),
      4,
      /192\.0\.2\.1:6346 is not on this machine/,
    );
    expect(existsSync(out)).toBe(false);
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
    const path = file(temporaryFolder(), 'triangle.txt', TRIANGLE);
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
    ]);
    const two = JSON.parse(
      (await peerscope(['analyze', path, path, '--only', 'summary', '--format', 'json'])).stdout,
    ) as unknown[];
    expect(two).toHaveLength(2);
  });

  it('puts the input in front of a CSV of several, and one line per finding into ndjson', async () => {
    const path = file(temporaryFolder(), 'triangle.txt', TRIANGLE);
    const csv = (await peerscope(['analyze', path, path, '--only', 'summary', '--format', 'csv'])).stdout
      .trimEnd()
      .split('\n');
    expect(csv).toHaveLength(3);
    expect(csv[0]).toMatch(/^input,nodes,edges/);
    const ndjson = (await peerscope(['analyze', path, '--format', 'ndjson'])).stdout.trimEnd().split('\n');
    expect(ndjson.map((line) => (JSON.parse(line) as { analysis: string }).analysis)).toHaveLength(5);
  });

  it('writes one CSV a table into a folder', async () => {
    const folder = join(temporaryFolder(), 'tables');
    await peerscope(['analyze', '-', '--out', folder], { stdin: TRIANGLE });
    expect(readFileSync(join(folder, 'summary.csv'), 'utf8')).toMatch(/^nodes,edges,/);
    for (const name of ['degree', 'degree-model', 'components', 'superpeers'])
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

  it('ends quietly with 0 when its reader goes away', async () => {
    const path = file(
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

function file(folder: string, name: string, content: string | Uint8Array): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
