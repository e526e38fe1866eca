import { createSocket } from 'node:dgram';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Address } from '../../src/core/address.ts';
import { MAX_CACHE_ANSWER_BYTES } from '../../src/overlays/gnutella/bootstrap/limits.ts';
import { hostCaches } from '../../src/overlays/gnutella/bootstrap/host-caches.ts';
import { hostDatagramCache } from '../../src/simulate/datagram-cache-host.ts';
import { hostWebCache } from '../../src/simulate/web-cache-host.ts';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFile, temporaryFolder } from '../support/temporary.ts';

interface Document {
  readonly hosts: readonly {
    readonly address: string;
    readonly source: { readonly kind: string; readonly name: string };
    readonly excluded: boolean;
    readonly lastSeen: string | null;
  }[];
  readonly sources: readonly {
    readonly name: string;
    readonly outcome: string;
    readonly hosts: number;
    readonly newHosts: number;
    readonly detail?: string;
  }[];
  readonly unasked: readonly { readonly name: string }[];
}

function documentIn(stdout: string): Document {
  return JSON.parse(stdout) as Document;
}

async function bootstrap(...argv: readonly string[]) {
  const run = await peerscope(['bootstrap', ...argv, '--format', 'json']);
  return { ...run, found: documentIn(run.stdout) };
}

/** Peers 127.1.net.1, .2 … */
function peers(net: number, count: number): Address[] {
  return Array.from({ length: count }, (_, i) => `127.1.${net}.${i + 1}:6346` as Address);
}

async function webCache(hosts: readonly Address[]): Promise<string> {
  const host = await hostWebCache(hostCaches.createWebCache({ hosts: () => hosts }), Date.now);
  onTestFinished(() => host.close());
  return host.url;
}

async function udpHostCache(hosts: readonly Address[], others: readonly Address[] = []): Promise<Address> {
  const host = await hostDatagramCache(
    (address) => hostCaches.createDatagramCache({ hosts: () => hosts, address, others, random: () => 0 }),
    Date.now,
  );
  onTestFinished(() => host.close());
  return host.address;
}

/** A server on loopback that answers as the test wants. */
async function site(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('not listening');
  return `http://127.0.0.1:${bound.port}/`;
}

function saying(text: string): Promise<string> {
  return site((_, response) => response.end(text));
}

describe('bootstrap', () => {
  it('finds peers in all four ways, and says who named each first', async () => {
    const folder = temporaryFolder();
    const ultras = temporaryFile(folder, 'ultras', '127.1.9.1:6346 2024-03-03 12:00:00Z\n127.1.9.2:6346\n');
    const web = await webCache([...peers(1, 3), ...peers(2, 1)]);
    const udp = await udpHostCache(peers(2, 2));
    const known = '127.1.0.7:6346';
    const { code, stderr, found } = await bootstrap(
      ...['--peer', known, '--hosts', ultras, '--web-cache', web, '--udp-host-cache', udp],
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(found.sources).toMatchObject([
      { kind: 'well-known', name: known, outcome: 'ok', hosts: 1, newHosts: 1 },
      { kind: 'file', name: ultras, outcome: 'ok', hosts: 2, newHosts: 2, detail: 'of gtk-gnutella' },
      { kind: 'udp-host-cache', name: udp, outcome: 'ok', hosts: 2, newHosts: 2 },
      { kind: 'web-cache', name: web, outcome: 'ok', hosts: 4, newHosts: 3 },
    ]);
    expect(new Set(found.hosts.map(({ address }) => address))).toEqual(
      new Set([known, '127.1.9.1:6346', '127.1.9.2:6346', ...peers(1, 3), ...peers(2, 2)]),
    );
    expect(found.hosts.find(({ address }) => address === '127.1.2.1:6346')?.source.name).toBe(udp);
    expect(found.hosts.find(({ address }) => address === '127.1.9.1:6346')?.lastSeen).toBe(
      '2024-03-03T12:00:00.000Z',
    );
  });

  it('lists hosts elsewhere as excluded, and sends nothing to caches elsewhere that others name', async () => {
    const web = await saying('H|198.51.100.1:6346|60|0|12|GTKG|3600\nU|http://192.0.2.1/gwc|5\n');
    const { code, found } = await bootstrap('--web-cache', web);
    expect(code).toBe(0);
    expect(found.hosts).toMatchObject([
      {
        address: '198.51.100.1:6346',
        excluded: true,
        facts: { vendor: 'GTKG', leaves: 12, uptime_s: 3600 },
      },
    ]);
    expect(found.sources.map(({ name, outcome }) => [name, outcome])).toEqual([
      [web, 'ok'],
      ['http://192.0.2.1/gwc', 'excluded'],
    ]);
  });

  it('asks caches that others name while hosts are wanting, each once, and no more of them after that', async () => {
    const third = await udpHostCache(peers(3, 1));
    const second = await udpHostCache(peers(2, 2), [third]);
    const first = await udpHostCache(peers(1, 1), [second]);
    const names = (found: Document) => found.sources.map(({ name }) => name);
    const wanting = await bootstrap('--udp-host-cache', first, first);
    expect(names(wanting.found)).toEqual([first, second, third]);
    const content = await bootstrap('--udp-host-cache', first, '--enough', '3');
    expect(names(content.found)).toEqual([first, second]);
    expect(content.found.unasked).toEqual([{ kind: 'udp-host-cache', name: third }]);
  });

  it('keeps hosts in a file of ours, adds to it, and begins from it again', async () => {
    const folder = temporaryFolder();
    const old = 'address,last_seen,source\n127.1.1.1:6346,2005-02-01T00:00:00Z,crawl\n127.1.8.8:1,,\n';
    const file = temporaryFile(folder, 'hosts.csv', old);
    const web = await webCache(peers(1, 2));
    const run = await peerscope(['bootstrap', '--web-cache', web, '--peer', '127.1.7.7:1', '--out', file]);
    expect([run.code, run.stderr]).toEqual([0, '']);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    // The time is new, and from where it was first known stays.
    expect(lines.find((line) => line.startsWith('127.1.1.1:6346,'))).toMatch(
      /^[^,]+,20[2-9]\d-[^,]+Z,crawl$/,
    );
    expect(lines.find((line) => line.startsWith('127.1.1.2:6346,'))).toContain(`Z,${web}`);
    expect(lines.slice(3)).toEqual(['127.1.8.8:1,,', '127.1.7.7:1,,given']);
    expect(existsSync(`${file}.part`)).toBe(false);
    const { found } = await bootstrap('--hosts', file);
    expect(found.hosts.map(({ address }) => address)).toHaveLength(4);
    expect(found.sources[0]?.detail).toBe('of peerscope');
  });

  it('counts each failure of a web cache by its name, with what it said', async () => {
    const urls = {
      page: await saying('<html><body>Browse me</body></html>'),
      gone: await site((_, response) => response.writeHead(404).end('nothing here')),
      loop: await site((_, response) => response.writeHead(302, { Location: '/' }).end()),
      mute: await site(() => undefined),
      huge: await saying('127.1.1.1:1\n'.repeat(MAX_CACHE_ANSWER_BYTES / 8)),
      broken: await saying('ERROR: no database'),
      empty: await saying(''),
      elsewhere: await site((_, response) =>
        response.writeHead(302, { Location: 'http://192.0.2.1/' }).end(),
      ),
    };
    const { code, stderr, found } = await bootstrap(
      '--web-cache',
      ...Object.values(urls),
      ...['--answer-timeout', '1500'],
    );
    const outcomes = new Map(found.sources.map(({ name, outcome, detail }) => [name, [outcome, detail]]));
    const told = Object.fromEntries(Object.entries(urls).map(([name, url]) => [name, outcomes.get(url)]));
    expect(told).toEqual({
      page: ['not-a-cache', undefined],
      gone: ['http-error', 'status 404'],
      loop: ['too-many-redirects', undefined],
      mute: ['silent', undefined],
      huge: ['too-large', undefined],
      broken: ['error', 'no database'],
      empty: ['empty', undefined],
      elsewhere: ['excluded', undefined],
    });
    expect(code).toBe(4);
    expect(stderr).toMatch(/^peerscope: no host was found: .*http-error.*too-many-redirects/);
  });

  it('gives up on a UDP host cache that says nothing, or something else', async () => {
    const stranger = createSocket('udp4');
    await new Promise<void>((resolve) => stranger.bind(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      stranger.close();
    });
    stranger.on('message', (_, from) => {
      stranger.send('no Gnutella', from.port, from.address);
    });
    const { code, found } = await bootstrap(
      ...['--udp-host-cache', `127.0.0.1:${stranger.address().port}`, '--answer-timeout', '300'],
    );
    expect([code, found.sources[0]?.outcome]).toEqual([4, 'connect-timeout']);
  });

  it('prints one table of hosts and one of sources, and on a spreadsheet the same', async () => {
    const web = await webCache(peers(1, 2));
    const table = await peerscope([
      'bootstrap',
      '--web-cache',
      web,
      '--peer',
      '10.1.2.3',
      '--format',
      'table',
    ]);
    expect(table.stdout).toMatch(/127\.1\.1\.1:6346 +http:\S+ +\d+ s\n/);
    expect(table.stdout).toMatch(/10\.1\.2\.3:6346 +10\.1\.2\.3:6346 +–\n/);
    expect(table.stdout).toContain('1 of 3 hosts are excluded');
    expect(table.stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    const csv = await peerscope(['bootstrap', '--web-cache', web]);
    expect(csv.stdout).toMatch(/^table,row,column,value\nhosts,1,address,127\.1\.1\.\d:6346\n/);
    expect(csv.stdout).toContain('sources,1,outcome,ok\n');
  });

  it('ends with 130 and what it has when it is interrupted', async () => {
    const mute = await site(() => undefined);
    const stop = new AbortController();
    const run = peerscope(['bootstrap', '--peer', '127.0.0.1:1', '--web-cache', mute, '--format', 'json'], {
      interrupt: stop.signal,
    });
    setTimeout(() => {
      stop.abort();
    }, 100);
    const { code, stdout } = await run;
    expect([code, documentIn(stdout).hosts.length]).toEqual([130, 1]);
  });
});

describe('bootstrap refuses', () => {
  it.each([
    [[], 2, /nowhere to look/],
    [['--peer', 'host.example'], 2, /"host.example" is no address/],
    [['--web-cache', 'https://127.0.0.1/'], 2, /no URL of a web cache/],
    [['--web-cache', 'http://127.0.0.1/?get=1'], 2, /no URL of a web cache/],
    [['--udp-host-cache', 'a_b'], 2, /no UDP host cache/],
    [['--enough', '-1', '--peer', '127.0.0.1'], 2, /--enough must be a whole number/],
    [['--web-cache', 'http://gwc.example/'], 4, /not on this machine/],
    [['--web-cache', 'http://192.0.2.1/gwc'], 4, /not on this machine/],
    [['--udp-host-cache', 'uhc.example:6346'], 4, /not on this machine/],
    [['--udp-host-cache', '[2001:db8::1]:6346'], 4, /not on this machine/],
    [['--hosts', 'BINARY'], 3, /is no file of hosts/],
    [['--hosts', 'MISSING'], 3, /does not exist/],
    [['--hosts', 'FOLDER'], 3, /cannot be read/],
    [['--peer', '127.0.0.1', '--out', 'BINARY'], 3, /is not written over/],
    [['--peer', '127.0.0.1', '--out', 'MISSING/hosts.csv'], 2, /folder .* does not exist/],
  ] as const)('%j', async (argv, code, message) => {
    const folder = temporaryFolder();
    const paths: Readonly<Record<string, string>> = {
      BINARY: temporaryFile(
        folder,
        'binary',
        Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 37) & 255)),
      ),
      MISSING: join(folder, 'missing'),
      FOLDER: folder,
    };
    const words = argv.map((word) => word.replace(/^[A-Z]+/, (name) => paths[name] ?? name));
    expectFailure(await peerscope(['bootstrap', ...words]), code, message);
  });
});
