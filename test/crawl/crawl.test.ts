import { describe, expect, it } from 'vitest';
import type { Address } from '../../src/core/address.ts';
import {
  WAIT,
  type Asked,
  type Carrier,
  type Conversation,
  type Question,
  type Transport,
  type Visit,
} from '../../src/core/visit.ts';
import { AddressBook } from '../../src/core/address-book.ts';
import { MemoryFrontier } from '../../src/crawl/memory-frontier.ts';
import { crawlOverlay, type OverlayCrawl } from '../support/crawl-overlay.ts';
import { address, listing, visit } from '../support/visits.ts';

// A question of no protocol at all: the engine must not care.
function questionOf(name: string, carrier: Carrier = 'tcp'): Question {
  const ask = (): Conversation => ({
    question: name,
    carrier,
    opening: new Uint8Array(),
    receive: () => WAIT,
    end: () => visit(address(1)),
  });
  return { name, carrier, ask };
}

const question = questionOf('anything');

/** Answers from a table of who lists whom; nobody else listens. */
function overlay(
  listings: Record<number, { peers?: number[]; leaves?: number[]; mentions?: number[] }>,
): Transport & { dialled: Address[]; most: number } {
  let running = 0;
  const transport = {
    dialled: [] as Address[],
    most: 0,
    converse: async (endpoint: Address, _conversation: Conversation): Promise<Visit> => {
      transport.dialled.push(endpoint);
      transport.most = Math.max(transport.most, (running += 1));
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      const known = Object.entries(listings).find(([number]) => address(Number(number)) === endpoint)?.[1];
      if (known === undefined) return visit(endpoint, { outcome: 'connect-refused' });
      const claims = listing(endpoint, (known.peers ?? []).map(address), (known.leaves ?? []).map(address));
      return visit(endpoint, { claims: { ...claims, mentions: (known.mentions ?? []).map(address) } });
    },
  };
  return transport;
}

async function visitsOf(transport: Transport, options: Partial<OverlayCrawl> = {}): Promise<Visit[]> {
  const visits: Visit[] = [];
  const defaults = { bootstrap: [address(1)], question, transport, concurrency: 8, contactLeaves: false };
  for await (const batch of crawlOverlay({ ...defaults, signal: new AbortController().signal, ...options }))
    visits.push(...batch);
  return visits;
}

const numbers = (visits: readonly Visit[]): number[] =>
  visits.map(({ endpoint }) => Number(endpoint.split(/[.:]/)[3])).sort((a, b) => a - b);

describe('the crawl engine', () => {
  it('contacts everybody that it learns of, each once', async () => {
    const transport = overlay({ 1: { peers: [2, 3] }, 2: { peers: [1, 3] }, 3: { peers: [1, 2, 4] } });
    expect(numbers(await visitsOf(transport))).toEqual([1, 2, 3, 4]);
    expect(new Set(transport.dialled).size).toBe(transport.dialled.length);
  });

  it('learns leaves without contacting them, unless asked to', async () => {
    const listings = { 1: { peers: [2], leaves: [10, 11] }, 2: { leaves: [11, 12] } };
    expect(numbers(await visitsOf(overlay(listings)))).toEqual([1, 2]);
    expect(numbers(await visitsOf(overlay(listings), { contactLeaves: true }))).toEqual([1, 2, 10, 11, 12]);
  });

  it('contacts a leaf that somebody else lists as a connection', async () => {
    expect(numbers(await visitsOf(overlay({ 1: { leaves: [10], peers: [2] }, 2: { peers: [10] } })))).toEqual(
      [1, 2, 10],
    );
  });

  it('follows mentions, as candidates', async () => {
    expect(numbers(await visitsOf(overlay({ 1: { mentions: [7] }, 7: {} })))).toEqual([1, 7]);
  });

  it('never runs more conversations than it may', async () => {
    const transport = overlay({ 1: { peers: Array.from({ length: 50 }, (_, i) => i + 2) } });
    await visitsOf(transport, { concurrency: 5 });
    expect(transport.most).toBe(5);
  });

  it('ends at once when it is told to, and does not record what it gave up', async () => {
    const stop = new AbortController();
    const hanging: Transport = {
      converse: (endpoint) =>
        endpoint === address(1)
          ? Promise.resolve(visit(endpoint, { claims: listing(endpoint, [address(2)]) }))
          : new Promise((resolve) => {
              stop.signal.addEventListener('abort', () => {
                resolve(visit(endpoint, { outcome: 'silent' }));
              });
            }),
    };
    setTimeout(() => {
      stop.abort();
    }, 20);
    expect(numbers(await visitsOf(hanging, { signal: stop.signal }))).toEqual([1]);
  });

  it('runs fewer at the same time where the machine has no means for more, and still asks everybody', async () => {
    const peers = Array.from({ length: 40 }, (_, i) => i + 2);
    const answering = overlay({ 1: { peers } });
    let running = 0;
    const poor: Transport = {
      converse: async (endpoint, conversation) => {
        if (running >= 4) return 'exhausted';
        running += 1;
        const answer = await answering.converse(endpoint, conversation);
        running -= 1;
        return answer;
      },
    };
    expect(numbers(await visitsOf(poor, { concurrency: 20 }))).toEqual([1, ...peers]);
  });

  it('fails with a clear word where the machine has no means for a single conversation', async () => {
    await expect(visitsOf({ converse: () => Promise.resolve('exhausted') })).rejects.toThrow(
      'no open files or ports',
    );
  });

  it('ends with the error of a question that cannot be asked', async () => {
    const broken: Question = {
      name: 'broken',
      carrier: 'tcp',
      ask: () => {
        throw new Error('cannot be asked');
      },
    };
    await expect(visitsOf(overlay({}), { question: broken })).rejects.toThrow('cannot be asked');
  });

  describe('with further questions', () => {
    const second = questionOf('second', 'udp');
    const third = questionOf('third');
    const asked: [string, number][] = [];
    /** Peer 1 answers the first question, 2 the second, 3 the third, 4 none. */
    const overlay: Transport = {
      converse: async (endpoint, conversation) => {
        await new Promise((resolve) => setImmediate(resolve));
        const [number] = numbers([visit(endpoint)]);
        const name = conversation.question;
        asked.push([name, number ?? 0]);
        const answers = [question.name, second.name, third.name].indexOf(name) + 1 === number;
        const claims = listing(endpoint, number === 1 ? [2, 3, 4].map(address) : []);
        return visit(endpoint, answers ? { question: name, claims } : { question: name, outcome: 'silent' });
      },
    };
    const followUp = (before: readonly Asked[]): Question | undefined =>
      before.at(-1)?.outcome === 'ok' ? undefined : [undefined, second, third][before.length];

    it('asks each of them once, as long as the ones before brought nothing', async () => {
      const visits = await visitsOf(overlay, { followUp });
      expect(asked.toSorted()).toEqual([
        ['anything', 1],
        ['anything', 2],
        ['anything', 3],
        ['anything', 4],
        ['second', 2],
        ['second', 3],
        ['second', 4],
        ['third', 3],
        ['third', 4],
      ]);
      expect(visits).toHaveLength(9);
    });
  });

  it('tells how far it is', async () => {
    const seen: number[] = [];
    await visitsOf(overlay({ 1: { peers: [2, 3] } }), { onProgress: ({ visited }) => seen.push(visited) });
    expect(seen.at(-1)).toBe(3);
  });
});

describe('the frontier', () => {
  it('gives every address once, first come first served', () => {
    const frontier = new MemoryFrontier(new AddressBook());
    for (const number of [3, 1, 3, 2, 1]) frontier.offer([address(number)]);
    expect(frontier.waiting).toBe(3);
    expect([frontier.take(2), frontier.take(2), frontier.take(2)]).toEqual([
      [address(3), address(1)],
      [address(2)],
      [],
    ]);
    frontier.offer([address(3)]);
    expect(frontier.waiting).toBe(0);
  });

  it('gives nobody who has been contacted already, wherever he stood on the list', () => {
    const frontier = new MemoryFrontier(new AddressBook());
    frontier.settle(address(5));
    frontier.offer([1, 2, 5, 3].map(address));
    frontier.settle(address(2));
    expect(frontier.waiting).toBe(2);
    expect(frontier.take(9)).toEqual([address(1), address(3)]);
    expect(frontier.waiting).toBe(0);
  });
});
