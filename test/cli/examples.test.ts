import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameOf } from '../../src/cli/command.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { peerscope } from '../support/command-line.ts';

/** Examples that are not run, each with its reason. */
const NOT_RUN: readonly (readonly [RegExp, string])[] = [
  [/ --live\b/, 'it would contact others'],
  [/^\$0 dataset fetch\b/, 'it would download'],
  [/^\$0 view\b/, 'it would open a browser'],
];

/** What is made smaller, so that the examples are run in seconds. */
const SMALLER: readonly (readonly [RegExp, string])[] = [
  [/--peers 1000000\b/, '--peers 1000'],
  [/--peers 5000\b/, '--peers 200'],
  [/--peers 100,1000,10000\b/, '--peers 100'],
  [/^paradigms (?!.*--peers)/, 'paradigms --peers 100 --runs 1 '],
  [/^experiment slow-crawl$/, 'experiment slow-crawl --peers 1000 --slower 1'],
  [/^experiment ritter$/, 'experiment ritter --peers 1000'],
  [/--items 1000 --queries 500\b/, '--items 50 --queries 5'],
  [/^(probe .*)$/, '$1 --answer-timeout 300 --connect-timeout 1000'],
  [/^(analyze (?!.*(--only|--table)).*)$/, '$1 --bootstrap 9 --runs 1'],
  [/^(fit .*)$/, '$1 --bootstrap 9'],
];

const examples = COMMANDS.flatMap((command) =>
  command.examples.map(([example, meaning]) => ({ name: nameOf(command), example, meaning })),
);
const excused = (example: string): boolean => NOT_RUN.some(([pattern]) => pattern.test(example));

describe('the examples of help', () => {
  let folder = '';
  let before = '';
  let bootstrap = '';
  let webCache = '';
  const stop = new AbortController();
  let serving: Promise<unknown> = Promise.resolve();

  /** Runs what somebody would type in the folder of the examples. */
  const typed = (line: string, interrupt?: AbortController) =>
    peerscope(wordsOf(line), {
      stdin: '1 2\n2 3\n',
      env: { PEERSCOPE_DATASETS: folder, HOME: folder },
      packageDir: join(folder, 'package'),
      ...(interrupt === undefined
        ? {}
        : {
            interrupt: interrupt.signal,
            onStdout: (text: string) => {
              if (text.includes('Ctrl-C')) interrupt.abort();
            },
          }),
    });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'peerscope-test-'));
    before = process.cwd();
    process.chdir(folder);
    const links = Array.from(
      { length: 60 },
      (_, peer) => `${peer}\t${(peer * 7 + 1) % 60}\n${peer}\t${(peer * 3 + 2) % 60}\n`,
    ).join('');
    writeFileSync('degrees.csv', 'degree,count\n1,50\n2,20\n3,10\n4,5\n8,1\n');
    writeFileSync('sessions.txt', '1\n2\n1\n5\n3\n1\n9\n2\n4\n30\n');
    // A Ping of Gnutella 0.4 that has come its first hop: 16 bytes of a name, kind 0, TTL 7, no hops, no payload.
    const ping = Buffer.from(`${'11'.repeat(16)}00070000000000`, 'hex');
    writeFileSync('answer.bin', ping);
    writeFileSync('datagrams.hex', `# a ping\n${ping.toString('hex')}\n`);
    mkdirSync('.gtk-gnutella');
    writeFileSync(join('.gtk-gnutella', 'ultras'), '127.1.9.1:6346 2024-03-03 12:00:00Z\n');
    writeFileSync('links.csv', 'from,to\na,b\nb,c\n');
    writeFileSync(
      'table.csv',
      'prefix,latitude,longitude,country,asn\n127.1.0.0/25,48.2,16.4,AT,1\n127.0.0.0/8,35.7,139.7,JP,2\n',
    );
    const vehicles = '<vehicle id="a" x="0" y="0"/><vehicle id="b" x="50" y="0"/>';
    writeFileSync(
      'fcd.xml.gz',
      gzipSync(
        `<fcd-export><timestep time="0">${vehicles}</timestep><timestep time="1">${vehicles}</timestep></fcd-export>`,
      ),
    );
    writePackage(folder, gzipSync(links));
    await typed('crawl --simulate two-tier --peers 60 --out snapshot/ --truth truth/');
    for (const day of ['monday', 'tuesday']) cpSync('snapshot', `${day}.snapshot`, { recursive: true });
    let announced: () => void;
    const ready = new Promise<void>((resolve) => (announced = resolve));
    serving = peerscope(wordsOf('simulate two-tier --peers 40 --port 0 --web-cache'), {
      interrupt: stop.signal,
      onStdout: (text) => {
        bootstrap = /^bootstrap (\S+)/.exec(text)?.[1] ?? '';
        webCache = /web cache (\S+)/.exec(text)?.[1] ?? '';
        if (text.includes('Ctrl-C')) announced();
      },
    });
    await ready;
    await typed(`bootstrap --peer ${bootstrap} --out hosts.csv`);
  }, 60_000);

  afterAll(async () => {
    stop.abort();
    await serving;
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  });

  it('are there for every command', () => {
    for (const command of COMMANDS) expect(command.examples, command.usage).not.toHaveLength(0);
    for (const { name, example } of examples) expect(example.startsWith(`$0 ${name}`)).toBe(true);
  });

  it.each(examples.filter(({ example }) => !excused(example)))(
    'run: $example',
    async ({ name, example, meaning }) => {
      let line = example.replace('$0 ', '').replace(/ > \S+$/, '');
      for (const [pattern, smaller] of SMALLER) line = line.replace(pattern, smaller);
      line = line
        .replaceAll('127.1.0.1:6346', bootstrap)
        .replaceAll('http://127.0.0.1:8080/', webCache)
        .replaceAll('~', folder);
      // A crawl makes a new snapshot; those of the other examples stay.
      if (name === 'crawl')
        line = line.replace(
          '--out snapshot/',
          `--out crawled-${String(examples.findIndex((one) => one.meaning === meaning))}/`,
        );
      if (name === 'simulate') line += ' --port 0';
      const { code, stdout, stderr } = await typed(
        line,
        name === 'simulate' ? new AbortController() : undefined,
      );
      expect({ code, stderr }, line).toEqual({
        code: name === 'simulate' && !line.includes('--save-') ? 130 : 0,
        stderr: '',
      });
      if (!line.includes('--out')) expect(stdout).not.toBe('');
    },
  );
});

/** The words of a line without quotes. */
function wordsOf(line: string): string[] {
  return line.split(' ').filter((word) => word !== '');
}

/** A package whose datasets are small: under the names of the catalogue, one file with its own checksum. */
function writePackage(folder: string, content: Buffer): void {
  const path = fileURLToPath(new URL('../../datasets/catalogue.json', import.meta.url));
  const catalogue = JSON.parse(readFileSync(path, 'utf8')) as {
    datasets: { file: string; sha256: string }[];
  };
  const sha256 = createHash('sha256').update(content).digest('hex');
  const datasets = catalogue.datasets.map((dataset) => ({ ...dataset, sha256 }));
  for (const { file } of datasets) writeFileSync(join(folder, file), content);
  mkdirSync(join(folder, 'package', 'datasets'), { recursive: true });
  writeFileSync(
    join(folder, 'package', 'datasets', 'catalogue.json'),
    JSON.stringify({ ...catalogue, datasets }),
  );
}
