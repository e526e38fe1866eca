import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCommandLine } from '../../src/cli/main.ts';
import { readSnapshot } from '../../src/snapshot/read.ts';
import { peerscope } from '../support/command-line.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** `peerscope simulate` with these arguments, whose clock runs faster than that on the wall. */
function serve(argv: readonly string[], speed = 1) {
  const stop = new AbortController();
  let text = '';
  let look = (): void => undefined;
  const stdout = new PassThrough();
  stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    look();
  });
  const ended = runCommandLine(['simulate', ...argv], {
    stdin: new PassThrough(),
    stdout: { stream: stdout, isTTY: false, columns: 200 },
    stderr: { stream: new PassThrough(), isTTY: false, columns: 200 },
    env: {},
    now: Date.now,
    monotonic: () => performance.now() * speed,
    catchInterrupts: () => ({ signal: stop.signal, release: () => undefined }),
    processors: 1,
    memory: () => 1e10,
    packageDir: '',
  });
  const interrupt = (): Promise<number> => {
    stop.abort();
    return ended;
  };
  onTestFinished(async () => {
    await interrupt();
  });
  const until = (pattern: RegExp): Promise<void> =>
    new Promise((resolve) => {
      look = () => {
        if (pattern.test(text)) resolve();
      };
      look();
    });
  return { text: () => text, until, interrupt };
}

const isLinux = process.platform === 'linux';

describe.skipIf(!isLinux)('simulate with live nodes (skipped where 127.0.0.0/8 is not routed)', () => {
  it('holds the links of a model, and writes them down as the truth', async () => {
    const truth = join(temporaryFolder(), 'truth');
    const served = serve(['star', '--peers', '7', '--live', '--port', '0', '--truth', truth], 20);
    await served.until(/connections 7 ·/);
    expect(await served.interrupt()).toBe(130);
    expect(served.text()).toMatch(/^bootstrap 127\.1\.0\.1:\d+\nstar: 8 live nodes that hold its 7 links/);
    const { manifest, links } = await readSnapshot(truth);
    expect(manifest).toMatchObject({ origin: 'truth', options: { model: 'star', live: true } });
    expect(links).toHaveLength(7);
    expect(links.every(({ evidence }) => evidence === 'truth')).toBe(true);
  });

  it('lets peers find each other, search and fetch, and writes the transfers down as links', async () => {
    const truth = join(temporaryFolder(), 'truth');
    const argv = ['self-organised', '--peers', '10', '--searches', '5', '--port', '0', '--truth', truth];
    const served = serve(argv, 20);
    await served.until(/transfers [1-9]/);
    expect(await served.interrupt()).toBe(130);
    const [header, first] = readFileSync(join(truth, 'transfers.csv'), 'utf8').split('\n');
    expect(header).toBe('source,target,relation,evidence,reported_by,name,bytes,at');
    expect(first).toMatch(
      /^127\.1\.0\.\d+:\d+,127\.1\.0\.\d+:\d+,transfer,truth,both,"[a-z0-9 .]+",\d+,\d{4}-\d\d-\d\dT[\d:.]+Z$/,
    );
  });

  it('says where the overlay of those begins that know 0.4 only', async () => {
    const personalities = 'gtk-gnutella:1,legacy-0.4:1';
    const argv = ['self-organised', '--peers', '12', '--port', '0', '--personalities', personalities];
    const served = serve(argv, 20);
    await served.until(/Ctrl-C/);
    expect(served.text()).toMatch(
      /12 live nodes that know the first of them \(those of Gnutella 0\.4 know 127\.1\.0\.\d+, and form an overlay of their own\), speaking/,
    );
    const old = serve([...argv.slice(0, -1), 'legacy-0.4'], 20);
    await old.until(/Ctrl-C/);
    expect(old.text()).toMatch(/12 live nodes that know the first of them, speaking/);
  });

  it('runs servents of several programs', async () => {
    const personalities = 'gtk-gnutella,limewire,shareaza,legacy-0.4';
    const model = ['ring', '--peers', '12'];
    const served = serve([...model, '--live', '--port', '0', '--personalities', personalities], 20);
    await served.until(/hold its 12 links/);
    await served.until(/connections 12 ·/);
  });
});

describe('simulate', () => {
  it.each([
    [['two-tier', '--searches', '2'], '--searches is for live nodes'],
    [['two-tier', '--capable', '0.5'], '--capable is for live nodes'],
    [['two-tier', '--live', '--capable', '0.5'], '--capable is for simulate self-organised'],
    [['two-tier', '--live', '--silent', '0.5'], 'live nodes know no trouble'],
    [['two-tier', '--live', '--web-cache'], '--web-cache has no effect on live nodes'],
    [['two-tier', '--live', '--peers', '2000'], '2000 live nodes are too many'],
    [['self-organised', '--mean-degree', '3'], '--mean-degree is for models'],
    [['self-organised', '--personalities', 'napster'], 'napster'],
  ])('refuses %j', async (argv, message) => {
    const { code, stderr } = await peerscope(['simulate', ...argv]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
