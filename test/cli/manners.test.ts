import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseAddress } from '../../src/core/address.ts';
import { simulate } from '../../src/simulate/loopback-simulation.ts';
import { gnutella } from '../../src/overlays/gnutella/gnutella.ts';
import { simulationArguments } from '../../src/cli/simulation-arguments.ts';
import { readManifest, writeManifest } from '../../src/snapshot/manifest.ts';
import { readLedger } from '../../src/snapshot/ledger.ts';
import { readSnapshot } from '../../src/snapshot/read.ts';
import { peerscope } from '../support/command-line.ts';
import { temporaryFile, temporaryFolder } from '../support/temporary.ts';

/** An overlay on loopback; its first address, and one that superpeers list. */
async function served(): Promise<string> {
  const what = simulationArguments('two-tier', { peers: '200', seed: '4' });
  const simulation = await simulate({
    ...what,
    overlay: gnutella,
    port: 0,
    startedAt: Date.now(),
    monotonic: () => performance.now(),
  });
  onTestFinished(() => simulation.close());
  return simulation.bootstrap;
}

async function contacted(directory: string): Promise<string[]> {
  const addresses: string[] = [];
  for await (const { address } of readLedger(directory, () => undefined)) addresses.push(address);
  return addresses;
}

const LIVE = ['--live', '--contact', 'research@example.org'];

describe('a crawl that would leave this machine', () => {
  // Nobody is dialled: these end before.
  it.each([
    ['without --live', ['198.51.100.7'], 4, '198.51.100.7:6346 is not on this machine'],
    ['without a contact', ['198.51.100.7', '--live'], 2, 'needs --contact'],
    ['with no real contact', ['198.51.100.7', '--live', '--contact', 'me'], 2, '--contact must be'],
    ['with a purpose but not live', ['127.0.0.1:1', '--purpose', 'x'], 2, '--purpose is for live crawls'],
    [
      'with a net that is not reserved',
      ['192.0.2.8', ...LIVE, '--allow-net', '8.8.8.0/24'],
      2,
      '--allow-net',
    ],
    [
      'from elsewhere',
      ['192.0.2.8', ...LIVE, '--source', '198.51.100.9'],
      2,
      'no IP address of this machine',
    ],
    ['with exclusions that are missing', ['192.0.2.8', ...LIVE, '--exclude', '/nowhere'], 3, '/nowhere'],
    ['and is simulated', ['--simulate', 'lecture', ...LIVE], 2, '--live is for real overlays'],
  ])('%s is refused, and nothing is written', async (_, words, code, message) => {
    const out = join(temporaryFolder(), 'snapshot');
    const refused = await peerscope(['crawl', ...words, '--out', out]);
    expect(refused.code).toBe(code);
    expect(refused.stderr).toContain(message);
    expect(existsSync(out)).toBe(false);
  });

  it('tells its plan with --dry-run, who would be left out and why, and contacts nobody', async () => {
    const exclude = temporaryFile(temporaryFolder(), 'exclude.txt', '192.0.2.0/24 # asked on Monday\n');
    const words = ['198.51.100.7', '10.1.2.3', '8.8.8.8', ...LIVE, '--rate', '7', '--exclude', exclude];
    const { code, stdout } = await peerscope(['crawl', ...words, '--dry-run', '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'peerscope/plan/1',
      manners: { live: true, rate: { perSecond: 7 }, excluded: ['192.0.2.0/24'] },
      bootstrap: [
        { address: '198.51.100.7:6346', refusal: 'reserved' },
        { address: '10.1.2.3:6346', refusal: 'reserved' },
        { address: '8.8.8.8:6346' },
      ],
    });
  });
});

describe('a live crawl', () => {
  it('says who runs it, keeps a ledger, and leaves what others must not see to its owner', async () => {
    const bootstrap = await served();
    const state = temporaryFolder();
    const out = join(temporaryFolder(), 'snapshot');
    const env = { XDG_STATE_HOME: state };
    const record = join(temporaryFolder(), 'record');
    const words = ['crawl', bootstrap, ...LIVE, '--purpose', 'a test', '--out', out, '--record', record];
    expect((await peerscope(words, { env })).code).toBe(0);
    const { manifest, peers } = await readSnapshot(out);
    expect(peers).toHaveLength(200);
    expect(manifest.options).toMatchObject({ manners: { live: true, contact: 'research@example.org' } });
    expect(manifest.accuracy).toMatchObject({ method: 'one-ended' });
    const first = JSON.parse(readFileSync(join(record, 'conversations.ndjson'), 'utf8').split('\n')[0]!) as {
      exchange: { bytes: string }[];
    };
    expect(Buffer.from(first.exchange[0]!.bytes, 'base64').toString()).toContain('+research@example.org)');
    expect(readFileSync(join(out, 'ETHICS.md'), 'utf8')).toContain('a test');
    for (const name of readdirSync(join(out, 'visits'))) {
      expect(statSync(join(out, 'visits', name)).mode & 0o077, name).toBe(0);
    }
    expect(statSync(join(state, 'peerscope', 'pseudonym.key')).mode & 0o077).toBe(0);
    expect((await contacted(out)).length).toBe(manifest.counts?.visits);
    expect((await peerscope(['audit-manners', out])).code).toBe(0);
  });
});

describe('exclusions', () => {
  it('are never contacted, nor where a crawl is resumed, though the file has gone', async () => {
    const bootstrap = await served();
    const whole = join(temporaryFolder(), 'whole');
    await peerscope(['crawl', bootstrap, '--out', whole, '--second-look', '0']);
    const [first, second] = (await contacted(whole)).slice(5, 7).map((address) => address.split(':')[0]!);
    const exclude = temporaryFile(temporaryFolder(), 'exclude.txt', `${first}/32\n`);
    const out = join(temporaryFolder(), 'snapshot');
    await peerscope(['crawl', bootstrap, '--out', out, '--exclude', exclude, '--second-look', '0']);
    const isOf = (ip: string) => (address: string) => parseAddress(address)?.startsWith(`${ip}:`);
    expect((await contacted(out)).some(isOf(first!))).toBe(false);

    // Cut off: as a crash leaves it after 10 visits.
    const journal = readFileSync(join(out, 'visits', '000001.ndjson'), 'utf8')
      .split('\n')
      .slice(0, 10);
    writeFileSync(join(out, 'visits', '000001.ndjson'), `${journal.join('\n')}\n`);
    writeManifest(out, { ...readManifest(out), state: 'incomplete', counts: null, digests: {} });
    const late = temporaryFile(temporaryFolder(), 'late.txt', `${second}\n`);
    const before = (await contacted(out)).length;
    expect((await peerscope(['crawl', '--resume', out, '--exclude', late])).code).toBe(0);
    const after = (await contacted(out)).slice(before);
    expect(after.length).toBeGreaterThan(5);
    expect(after.some(isOf(first!)) || after.some(isOf(second!))).toBe(false);
    expect((await peerscope(['audit-manners', out, '--format', 'json'])).stdout).toContain('"kept": true');
  });
});

describe('a rate', () => {
  it('holds on this machine too where it is asked for, in virtual time as well', async () => {
    const out = join(temporaryFolder(), 'snapshot');
    const words = ['--simulate', 'two-tier', '--peers', '400', '--virtual', '--rate', '2'];
    expect((await peerscope(['crawl', ...words, '--out', out, '--second-look', '0'])).code).toBe(0);
    // 60 superpeers at 2 a second, of which the first is at once.
    const { durationSeconds, counts } = readManifest(out);
    expect(counts?.visits).toBe(60);
    expect(durationSeconds).toBeGreaterThan(29);
    expect(durationSeconds).toBeLessThan(31);
  });
});
