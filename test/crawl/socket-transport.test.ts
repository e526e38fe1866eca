import { createSocket } from 'node:dgram';
import { createServer, Socket, type AddressInfo, type Server } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { parseAddress, type Address } from '../../src/core/address.ts';
import { NO_CLAIMS } from '../../src/core/claims.ts';
import { WAIT, type Conversation, type Visit } from '../../src/core/visit.ts';
import { mayDial } from '../../src/crawl/may-dial.ts';
import { createSocketTransport } from '../../src/crawl/socket-transport.ts';
import { certificate } from '../support/certificate.ts';
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

  /** Waits for so long after the first thing that is said, or after each thing. */
  const waiting = (quiet: number, after: 'first' | 'each'): Conversation => {
    let heard = 0;
    return {
      question: 'test',
      carrier: 'tcp',
      opening: Buffer.from('who?'),
      receive: () => {
        heard += 1;
        return heard === 1 || after === 'each' ? { quiet } : WAIT;
      },
      end: (how) => ({ outcome: how === 'quiet' ? 'ok' : 'partial', claims: NO_CLAIMS }),
    };
  };

  it('ends when it has waited for long enough, whatever else the peer goes on to say', async () => {
    const endpoint = await stranger(chatter);
    const transport = createSocketTransport({ ...TIMEOUTS, answerTimeout: 60_000 });
    expect(await transport.converse(endpoint, waiting(200, 'first'))).toMatchObject({ outcome: 'ok' });
  });

  it('ends in any case when its time has run out, though the peer gives it reason to wait for ever', async () => {
    const endpoint = await stranger(chatter);
    const transport = createSocketTransport({ ...TIMEOUTS, answerTimeout: 300 });
    expect(await transport.converse(endpoint, waiting(20_000, 'each'))).toMatchObject({ outcome: 'partial' });
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

/** Says something for as long as it is connected. */
function chatter(socket: Socket): void {
  const timer = setInterval(() => {
    socket.write('x');
  }, 10);
  socket.on('close', () => {
    clearInterval(timer);
  });
}

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

describe('a conversation over TLS', () => {
  const over = async (endpoint: Address, tls: boolean): Promise<Visit> => {
    const transport = createSocketTransport({ ...TIMEOUTS, connectTimeout: 2_000, tls });
    const visit = await transport.converse(endpoint, gnutella.question.ask(endpoint));
    return visit === 'exhausted' ? expect.unreachable() : visit;
  };

  it('brings the same answer, from a servent that signs its certificate itself', async () => {
    const answer = 'GNUTELLA/0.6 200 OK\r\nPeers: 127.0.0.9:1\r\nLeaves: \r\n\r\n';
    const server = createSecureServer(certificate, (socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.write(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    expect(await over(at(`127.0.0.1:${port}`), true)).toMatchObject({
      outcome: 'ok',
      claims: { links: [{ targets: ['127.0.0.9:1'] }] },
    });
  });

  it('finds out who speaks none, who hangs up, and who is not there', async () => {
    const plain = await stranger((socket) => socket.once('data', () => socket.write('GNUTELLA OK\n\n')));
    expect(await over(plain, true)).toMatchObject({ outcome: 'not-this-protocol' });
    const closing = await stranger((socket) => socket.end());
    expect(await over(closing, true)).toMatchObject({ outcome: 'closed' });
    const resetting = await stranger((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await over(resetting, true)).toMatchObject({ outcome: 'reset' });
    const mute = await stranger(() => undefined);
    expect(await over(mute, true)).toMatchObject({ outcome: 'silent' });
    expect(await over(at('127.0.0.1:1'), true)).toMatchObject({ outcome: 'connect-refused' });
  });
});

describe('a conversation by datagrams', () => {
  const patience = { ...TIMEOUTS, connectTimeout: 300 };

  /** A question whose answer is the datagram `yes`; `more` asks again. */
  const question = (): Conversation => ({
    question: 'test',
    carrier: 'udp',
    opening: Buffer.from('who?'),
    receive: (bytes) => {
      const text = Buffer.from(bytes).toString();
      if (text === 'more') return { send: Buffer.from('again?') };
      return text === 'yes' ? { answer: { outcome: 'ok', claims: NO_CLAIMS } } : WAIT;
    },
    end: () => ({ outcome: 'connect-timeout', claims: NO_CLAIMS }),
  });

  /** Answers each datagram with these. */
  async function listener(answers: (text: string) => readonly string[]): Promise<Address> {
    const socket = createSocket('udp4');
    socket.on('message', (bytes, { address, port }) => {
      for (const answer of answers(bytes.toString())) socket.send(answer, port, address);
    });
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    onTestFinished(() => void socket.close());
    return at(`127.0.0.1:${socket.address().port}`);
  }

  async function asked(endpoint: Address): Promise<Visit> {
    const transport = createSocketTransport(patience);
    onTestFinished(() => {
      transport.close();
    });
    const visit = await transport.converse(endpoint, question());
    return visit === 'exhausted' ? expect.unreachable() : visit;
  }

  it('takes the datagram that answers, among others, and says what more it has to', async () => {
    const endpoint = await listener((text) => (text === 'who?' ? ['stray', 'more'] : ['yes']));
    expect(await asked(endpoint)).toMatchObject({ outcome: 'ok', bytesSent: 10, bytesReceived: 12 });
  });

  it('waits in vain where nobody answers, or nobody is', async () => {
    const silent = await listener(() => []);
    expect(await asked(silent)).toMatchObject({ outcome: 'connect-timeout', bytesReceived: 0 });
    expect(await asked(at('127.0.0.1:1'))).toMatchObject({ outcome: 'connect-timeout' });
  });

  it('carries many at the same time on one socket', async () => {
    const endpoints = await Promise.all(Array.from({ length: 50 }, () => listener(() => ['yes'])));
    const transport = createSocketTransport({ ...patience, connectTimeout: 20_000 });
    onTestFinished(() => {
      transport.close();
    });
    const visits = await Promise.all(endpoints.map((endpoint) => transport.converse(endpoint, question())));
    expect(visits.every((visit) => visit !== 'exhausted' && visit.outcome === 'ok')).toBe(true);
  });

  it('is never begun with an address that must not be dialled', async () => {
    expect(await asked(at('192.0.2.1:6346'))).toMatchObject({ outcome: 'excluded', bytesSent: 0 });
  });
});
