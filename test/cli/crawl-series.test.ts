import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { simulationArguments } from '../../src/cli/simulation-arguments.ts';
import { gnutella } from '../../src/overlays/gnutella/gnutella.ts';
import { simulate } from '../../src/simulate/loopback-simulation.ts';
import { readSnapshot, type StoredSnapshot } from '../../src/snapshot/read.ts';
import { readRememberedPeers } from '../../src/snapshot/remembered-peers.ts';
import { readSeries } from '../../src/snapshot/series.ts';
import { peerscope } from '../support/command-line.ts';
import { temporaryFolder } from '../support/temporary.ts';

async function served(): Promise<string> {
  const simulation = await simulate({
    ...simulationArguments('two-tier', { peers: '100', seed: '4' }),
    overlay: gnutella,
    port: 0,
    startedAt: Date.now(),
    monotonic: () => performance.now(),
  });
  onTestFinished(() => simulation.close());
  return simulation.bootstrap;
}

describe('a series of crawls', () => {
  it('has a snapshot for each, and says what they say together, then and later', async () => {
    const out = join(temporaryFolder(), 'series');
    const words = ['crawl', await served(), '--repeat', '3', '--out', out, '--format', 'json'];
    const { code, stdout } = await peerscope(words);
    expect(code).toBe(0);
    expect(readdirSync(out).sort()).toEqual(['000001', '000002', '000003', 'series.json']);
    const compared = await peerscope(['compare', out, '--format', 'json']);
    expect(compared.code).toBe(0);
    expect(JSON.parse(compared.stdout)).toEqual(JSON.parse(stdout));
    // Nobody comes or goes.
    const columns = await peerscope(['compare', out, '--format', 'csv']);
    expect(columns.stdout).toContain('100');
  });

  it('tells of each crawl as it goes, where events are asked for, and ends with what they say together', async () => {
    const out = join(temporaryFolder(), 'series');
    const { code, stdout } = await peerscope(
      ['crawl', await served(), '--repeat', '2', '--out', out].concat('--format', 'ndjson'),
    );
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    const told = lines.map(
      (line) => JSON.parse(line) as { schema: string; event?: string; directory?: string },
    );
    const begun = told.filter(({ event }) => event === 'begun');
    expect(begun.map(({ directory }) => directory)).toEqual([join(out, '000001'), join(out, '000002')]);
    expect(told.filter(({ event }) => event === 'ended')).toHaveLength(2);
    expect(told.at(-1)?.schema).toBe('peerscope/series-comparison/1');
  });

  it('goes on when its bootstrap peer has left, at peers that answered the crawl before', async () => {
    const out = join(temporaryFolder(), 'series');
    const [host = '', port] = (await served()).split(':');
    // Stands for a peer of the overlay, and is there for one contact.
    const passing = createServer((socket) => {
      passing.close();
      const peer = connect({ host, port: Number(port) });
      socket.pipe(peer).pipe(socket);
      for (const end of [socket, peer]) end.on('error', () => undefined);
    });
    await once(passing.listen(0, '127.0.0.1'), 'listening');
    const bootstrap = `127.0.0.1:${(passing.address() as AddressInfo).port}`;
    const words = ['--repeat', '3', '--second-look', '0', '--connect-timeout', '300', '--out', out];
    expect((await peerscope(['crawl', bootstrap, ...words])).code).toBe(0);

    const [first, second, third] = await Promise.all(
      ['000001', '000002', '000003'].map((name) => readSnapshot(join(out, name))),
    );
    const idsOf = (snapshot?: StoredSnapshot) => snapshot?.peers.map(({ id }) => id);
    expect(first?.peers).toHaveLength(101);
    expect(idsOf(second)).toEqual(idsOf(first));
    expect(idsOf(third)).toEqual(idsOf(first));
    // Whom the user named stands there whatever came of it.
    expect(third?.peers.find(({ id }) => id === bootstrap)?.respondent).toBe(false);
    expect(third?.manifest.bootstrap).toEqual([bootstrap]);
    expect(first?.manifest.options).toMatchObject({ rememberedPeers: 0 });
    // Each superpeer answers and is remembered: fewer than there is room for.
    const superpeers = third?.peers.filter(({ respondent }) => respondent).length;
    expect(third?.manifest.options).toMatchObject({ rememberedPeers: superpeers });
    const since = readRememberedPeers(join(out, '000003')).map((peer) => peer.since);
    expect(new Set(since)).toEqual(new Set([Date.parse(readSeries(out).snapshots[0]?.startedAt ?? '')]));
    const audit = await peerscope(['audit-manners', join(out, '000002'), '--format', 'json']);
    expect(audit.stdout).toContain('"kept": true');
  });

  it.each([
    [['--simulate', 'lecture', '--repeat', '2'], 2, '--simulate is for a single crawl'],
    [['198.51.100.7', '--live', '--contact', 'a@example.org', '--every', '60'], 2, 'must be at least 300'],
    [['127.0.0.1:1', '--until', 'soon'], 2, 'until'],
    [['127.0.0.1:1', '--repeat', '0'], 2, '--repeat must be'],
  ])('%j is refused', async (words, code, message) => {
    const refused = await peerscope(['crawl', ...words, '--out', join(temporaryFolder(), 'series')]);
    expect(refused.code).toBe(code);
    expect(refused.stderr).toContain(message);
  });

  it('is what stands alone in compare; a snapshot does not', async () => {
    const refused = await peerscope(['compare', temporaryFolder()]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('compared with another one');
  });
});
