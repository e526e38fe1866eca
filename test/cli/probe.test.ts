// The probe against servents of every kind on loopback, and against strangers that are none.
import { createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Address } from '../../src/core/address.ts';
import { portOf } from '../../src/core/address.ts';
import { gnutella } from '../../src/overlays/gnutella/gnutella.ts';
import { simulate } from '../../src/simulate/loopback-simulation.ts';
import type { Trouble } from '../../src/simulate/trouble.ts';
import { overlayOptions } from '../simulate/support.ts';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';

interface Told {
  readonly question: string;
  readonly outcome: string;
  readonly dialogue: readonly { readonly from: string; readonly kind: string }[];
  readonly learned: {
    readonly role: string | null;
    readonly connections: readonly Address[] | null;
    readonly leaves: readonly Address[] | null;
  };
}

async function probe(peer: string, ...options: string[]) {
  const run = await peerscope(['probe', peer, '--format', 'json', ...options]);
  const { questions } = JSON.parse(run.stdout) as { questions: Told[] };
  return { ...run, questions, told: new Map(questions.map((one) => [one.question, one])) };
}

/** A small two-tier overlay all of whose peers, but for the bootstrap peer, are like this; and one of its superpeers. */
async function overlay(trouble: Partial<Trouble>) {
  const simulation = await simulate({
    ...overlayOptions({ udp: true, ...trouble }, { model: 'two-tier', peers: 40 }),
    port: 0,
    monotonic: () => performance.now(),
  });
  onTestFinished(() => simulation.close());
  const { peers, links } = simulation.truth();
  const superpeer = Array.from(peers).find(
    ({ role, address }) => role === 'superpeer' && address !== simulation.bootstrap,
  );
  const address = superpeer?.address ?? expect.unreachable('no superpeer');
  const neighbours = (relation: string) =>
    Array.from(links)
      .filter((link) => link.relation === relation && [link.source, link.target].includes(address))
      .map(({ source, target }) => (source === address ? target : source))
      .sort();
  return { address, connections: neighbours('connection'), leaves: neighbours('registration') };
}

const personality = (name: string) => overlay({ personalities: [{ name, weight: 1 }] });

/** A stranger on loopback that does with each connection whatever the test wants. */
async function stranger(onConnection: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('not listening');
  return `127.0.0.1:${bound.port}`;
}

const sorted = (addresses: readonly string[] | null | undefined) => addresses && [...addresses].sort();

/** Who waits for a datagram that never comes need not wait long. */
const QUICK = ['--connect-timeout', '300'];

describe('a probe of a servent', () => {
  it.each(['gtk-gnutella', 'limewire'])('%s: learns its links in three ways', async (name) => {
    const peer = await personality(name);
    const { told, code, stderr } = await probe(peer.address);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const question of ['crawler-handshake', 'udp-crawler-ping']) {
      expect(told.get(question)).toMatchObject({ outcome: 'ok', learned: { role: 'superpeer' } });
      expect(sorted(told.get(question)?.learned.connections)).toEqual(peer.connections);
      expect(sorted(told.get(question)?.learned.leaves)).toEqual(peer.leaves);
    }
    expect(told.get('ping-crawl')).toMatchObject({ outcome: 'ok', learned: { leaves: null } });
    expect(sorted(told.get('ping-crawl')?.learned.connections)).toEqual(peer.connections);
    expect(told.get('ping-crawl-0.4')).toMatchObject({ outcome: 'closed', learned: { connections: null } });
  });

  it('shareaza: is refused by the crawler handshake, gets no datagram, and learns its connections by a Ping', async () => {
    const peer = await personality('shareaza');
    const { told, code } = await probe(peer.address, ...QUICK);
    expect(code).toBe(0);
    expect(told.get('crawler-handshake')?.outcome).toBe('refused');
    expect(told.get('udp-crawler-ping')?.outcome).toBe('connect-timeout');
    expect(sorted(told.get('ping-crawl')?.learned.connections)).toEqual(peer.connections);
  });

  it('legacy-0.4: is understood in 0.4', async () => {
    const peer = await personality('legacy-0.4');
    const { told } = await probe(peer.address, ...QUICK);
    expect(told.get('crawler-handshake')).toMatchObject({ outcome: 'not-this-protocol' });
    expect(sorted(told.get('ping-crawl-0.4')?.learned.connections)).toEqual(peer.connections);
  });

  it('shows the conversation in the order in which it was held', async () => {
    const { address } = await personality('shareaza');
    const { told } = await probe(address, '--question', 'ping-crawl');
    const said = told.get('ping-crawl')?.dialogue.map(({ from, kind }) => `${from} ${kind}`) ?? [];
    expect(said.slice(0, 5)).toEqual([
      'us greeting',
      'peer reply',
      'us reply',
      'us messages-supported',
      'us ping',
    ]);
    expect(said).toContain('peer pong');
    expect(said.at(-1)).toBe('us bye');
  });

  it('puts only the questions that are named, in the order of a crawl', async () => {
    const { address } = await overlay({});
    const { questions } = await probe(address, '--question', 'udp-crawler-ping,crawler-handshake');
    expect(questions.map(({ question }) => question)).toEqual(['crawler-handshake', 'udp-crawler-ping']);
  });

  it('tells a person in words, byte by byte on request, and a pipe in CSV', async () => {
    const { address } = await overlay({});
    const run = (...options: string[]) =>
      peerscope(['probe', address, '--question', 'crawler-handshake', ...options]);
    const words = (await run('--format', 'table')).stdout;
    expect(words).toMatch(/^< .* Answer to a crawler: 200 OK; a superpeer/m);
    expect(words).not.toContain('end of the block');
    expect((await run('--format', 'table', '--bytes')).stdout).toContain('end of the block');
    expect((await run()).stdout).toMatch(
      /^endpoint,question,.*\n127\.[^\n]*,crawler-handshake,tcp,ok,200,OK,/,
    );
    expect((await run('--bytes')).stdout).toMatch(/^question,from,at_ms,part,kind,/);
  });
});

describe('a probe of a stranger', () => {
  it('shows what else is spoken there, and ends with 4 where no question was answered', async () => {
    const peer = await stranger((socket) => socket.end('HTTP/1.1 400 Bad Request\r\nServer: web\r\n\r\n'));
    const { told, code, stderr } = await probe(peer, ...QUICK);
    expect(code).toBe(4);
    expect(stderr).toMatch(/^peerscope: 127\.0\.0\.1:\d+ answered no question: crawler-handshake not-this-/);
    expect(told.get('crawler-handshake')?.dialogue.map(({ kind }) => kind)).toEqual([
      'greeting',
      'http-answer',
    ]);
  });

  it('says of one that says nothing that it may be a ban', async () => {
    const peer = await stranger(() => undefined);
    const options = ['--question', 'crawler-handshake', '--answer-timeout', '200', '--format', 'table'];
    const { stdout, code } = await peerscope(['probe', peer, ...options]);
    expect(code).toBe(4);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/= silent after .* it is stuck, or it has banned us\./);
  });

  it('has nothing to show of a connection that nobody took', async () => {
    const port = portOf((await overlay({})).address);
    const { told, code } = await probe(`127.255.0.1:${port === 1 ? 2 : 1}`, ...QUICK);
    expect(code).toBe(4);
    expect(told.get('crawler-handshake')).toMatchObject({ outcome: 'connect-refused', dialogue: [] });
    expect(told.get('udp-crawler-ping')?.dialogue).toMatchObject([{ from: 'us', kind: 'crawler-ping' }]);
  });

  it('that sends anything, byte by byte, is followed as far as it can be', async () => {
    const garbage = Buffer.from('GNUTELLA/0.6 200 OK\r\nX-Ultrapeer: True\r\n\r\n\xff\xff\xff', 'latin1');
    const peer = await stranger((socket) => {
      socket.once('data', () => {
        for (const byte of garbage) socket.write(Buffer.of(byte));
        setTimeout(() => socket.destroy(), 50);
      });
    });
    const { told } = await probe(peer, '--question', 'ping-crawl');
    const heard = told.get('ping-crawl')?.dialogue.filter(({ from }) => from === 'peer');
    expect(heard?.map(({ kind }) => kind)).toEqual(['reply', 'malformed']);
  });

  it('can be stopped: what was asked until then is told, and the exit code is that of an interrupt', async () => {
    const stopping = new AbortController();
    let connections = 0;
    const peer = await stranger((socket) => {
      connections += 1;
      if (connections === 1) socket.end('GNUTELLA/0.6 503 Full\r\n\r\n');
      else stopping.abort();
    });
    const argv = ['probe', peer, '--format', 'csv', '--question', 'crawler-handshake,ping-crawl'];
    const { code, stdout } = await peerscope(argv, { interrupt: stopping.signal });
    expect(code).toBe(130);
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(stdout).toContain('crawler-handshake,tcp,busy,503,Full');
  });
});

describe('a probe that can not be', () => {
  it.each<[string[], number, RegExp]>([
    [[], 2, /PEER is missing\nIt goes: peerscope probe <peer>/],
    [['localhost:6346'], 2, /"localhost:6346" is no address\nAn address is IP:PORT/],
    [['127.0.0.1:0'], 2, /"127\.0\.0\.1:0" is no address/],
    [['127.0.0.1:65536'], 2, /is no address/],
    [['::1'], 2, /"::1" is no address/],
    [
      ['192.0.2.1'],
      4,
      /192\.0\.2\.1:6346 is not on this machine, and only loopback addresses are contacted without a live crawl/,
    ],
    [
      ['127.0.0.1:1', '--question', 'ping-craw'],
      2,
      /unknown question "ping-craw": did you mean ping-crawl\?/,
    ],
    [['127.0.0.1:1', '--network', 'gnutela'], 2, /unknown network "gnutela"/],
    [['127.0.0.1:1', '--answer-timeout', '0'], 2, /--answer-timeout must be a whole number/],
    [['127.0.0.1:1', '127.0.0.1:2'], 2, /unexpected "127\.0\.0\.1:2"/],
  ])('%j', async (argv, code, message) => {
    expectFailure(await peerscope(['probe', ...argv]), code, message);
  });

  it('has a question of its own for every one that a crawl may ask', () => {
    const names = gnutella.questions.map(({ name }) => name);
    expect(names).toContain(gnutella.question.name);
    expect(new Set(names).size).toBe(names.length);
    const first = gnutella.followUp([]);
    expect(names[0]).toBe(first?.name);
  });
});
