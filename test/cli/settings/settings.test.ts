import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { MAX_CONFIG_BYTES } from '../../../src/core/limits.ts';
import { peerscope, type Run } from '../../support/command-line.ts';
import { expectFailure } from '../../support/expect-failure.ts';
import { temporaryFile, temporaryFolder } from '../../support/temporary.ts';

const TRIANGLE = '1 2\n2 3\n3 1\n';

/** A project's folder as the working directory, with these files; the user's own file is `user`. */
function inFolder({ project, named, user }: { project?: unknown; named?: unknown; user?: unknown }) {
  const folder = temporaryFolder();
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => {
    process.chdir(before);
  });
  const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  writeFileSync('links.txt', TRIANGLE);
  if (project !== undefined) writeFileSync('peerscope.config.json', text(project));
  if (named !== undefined) writeFileSync('named.json', text(named));
  if (user !== undefined) temporaryFile(join(folder, 'xdg', 'peerscope'), 'config.json', text(user));
  const env = { XDG_CONFIG_HOME: join(folder, 'xdg') };
  return (argv: readonly string[], more: Record<string, string> = {}): Promise<Run> =>
    peerscope(argv, { env: { ...env, ...more }, stdin: TRIANGLE });
}

/** The seed that `generate` was run with. */
const GENERATE = ['generate', 'pure', '--peers', '9', '--out', 'out.txt', '--format', 'json'];
const seedOf = ({ code, stdout, stderr }: Run): unknown => {
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return (JSON.parse(stdout) as { seed: unknown }).seed;
};

describe('what a setting concerns', () => {
  it('is a command that has a use for it: how a page opens, only one with a page', async () => {
    const run = inFolder({ user: { open: false, 'view-port': 0 } });
    const crawl = ['crawl', '--simulate', 'pure', '--virtual', '--out', 'snapshot', '--format', 'json'];
    const { code, stderr } = await run(crawl);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const refused = await run([...crawl.slice(0, -3), 'other', '--no-open']);
    expectFailure(refused, 2, /--no-open has no effect without --view/);
  });
});

describe('precedence', () => {
  it('is command line, environment, --config, project, user, default', async () => {
    const run = inFolder({ project: { seed: 3 }, named: { seed: 4 }, user: { seed: 2 } });
    const config = ['--config', 'named.json'];
    expect(seedOf(await run([...GENERATE, ...config, '--seed', '6'], { PEERSCOPE_SEED: '5' }))).toBe(6);
    expect(seedOf(await run([...GENERATE, ...config], { PEERSCOPE_SEED: '5' }))).toBe(5);
    expect(seedOf(await run([...GENERATE, ...config]))).toBe(4);
    expect(seedOf(await run(GENERATE, { PEERSCOPE_CONFIG: 'named.json' }))).toBe(4);
    expect(seedOf(await run(GENERATE))).toBe(3);
    expect(seedOf(await inFolder({ user: { seed: 2 } })(GENERATE))).toBe(2);
    expect(seedOf(await inFolder({})(GENERATE, { PEERSCOPE_SEED: '' }))).toBe(1);
  });

  it('has the section of a command before what is set for all, in one file', async () => {
    const run = inFolder({ project: { seed: 3, generate: { seed: 8 } } });
    expect(seedOf(await run(GENERATE))).toBe(8);
  });

  it('gives flags, lists and numbers as the command line does', async () => {
    const run = inFolder({
      project: { format: 'json', analyze: { only: ['summary', 'cores'], directed: true } },
    });
    const { stdout } = await run(['analyze', 'links.txt']);
    expect(JSON.parse(stdout)).toMatchObject({
      analyses: { summary: { directed: true }, cores: { maxCore: 2 } },
    });
    const off = await run(['analyze', 'links.txt', '--no-directed', '--only', 'summary']);
    expect(JSON.parse(off.stdout)).toMatchObject({ analyses: { summary: { directed: false } } });
    const env = await run(['analyze', 'links.txt'], {
      PEERSCOPE_DIRECTED: 'false',
      PEERSCOPE_ONLY: 'summary',
    });
    expect(JSON.parse(env.stdout)).toMatchObject({ analyses: { summary: { directed: false } } });
  });

  it('leaves alone what has no use for a setting', async () => {
    const run = inFolder({ project: { seed: 3, peers: 50, crawl: { leaves: true } } });
    // A seed and peers are for simulated overlays: both would refuse them if they were typed.
    expectFailure(await run(['crawl', '--replay', 'nowhere', '--out', 'x']), 3, /nowhere/);
    expect(await run(['crawl', '127.0.0.1:1', '--dry-run'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('says where a value came from that is wrong', async () => {
    const run = inFolder({ project: { seed: 'abc' } });
    expectFailure(
      await run(GENERATE),
      2,
      /--seed must be a whole number.*\(it is "abc"\)\n.*--seed \(peerscope\.config\.json\)/,
    );
    expectFailure(await inFolder({})(GENERATE, { PEERSCOPE_SEED: 'abc' }), 2, /--seed \(PEERSCOPE_SEED\)/);
  });
});

describe('a config file that is wrong', () => {
  it.each([
    [
      'an unknown setting',
      { sede: 1 },
      3,
      /peerscope\.config\.json: unknown setting "sede"\nDid you mean seed\?/,
    ],
    [
      'an unknown setting of a command',
      { crawl: { rat: 1 } },
      3,
      /unknown setting "rat" of crawl\nDid you mean rate\?/,
    ],
    ['an unknown command', { crwal: { rate: 1 } }, 3, /unknown command "crwal"\nDid you mean crawl\?/],
    ['a name of every object', { crawl: { constructor: 1 } }, 3, /unknown setting "constructor"/],
    ['a setting in camel case', { crawl: { connectTimeout: 1 } }, 3, /Did you mean connect-timeout\?/],
    ["another command's setting", { fit: { rate: 1 } }, 3, /unknown setting "rate" of fit/],
    ['no JSON', '{\n  "seed": 1,\n}\n', 3, /peerscope\.config\.json: no JSON from line 3, column 1\n/],
    ['nothing', '', 3, /no JSON from line 1, column 1/],
    ['a list', '[1]', 3, /must hold an object/],
    ['null', { seed: null }, 3, /"seed" must be a text, a number, true, false or a list/],
    ['an object in an object', { crawl: { rate: { a: 1 } } }, 3, /"rate" must be a text/],
    ['a flag that is a text', { analyze: { directed: 'yes' } }, 3, /"directed" must be true or false/],
    ['a text that is a flag', { analyze: { only: true } }, 3, /"only" must be a text or a number/],
    ['too many bytes', ' '.repeat(MAX_CONFIG_BYTES + 1), 3, /more than 65536 bytes/],
  ])('is refused: %s', async (_what, project, code, message) => {
    expectFailure(await inFolder({ project })(['analyze', 'links.txt']), code, message);
  });

  it('is a usage error where --config names none, and not where there need not be one', async () => {
    const run = inFolder({});
    expectFailure(await run([...GENERATE, '--config', 'no.json']), 2, /config file no\.json: not found/);
    expectFailure(
      await run([...GENERATE, '--config', 'a', '--config', 'b']),
      2,
      /--config is given more than once/,
    );
    expectFailure(await run([...GENERATE, '--config', '.']), 3, /it is no file/);
    expect(seedOf(await run(GENERATE))).toBe(1);
  });

  it('does not hide a variable that is misspelled; those of others are left alone', async () => {
    const run = inFolder({});
    expectFailure(
      await run(GENERATE, { PEERSCOPE_SEDE: '1' }),
      2,
      /unknown setting PEERSCOPE_SEDE .*\nDid you mean PEERSCOPE_SEED\?/,
    );
    expect(seedOf(await run(GENERATE, { PEERSCOPE_VERSION: '1', PEERSCOPE_DATASETS: '/x' }))).toBe(1);
    expectFailure(
      await run(['analyze', 'links.txt'], { PEERSCOPE_DIRECTED: 'yes' }),
      2,
      /PEERSCOPE_DIRECTED: "directed" must be true or false/,
    );
  });
});

describe("a file in the working directory, which may be a stranger's", () => {
  it.each([
    ['live', { live: true }],
    ['live', { crawl: { live: true } }],
    ['live', { crawl: { live: false } }],
    ['contact', { crawl: { contact: 'mailto:a@example.org' } }],
    ['allow-net', { crawl: { 'allow-net': ['10.0.0.0/8'] } }],
    ['hosts', { crawl: { hosts: ['hosts.csv'] } }],
    ['hosts', { hosts: 'hosts.csv' }],
    ['peer', { bootstrap: { peer: '192.0.2.1:6346' } }],
    ['web-cache', { bootstrap: { 'web-cache': 'http://example.org/' } }],
    ['udp-host-cache', { bootstrap: { 'udp-host-cache': '192.0.2.1:1' } }],
    ['raw-addresses', { crawl: { 'raw-addresses': true } }],
    ['metrics', { crawl: { metrics: 9464 } }],
    ['out', { generate: { out: '../elsewhere.txt' } }],
    ['out', { generate: { out: '/tmp/elsewhere.txt' } }],
    ['out', { generate: { out: 'a/../../elsewhere.txt' } }],
  ])('cannot set %s: %j', async (option, project) => {
    const run = inFolder({ project });
    // Whatever command runs.
    expectFailure(
      await run(['analyze', 'links.txt']),
      3,
      new RegExp(`"${option}" (is not for|is for the command|must be a path below)`),
    );
  });

  it('has no part in a live crawl', async () => {
    const live = ['crawl', '127.0.0.1:1', '--live', '--contact', 'a@example.org', '--dry-run'];
    const run = inFolder({ project: { crawl: { rate: 100_000 } } });
    expectFailure(
      await run(live),
      2,
      /a crawl that is live, or goes on, takes nothing from peerscope\.config\.json, which sets rate/,
    );
    expect((await run([...live, '--rate', '5'])).code).toBe(0);
    expect((await run([...live, '--config', 'peerscope.config.json'])).code).toBe(0);
    expect((await inFolder({ project: { format: 'json', seed: 1 } })(live)).code).toBe(0);
  });

  it('has no part in a crawl that goes on, which may be live', async () => {
    const run = inFolder({ project: { crawl: { exclude: ['nobody.txt'] } } });
    expectFailure(await run(['crawl', '--resume', 'x']), 2, /which sets exclude/);
    const mine = inFolder({ user: { crawl: { exclude: ['my-list.txt'], rate: 5 } } });
    expectFailure(await mine(['crawl', '--resume', 'x']), 3, /the exclusions my-list\.txt cannot be read/);
  });

  it('is not followed upwards', async () => {
    const run = inFolder({ project: { seed: 3 } });
    mkdirSync('below');
    process.chdir('below');
    expect(seedOf(await run(GENERATE))).toBe(1);
  });
});

describe('consent', () => {
  it('is given on the command line, whoever sets it elsewhere', async () => {
    expectFailure(
      await inFolder({ user: { live: true } })(['analyze', 'links.txt']),
      3,
      /"live" is for the command line only/,
    );
    expectFailure(
      await inFolder({})(['crawl', '127.0.0.1:1', '--out', 'x'], { PEERSCOPE_LIVE: '1' }),
      2,
      /PEERSCOPE_LIVE sets it/,
    );
  });

  it("may come with a contact and exclusions from the user's own file", async () => {
    const run = inFolder({ user: { crawl: { contact: 'a@example.org', rate: 5 } } });
    const plan = await run(['crawl', '127.0.0.1:1', '--live', '--dry-run', '--format', 'json']);
    expect(plan).toMatchObject({ code: 0, stderr: '' });
    expect(plan.stdout).toContain('a@example.org');
  });
});

describe('peerscope config', () => {
  it('says what is set, and where', async () => {
    const run = inFolder({ project: { seed: 3, crawl: { leaves: true } }, user: { seed: 2 } });
    const { stdout } = await run(['config'], { PEERSCOPE_WORKERS: '2' });
    const user = stdout.split('\n').at(-2)?.split(',').at(-1) ?? '';
    expect(user).toMatch(/xdg.peerscope.config\.json$/);
    expect(stdout).toBe(
      `command,option,value,origin\nall,workers,2,PEERSCOPE_WORKERS\nall,seed,3,peerscope.config.json\ncrawl,leaves,true,peerscope.config.json\nall,seed,2,${user}\n`,
    );
    const table = await run(['config', '--format', 'table']);
    expect(table.stdout).toMatch(
      /command line[\s\S]*environment[\s\S]*project +peerscope\.config\.json +read[\s\S]*user/,
    );
  });

  it('says of a command what each option is, and why', async () => {
    const run = inFolder({ project: { seed: 3 }, named: { crawl: { rate: 9 } } });
    const { stdout } = await run(['config', 'crawl', '--config', 'named.json'], {
      PEERSCOPE_CONNECT_TIMEOUT: '70',
    });
    const rows = stdout.trimEnd().split('\n');
    const crawl = COMMANDS.find(({ usage }) => usage.startsWith('crawl'));
    expect(rows).toHaveLength(Object.keys(crawl?.options ?? {}).length + 1);
    for (const row of [
      'seed,3,peerscope.config.json',
      'rate,9,named.json',
      'connect-timeout,70,PEERSCOPE_CONNECT_TIMEOUT',
      'answer-timeout,8000,default',
    ])
      expect(rows).toContain(`crawl,${row}`);
    expectFailure(await run(['config', 'crwl']), 2, /unknown command "crwl": did you mean crawl/);
  });
});
