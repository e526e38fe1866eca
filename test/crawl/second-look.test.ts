import { describe, expect, it } from 'vitest';
import type { Address } from '../../src/core/address.ts';
import type { Question, Transport } from '../../src/core/visit.ts';
import { lookAgain } from '../../src/crawl/second-look.ts';
import { gnutella } from '../../src/overlays/gnutella/gnutella.ts';
import { address, visit } from '../support/visits.ts';

const question: Question = gnutella.question;

function looking(answers: (endpoint: Address, attempt: number) => ReturnType<typeof visit> | 'exhausted') {
  const asked = new Map<Address, number>();
  let open = 0;
  let mostOpen = 0;
  const transport: Transport = {
    converse: async (endpoint) => {
      const attempt = (asked.get(endpoint) ?? 0) + 1;
      asked.set(endpoint, attempt);
      mostOpen = Math.max(mostOpen, ++open);
      await Promise.resolve();
      open -= 1;
      return answers(endpoint, attempt);
    },
  };
  return { transport, asked, mostOpen: () => mostOpen };
}

const sample = [1, 2, 3, 4, 5].map((peer) => visit(address(peer)));
const { signal } = new AbortController();

describe('the second look', () => {
  it('asks everybody in the sample once, as many at a time as it may', async () => {
    const network = looking((endpoint) => visit(endpoint));
    const looks = await lookAgain({
      sample,
      question,
      transport: network.transport,
      concurrency: 2,
      signal,
    });
    expect(looks.map(({ second }) => second?.endpoint)).toEqual(sample.map(({ endpoint }) => endpoint));
    expect([...network.asked.values()]).toEqual([1, 1, 1, 1, 1]);
    expect(network.mostOpen()).toBe(2);
  });

  it('asks again where a packet may have been lost, and leaves undecided what the machine could not ask', async () => {
    const network = looking((endpoint, attempt) =>
      endpoint === address(1)
        ? 'exhausted'
        : visit(endpoint, { outcome: endpoint === address(2) && attempt === 1 ? 'connect-timeout' : 'ok' }),
    );
    const looks = await lookAgain({
      sample,
      question,
      transport: network.transport,
      concurrency: 9,
      signal,
    });
    expect(looks[0]?.second).toBeUndefined();
    expect(looks[1]?.second?.outcome).toBe('ok');
    expect(network.asked.get(address(2))).toBe(2);
  });
});
