import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address } from '../../../src/core/address.ts';
import { NapsterClient, type NapsterClientOptions } from '../../../src/overlays/napster/client.ts';
import type { NapsterReport } from '../../../src/overlays/napster/report.ts';
import { NapsterServer } from '../../../src/overlays/napster/server.ts';
import { contentOf, sharedFile } from '../../../src/overlays/napster/shared-file.ts';
import { encodeFrame, FrameStream } from '../../../src/overlays/napster/wire/frame.ts';
import {
  decodeMessage,
  encodeMessage,
  type NapsterMessage,
} from '../../../src/overlays/napster/wire/message.ts';
import { VirtualHosts } from '../../../src/simulate/virtual-hosts.ts';

const SERVER = '127.1.0.1:8888' as Address;
const addressOf = (client: number) => `127.1.0.${client + 2}:6699` as Address;

/** A server and clients that have logged in, one after the other. */
function system(clients: readonly Partial<NapsterClientOptions>[]) {
  const reports: (NapsterReport & { readonly node: Address })[] = [];
  const server = new NapsterServer(SERVER);
  const hosts = new VirtualHosts<NapsterClient | NapsterServer, NapsterReport>({
    latency: 10,
    start: 0,
    onReport: (node, report) => reports.push({ node, ...report }),
  });
  hosts.add(server, () => []);
  const all = clients.map((options, i) => {
    const client = new NapsterClient({ address: addressOf(i), server: SERVER, nick: `p${i}`, ...options });
    hosts.add(client, () => client.start());
    hosts.run(100);
    return client;
  });
  const search = (i: number, text: string) => {
    hosts.tell(addressOf(i), () => all[i]?.search(text) ?? []);
    hosts.run(1_000);
  };
  return { hosts, server, reports, search };
}

/** What a server says to somebody who says this to it, and whether it closes. */
function answers(...said: readonly NapsterMessage[]) {
  const server = new NapsterServer(SERVER);
  const connection = server.newConnection();
  server.accepted(0, connection, '127.1.0.9');
  const effects = server.received(0, connection, Buffer.concat(said.map(encodeMessage)));
  const stream = new FrameStream();
  return {
    server,
    messages: effects.flatMap((effect) =>
      effect.kind === 'send' ? stream.push(effect.bytes).map(decodeMessage) : [],
    ),
    isClosed: effects.some(({ kind }) => kind === 'close'),
  };
}

const LOGIN: NapsterMessage = {
  kind: 'login',
  nick: 'me',
  password: 'x',
  port: 6699,
  client: 'test',
  link: 0,
};

describe('a centralized overlay', () => {
  const words = fc.subarray(['amber', 'basalt', 'cedar', 'hymn', 'jig'], { minLength: 1 });
  const name = words.map((some) => `${some.join(' ')}.mp3`);

  it('finds exactly the files that have all the words, of whoever is logged in (property)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(name, { maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        words,
        (files, asked) => {
          const { reports, search, server } = system(files.map((names) => ({ files: names })));
          expect(server.size).toEqual({ users: files.length, files: files.flat().length });
          search(0, asked.join(' '));
          const expected = files
            .flat()
            .filter((file) => asked.every((word) => file.split(/[ .]/).includes(word)));
          expect(reports.filter(({ kind }) => kind === 'found')).toMatchObject([
            { results: expected.length },
          ]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('fetches a file from the peer that has it, and not from the server', () => {
    const { reports, search } = system([{ downloads: true }, { files: ['amber hymn.mp3', 'jig.mp3'] }]);
    search(0, 'hymn amber');
    const { size } = sharedFile('amber hymn.mp3');
    expect(reports.filter(({ kind }) => kind === 'transfer')).toEqual([
      { node: addressOf(0), kind: 'transfer', provider: addressOf(1), name: 'amber hymn.mp3', bytes: size },
    ]);
    expect(contentOf({ name: 'amber hymn.mp3', size })).toHaveLength(size);
  });

  it('does not fetch from oneself, nor from one who has gone', () => {
    const own = system([{ downloads: true, files: ['jig.mp3'] }]);
    own.search(0, 'jig');
    expect(own.reports.some(({ kind }) => kind === 'transfer')).toBe(false);
    const gone = system([{ downloads: true }, { files: ['jig.mp3'] }]);
    gone.hosts.remove(addressOf(1));
    gone.hosts.run(100);
    expect(gone.server.size).toEqual({ users: 1, files: 0 });
    gone.search(0, 'jig');
    expect(gone.reports.filter(({ kind }) => kind === 'found')).toMatchObject([{ results: 0 }]);
  });
});

describe('a server', () => {
  it('lets nobody speak who has not logged in', () => {
    const { messages, isClosed } = answers({ kind: 'search', text: 'jig', most: 10 }, LOGIN);
    expect([messages.map(({ kind }) => kind), isClosed]).toEqual([['error'], true]);
  });

  it('lets nobody in twice, nor under a nick that is taken', () => {
    const { server, messages } = answers(LOGIN, LOGIN);
    expect(messages.map(({ kind }) => kind)).toEqual(['login-ack', 'error']);
    const other = server.newConnection();
    server.accepted(0, other, '127.1.0.8');
    expect(server.received(0, other, encodeMessage(LOGIN)).at(-1)).toMatchObject({ kind: 'close' });
  });

  it('says where a file is only if it is there', () => {
    const file = sharedFile('jig.mp3');
    const { messages } = answers(
      LOGIN,
      { kind: 'share', file },
      { kind: 'download-request', nick: 'me', name: 'jig.mp3' },
      { kind: 'download-request', nick: 'me', name: 'hymn.mp3' },
      { kind: 'download-request', nick: 'you', name: 'jig.mp3' },
    );
    // By hand: 127.1.0.9 with its first octet lowest.
    const ip = 127 + 256 + 9 * 16_777_216;
    expect(messages.slice(1)).toEqual([
      { kind: 'download-ack', nick: 'me', ip, port: 6699, name: 'jig.mp3', md5: file.md5, link: 0 },
      { kind: 'download-error', nick: 'me', name: 'hymn.mp3' },
      { kind: 'download-error', nick: 'you', name: 'jig.mp3' },
    ]);
  });

  it('gives 100 results at most', () => {
    const shares = Array.from({ length: 150 }, (_, i): NapsterMessage => ({
      kind: 'share',
      file: sharedFile(`jig ${i}`),
    }));
    const { messages } = answers(LOGIN, ...shares, { kind: 'search', text: 'jig', most: 500 });
    expect(messages.filter(({ kind }) => kind === 'search-result')).toHaveLength(100);
  });
});

describe('strangers', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .tuple(fc.constantFrom(2, 3, 100, 200, 201, 202, 203, 204), fc.uint8Array({ maxLength: 60 }))
      .map(([type, data]) => encodeFrame({ type, data })),
    fc
      .constantFrom('GET', 'GETx "jig.mp3" 0', '1', '999', 'GETx "jig.mp3" 999999')
      .map((text) => Buffer.from(text)),
  );

  it('can say anything to a server and to a client, in any pieces (property)', () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 8 }), fc.boolean(), (said, logsIn) => {
        const server = new NapsterServer(SERVER);
        const client = new NapsterClient({
          address: addressOf(0),
          server: SERVER,
          nick: 'p',
          files: ['jig.mp3'],
          downloads: true,
        });
        client.start();
        const [stranger, peer] = [server.newConnection(), client.newConnection()];
        server.accepted(0, stranger, '127.1.0.9');
        client.accepted(0, peer);
        if (logsIn) server.received(0, stranger, encodeMessage(LOGIN));
        for (const piece of said) {
          server.received(0, stranger, piece);
          client.received(0, 0, piece);
          client.received(0, peer, piece);
        }
        server.closed(0, stranger);
        expect(server.size.users).toBe(0);
      }),
    );
  });
});
