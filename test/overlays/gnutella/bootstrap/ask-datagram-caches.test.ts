import { expect, it } from 'vitest';
import { createRandom } from '../../../../src/core/random.ts';
import type { Transport } from '../../../../src/core/visit.ts';
import { askDatagramCaches } from '../../../../src/overlays/gnutella/bootstrap/ask-datagram-caches.ts';
import { HostCollection } from '../../../../src/overlays/gnutella/bootstrap/host-search.ts';
import { hostCaches } from '../../../../src/overlays/gnutella/bootstrap/host-caches.ts';
import { address } from '../support.ts';

it('a host of a UDP host cache says who named it, by kind and name, and nothing of how the cache was asked', async () => {
  const cache = hostCaches.createDatagramCache({
    hosts: () => [address('127.1.0.1:6346')],
    address: address('127.0.0.1:9000'),
    others: [],
    random: (below) => generator.int(below),
  });
  const found = new HostCollection();
  const transport: Transport = {
    converse: (endpoint, conversation) => {
      const { answer } = conversation.receive(
        cache.answer(conversation.opening, '127.0.0.1', 0) ?? new Uint8Array(),
      );
      const visit = {
        endpoint,
        ...{ question: conversation.question, carrier: conversation.carrier },
        ...{ startedAt: 0, duration: 0, bytesSent: 0, bytesReceived: 0 },
      };
      return Promise.resolve({ ...visit, ...(answer ?? conversation.end('silent')) });
    },
  };
  await askDatagramCaches(
    {
      udpHostCaches: [{ host: '127.0.0.1', port: 9000 }],
      learned: [],
      enough: 1,
      transport,
      mayAsk: () => true,
      now: () => 0,
      seed: 'test',
    },
    found,
  );
  expect(found.list()).toEqual([
    {
      address: '127.1.0.1:6346',
      source: { kind: 'udp-host-cache', name: '127.0.0.1:9000' },
      lastSeen: 0,
      facts: {},
    },
  ]);
});

const generator = createRandom(1);
