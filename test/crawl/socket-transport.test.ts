import { createServer, Socket, type Server } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { parseAddress, type Address } from '../../src/core/address.ts';
import type { Visit } from '../../src/core/visit.ts';
import { mayDial } from '../../src/crawl/may-dial.ts';
import { createSocketTransport } from '../../src/crawl/socket-transport.ts';
import { gnutella } from '../../src/overlays/gnutella/gnutella.ts';

const TIMEOUTS = {
  connectTimeout: 20_000,
  answerTimeout: 20_000,
  now: Date.now,
  monotonic: () => performance.now(),
};

/** A stranger on loopback that does with each connection whatever the test wants. */
async function stranger(onConnection: (socket: Socket) => void): Promise<Address> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
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
  return at(`127.0.0.1:${bound.port}`);
}

function at(text: string): Address {
  const address = parseAddress(text);
  if (address === undefined) throw new RangeError(text);
  return address;
}

/** Patient, so that a busy machine changes nothing; only who waits for silence is not. */
async function ask(endpoint: Address, answerTimeout = TIMEOUTS.answerTimeout): Promise<Visit> {
  const transport = createSocketTransport({ ...TIMEOUTS, answerTimeout });
  const visit = await transport.converse(endpoint, gnutella.question.ask(endpoint));
  return visit === 'exhausted' ? expect.unreachable() : visit;
}

describe('a conversation over TCP', () => {
  it('brings the answer, with what was sent, received, and how long it took', async () => {
    const answer = 'GNUTELLA/0.6 200 OK\r\nUser-Agent: a\r\nPeers: 127.0.0.9:1\r\nLeaves: \r\n\r\n';
    const visit = await ask(await stranger((socket) => socket.once('data', () => socket.write(answer))));
    expect(visit).toMatchObject({
      outcome: 'ok',
      status: { code: 200 },
      bytesReceived: answer.length,
      question: 'crawler-handshake',
    });
    expect(visit.bytesSent).toBe(gnutella.question.ask(visit.endpoint).opening.length);
    expect(visit.duration).toBeGreaterThan(0);
  });

  it.each<[string, (socket: Socket) => void, string]>([
    ['says nothing', () => undefined, 'silent'],
    ['closes at once', (socket) => socket.end(), 'closed'],
    ['cuts off', (socket) => socket.resetAndDestroy(), 'reset'],
    [
      'answers HTTP',
      (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>'),
      'not-this-protocol',
    ],
    [
      'refuses',
      (socket) => socket.write('GNUTELLA/0.6 503 Too many ultra connections (2 max)\r\n\r\n'),
      'busy',
    ],
    ['bans', (socket) => socket.write('GNUTELLA/0.6 403 Too frequent crawling\r\n\r\n'), 'rate-limited'],
    [
      'answers 10 MB of header',
      (socket) => socket.write(`GNUTELLA/0.6 200 OK\r\n${'X-Long: yes\r\n'.repeat(800_000)}`),
      'malformed',
    ],
    [
      'answers one line of 10 MB',
      (socket) => socket.write(`GNUTELLA/0.6 200 OK\r\nPeers: ${'1'.repeat(10_000_000)}`),
      'malformed',
    ],
    ['drips, a byte at a time', drip, 'silent'],
  ])('with a peer that %s has an outcome', async (_, behaviour, outcome) => {
    const visit = await ask(await stranger(behaviour), outcome === 'silent' ? 300 : undefined);
    expect(visit.outcome).toBe(outcome);
    expect(visit.bytesReceived).toBeLessThan(1_000_000);
  });

  it('with nobody there is a refused connection', async () => {
    const endpoint = await stranger(() => undefined);
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const bound = gone.address();
    await new Promise((resolve) => gone.close(resolve));
    expect(endpoint).not.toBe('');
    expect((await ask(at(`127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 1}`))).outcome).toBe(
      'connect-refused',
    );
  });

  it('can be given up', async () => {
    const transport = createSocketTransport({ ...TIMEOUTS, answerTimeout: 60_000 });
    const endpoint = await stranger((socket) => {
      socket.once('data', () => {
        transport.close();
      });
    });
    expect(await transport.converse(endpoint, gnutella.question.ask(endpoint))).toMatchObject({
      outcome: 'silent',
    });
  });
});

describe('addresses outside this machine', () => {
  const OUTSIDE = [
    '192.0.2.1:6346',
    '198.51.100.7:80',
    '10.0.0.1:6346',
    '0.0.0.0:6346',
    '128.0.0.1:1',
    '126.255.255.255:1',
    '[2001:db8::1]:6346',
    '[fe80::1]:6346',
    '[::]:6346',
    '[::ffff:192.0.2.1]:6346',
  ];

  it.each(OUTSIDE)('%s is excluded without a packet', async (text) => {
    const connect = vi.spyOn(Socket.prototype, 'connect');
    onTestFinished(() => {
      connect.mockRestore();
    });
    expect(await ask(at(text))).toMatchObject({ outcome: 'excluded', bytesSent: 0, bytesReceived: 0 });
    expect(connect).not.toHaveBeenCalled();
  });

  it.each(['127.0.0.1:1', '127.255.255.254:65535', '[::1]:6346'])('%s is inside', (text) => {
    expect(mayDial(at(text))).toBe(true);
  });
});

/** A true answer, but too slow to wait for. */
function drip(socket: Socket): void {
  const answer = 'GNUTELLA/0.6 200 OK\r\nPeers: 127.0.0.9:1\r\nLeaves: \r\n\r\n';
  let sent = 0;
  const timer = setInterval(() => {
    socket.write(answer.charAt(sent++));
  }, 50);
  socket.on('close', () => {
    clearInterval(timer);
  });
}
