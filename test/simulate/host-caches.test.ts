import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { portOf, type Address } from '../../src/core/address.ts';
import { createRandom } from '../../src/core/random.ts';
import { httpGet } from '../../src/crawl/http-get.ts';
import { createSocketTransport } from '../../src/crawl/socket-transport.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { MODELS } from '../../src/models/index.ts';
import { decodeCacheAnswer } from '../../src/overlays/gnutella/bootstrap/decode-cache-answer.ts';
import { createHostCacheQuestion } from '../../src/overlays/gnutella/bootstrap/host-cache-question.ts';
import { gnutella } from '../../src/overlays/gnutella/gnutella.ts';
import type { Overlay } from '../../src/overlays/overlay.ts';
import { hostCachesOf } from '../../src/simulate/host-caches.ts';
import { sampleSuperpeers } from '../../src/simulate/sample-superpeers.ts';
import { simulateVirtually } from '../../src/simulate/virtual-simulation.ts';
import type { SimulatedOverlay } from '../../src/simulate/simulated-overlay.ts';
import { NO_TROUBLE } from '../../src/simulate/trouble.ts';
import { parseLatency } from '../../src/simulate/latency.ts';

const PEERS = 300;

function overlay(): SimulatedOverlay {
  const model = MODELS.find(({ name }) => name === 'two-tier');
  if (model === undefined) throw new Error('no two-tier');
  return simulateVirtually({
    model,
    modelOptions: { ...DEFAULT_MODEL_OPTIONS, peers: PEERS },
    trouble: NO_TROUBLE,
    seed: 1,
    overlay: gnutella,
    startedAt: 1_000_000,
    latency: parseLatency('constant:1'),
    connectTimeout: 1_000,
    answerTimeout: 1_000,
  });
}

function superpeersOf({ population }: SimulatedOverlay): Set<Address> {
  const { membership, addressOf } = population;
  const slots = Array.from({ length: membership.size }, (_, slot) => slot);
  return new Set(
    slots.filter((slot) => membership.roleOf(slot) === 'superpeer').map((slot) => addressOf(slot)),
  );
}

async function caches(simulation = overlay(), system: Overlay = gnutella) {
  const standing = await hostCachesOf(simulation, { web: true, datagram: true, overlay: system, seed: 1 });
  onTestFinished(() => standing.close());
  const { web, datagram } = standing;
  if (web === undefined || datagram === undefined) throw new Error('no caches');
  return { simulation, url: web.url, address: datagram.address };
}

async function body(url: string): Promise<Uint8Array> {
  const got = await httpGet(url, { userAgent: 'test/1', timeout: 20_000, maxBytes: 100_000 });
  if (got.outcome !== 'ok') throw new Error(got.outcome);
  return got.body;
}

describe('a web cache beside a simulated overlay', () => {
  it('lists superpeers in both versions, its bootstrap peer among them', async () => {
    const { simulation, url } = await caches();
    const superpeers = superpeersOf(simulation);
    for (const [spec, query] of [
      [1, 'hostfile=1'],
      [2, 'get=1&net=gnutella'],
    ] as const) {
      const decoded = decodeCacheAnswer(await body(`${url}?${query}&client=TEST&version=1`));
      if (decoded.kind !== 'answer') throw new Error(decoded.kind);
      const hosts = decoded.answer.hosts.map((host) => host.address);
      expect(decoded.spec).toBe(spec);
      expect(new Set(hosts).size).toBe(20);
      expect(hosts.filter((host) => !superpeers.has(host))).toEqual([]);
      expect(hosts).toContain(simulation.bootstrap);
    }
  });

  it('survives what is no request, a header without an end, and a client that hangs up', async () => {
    const { url } = await caches();
    const port = Number(new URL(url).port);
    for (const text of [
      '\0\0\0\n\n',
      `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`,
      'CONNECT a:1 HTTP/1.1\r\n\r\n',
    ]) {
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(text));
        socket.on('error', () => undefined);
        socket.on('close', () => {
          resolve();
        });
        socket.resume();
      });
    }
    const gone = connect(port, '127.0.0.1', () => gone.destroy());
    expect(decodeCacheAnswer(await body(`${url}?ping=1`))).toMatchObject({ kind: 'answer' });
  });
});

describe('a UDP host cache beside a simulated overlay', () => {
  it('names 30 superpeers, drops what is no Ping, and goes on', async () => {
    const { simulation, address } = await caches();
    const stranger = createSocket('udp4');
    await new Promise<void>((resolve) => {
      stranger.send(Buffer.from('garbage'), portOf(address), '127.0.0.1', () => {
        stranger.close(resolve);
      });
    });
    const transport = createSocketTransport({
      connectTimeout: 20_000,
      answerTimeout: 20_000,
      now: Date.now,
      monotonic: () => performance.now(),
    });
    onTestFinished(() => {
      transport.close();
    });
    for (let time = 0; time < 2; time++) {
      const visit = await transport.converse(address, createHostCacheQuestion().ask(address));
      if (visit === 'exhausted') throw new Error(visit);
      const superpeers = superpeersOf(simulation);
      expect(visit.outcome).toBe('ok');
      expect(visit.claims.mentions).toHaveLength(30);
      expect(visit.claims.mentions.filter((host) => !superpeers.has(host))).toEqual([]);
    }
  });
});

describe('a sample of superpeers', () => {
  it('has no more than are wanted, no leaves, the bootstrap peer, and each other superpeer as often', () => {
    const simulation = overlay();
    const random = createRandom(5);
    const superpeers = superpeersOf(simulation);
    const times = new Map<Address, number>();
    for (let draw = 0; draw < 2_000; draw++) {
      const sample = sampleSuperpeers(simulation, 12, random);
      expect(new Set(sample).size).toBe(12);
      for (const host of sample) times.set(host, (times.get(host) ?? 0) + 1);
    }
    expect([...times.keys()].filter((host) => !superpeers.has(host))).toEqual([]);
    expect(times.get(simulation.bootstrap)).toBe(2_000);
    times.delete(simulation.bootstrap);
    // Binomial: 2,000 trials at 11/44, standard deviation 19.4; five of them either way.
    expect(times.size).toBe(44);
    for (const count of times.values()) expect(Math.abs(count - 500)).toBeLessThan(97);
  });

  it('is all of them where they are few, and nobody where none are wanted', () => {
    const simulation = overlay();
    expect(new Set(sampleSuperpeers(simulation, 1_000, createRandom(1)))).toEqual(superpeersOf(simulation));
    expect(sampleSuperpeers(simulation, 1, createRandom(1))).toEqual([simulation.bootstrap]);
    expect(sampleSuperpeers(simulation, 0, createRandom(1))).toEqual([]);
  });
});

describe('caches that are not to be had', () => {
  it('are none where none are wanted, and refused where the system has none', async () => {
    const none = await hostCachesOf(overlay(), { web: false, datagram: false, overlay: gnutella, seed: 1 });
    expect([none.web, none.datagram]).toEqual([undefined, undefined]);
    await none.close();
    const rest = Object.entries(gnutella).filter(([name]) => name !== 'hostCaches');
    // What is left out is optional.
    const without = Object.fromEntries(rest) as unknown as Overlay;
    await expect(caches(overlay(), without)).rejects.toThrow(/has no caches of hosts/);
  });
});
