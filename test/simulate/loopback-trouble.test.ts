// Troubled peers on real sockets: what only sockets can get wrong.
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ipOf, portOf } from '../../src/core/address.ts';
import { createSocketTransport } from '../../src/crawl/socket-transport.ts';
import type { Reaction, Servent } from '../../src/overlays/overlay.ts';
import { hostOnLoopback } from '../../src/simulate/loopback-host.ts';
import { simulate, type SimulationOptions } from '../../src/simulate/loopback-simulation.ts';
import type { Trouble } from '../../src/simulate/trouble.ts';
import { overlayOptions, peersThatAre, START, visitsOf } from './support.ts';

const transport = () =>
  createSocketTransport({
    connectTimeout: 30_000,
    answerTimeout: 30_000,
    now: () => START,
    monotonic: () => performance.now(),
  });

async function onSockets(trouble: Partial<Trouble>, more: Partial<SimulationOptions> = {}, peers = 40) {
  const simulation = await simulate({
    ...overlayOptions(trouble, { peers }),
    port: 0,
    monotonic: () => 0,
    ...more,
  });
  onTestFinished(() => simulation.close());
  return simulation;
}

describe('a connection to a slow peer', () => {
  it.each<[string, Reaction]>([
    ['late', { send: Buffer.from('answer'), delay: 30 }],
    ['byte by byte', { send: Buffer.from('answer'), pace: 5 }],
    [
      'late and byte by byte, and then closes',
      { send: Buffer.from('answer'), delay: 10, pace: 5, close: true },
    ],
  ])('that answers %s ends when its answer has come to whoever had said all before', async (_, reaction) => {
    const servent: Servent = { accept: () => ({ patience: 600_000, receive: () => reaction }) };
    const host = await hostOnLoopback({ peers: 1, port: 0, isDeaf: () => false, servent: () => servent });
    onTestFinished(() => host.close());
    const address = host.addressOf(0);
    const heard = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect({ host: ipOf(address), port: portOf(address), allowHalfOpen: true }, () =>
        socket.end('question'),
      );
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('end', () => {
        resolve(text);
      });
      socket.on('error', reject);
    });
    expect(heard).toBe('answer');
  });

  it('stays open after the answer where the other side has more to say, and ends when that says so', async () => {
    let answered = 0;
    const servent: Servent = {
      accept: () => ({
        patience: 600_000,
        receive: () => ({ send: Buffer.from(`answer ${++answered}`), delay: 5 }),
      }),
    };
    const host = await hostOnLoopback({ peers: 1, port: 0, isDeaf: () => false, servent: () => servent });
    onTestFinished(() => host.close());
    const address = host.addressOf(0);
    const heard = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect({ host: ipOf(address), port: portOf(address) }, () => socket.write('first'));
      socket.on('data', (chunk) => {
        text += chunk.toString();
        if (text === 'answer 1') socket.write('second');
        else socket.end();
      });
      socket.on('close', () => {
        resolve(text);
      });
      socket.on('error', reject);
    });
    expect(heard).toBe('answer 1answer 2');
  });
});

describe('an overlay with a port per peer', () => {
  it.each(['port-per-peer', 'ipv6'] as const)(
    'by the scheme %s shows the same troubles, but for newcomers, whom it refuses in a sentence',
    async (scheme) => {
      const trouble = {
        refusing: 0.2,
        firewalled: 0.2,
        lying: 0.1,
        lies: ['crawler', 'fake'] as const,
        stale: 1,
      };
      const simulation = await onSockets(trouble, { scheme });
      const { population } = simulation;
      const outcomes = new Map(
        (await visitsOf(simulation, transport())).map(({ endpoint, outcome }) => [endpoint, outcome]),
      );
      const of = (behaviour: string) =>
        peersThatAre(simulation, behaviour).map((peer) => outcomes.get(population.addressOf(peer)));
      // Some may stand behind others; whoever was asked behaved.
      expect(new Set(of('refusing'))).toEqual(new Set(['refused']));
      expect(new Set(of('firewalled'))).toEqual(new Set(['connect-refused']));
      expect(new Set(of('lying'))).toEqual(new Set(['ok']));
      expect(new Set(of('healthy'))).toEqual(new Set(['ok']));
      await expect(onSockets({ churn: 'exponential:60' }, { scheme })).rejects.toThrow(
        `churn needs an address for every newcomer, and with ${scheme} there is none`,
      );
      await expect(onSockets({ sybilNets: 1 }, { scheme })).rejects.toThrow(/sybil nets needs? an address/);
    },
  );
});
