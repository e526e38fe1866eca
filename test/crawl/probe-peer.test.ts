import { describe, expect, it } from 'vitest';
import { parseAddress, type Address } from '../../src/core/address.ts';
import { NO_CLAIMS } from '../../src/core/claims.ts';
import type { Conversation, Question, Transport } from '../../src/core/visit.ts';
import { MAX_OVERHEARD_BYTES, OverheardConversation } from '../../src/crawl/overheard.ts';
import { PAUSE_BETWEEN_CONNECTIONS, pauseBefore, probePeer } from '../../src/crawl/probe-peer.ts';
import { address, visit } from '../support/visits.ts';

const outside = parseAddress('192.0.2.1:6346') as Address;

/** Echoes what it hears, and takes its leave. */
function echo(name: string): Question {
  return {
    name,
    carrier: 'tcp',
    ask: (): Conversation => ({
      question: name,
      carrier: 'tcp',
      opening: Buffer.from('hello'),
      receive: (bytes) => ({ send: bytes }),
      end: () => ({ outcome: 'ok', claims: NO_CLAIMS }),
      farewell: Buffer.from('bye'),
    }),
  };
}

/** A peer that says one word to each opening. */
const talking: Transport = {
  converse: (endpoint, conversation) => {
    expect(Buffer.from(conversation.opening).toString()).toBe('hello');
    conversation.receive(Buffer.from('word'));
    conversation.end('closed');
    expect(conversation.farewell).toBeDefined();
    return Promise.resolve(visit(endpoint, { question: conversation.question }));
  },
};

async function probe(transport: Transport, names: readonly string[], signal = new AbortController().signal) {
  let time = 0;
  const probed = [];
  for await (const one of probePeer({
    endpoint: address(1),
    questions: names.map(echo),
    transport,
    signal,
    monotonic: () => time++,
  }))
    probed.push(one);
  return probed;
}

describe('a probe of one peer', () => {
  it('puts each question once, in order, and keeps what both sides said and when', async () => {
    const probed = await probe(talking, ['a', 'b']);
    expect(probed.map(({ question }) => question.name)).toEqual(['a', 'b']);
    expect(probed[1]?.visit.question).toBe('b');
    const told = probed[0]?.said.map(({ from, at, bytes }) => [from, at, Buffer.from(bytes).toString()]);
    expect(told).toEqual([
      ['us', 1, 'hello'],
      ['peer', 2, 'word'],
      ['us', 3, 'word'],
      ['us', 4, 'bye'],
    ]);
  });

  it('asks nothing more once it is stopped, and tells nothing of a question that was given up', async () => {
    const stopping = new AbortController();
    const transport: Transport = {
      converse: (endpoint, conversation) => {
        if (conversation.question === 'b') stopping.abort();
        return Promise.resolve(visit(endpoint));
      },
    };
    const probed = await probe(transport, ['a', 'b', 'c'], stopping.signal);
    expect(probed.map(({ question }) => question.name)).toEqual(['a']);
  });

  it('says of a connection that never stood that nothing was said', async () => {
    const transport: Transport = {
      converse: (endpoint) => Promise.resolve(visit(endpoint, { outcome: 'connect-refused' })),
    };
    expect((await probe(transport, ['a']))[0]?.said).toEqual([]);
  });

  it('fails where this machine has no means for a connection', async () => {
    const transport: Transport = { converse: () => Promise.resolve('exhausted') };
    await expect(probe(transport, ['a'])).rejects.toThrow('no means for another connection');
  });

  it('keeps no more of a peer that never stops than a bound', () => {
    const conversation = new OverheardConversation(echo('a').ask(address(1)), () => 0);
    const piece = Buffer.alloc(1 << 20);
    for (let i = 0; i < 20; i++) conversation.receive(piece);
    const kept = conversation.said.reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect(kept).toBeLessThanOrEqual(MAX_OVERHEARD_BYTES);
  });
});

describe('the pause before a question', () => {
  it('is none on this machine, before a first connection, and before a datagram', () => {
    expect(pauseBefore(address(1), 'tcp', ['tcp', 'tcp'])).toBe(0);
    expect(pauseBefore(outside, 'tcp', ['udp'])).toBe(0);
    expect(pauseBefore(outside, 'udp', ['tcp'])).toBe(0);
  });

  it('keeps further connections to others so far apart that gtk-gnutella, which forgets one every 30 s, never bans', () => {
    expect(pauseBefore(outside, 'tcp', ['tcp', 'udp'])).toBe(PAUSE_BETWEEN_CONNECTIONS);
    expect(PAUSE_BETWEEN_CONNECTIONS).toBeGreaterThan(30_000);
  });
});
