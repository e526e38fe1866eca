import { connect, createServer, Server, Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ipOf, portOf } from '../../src/core/address.ts';
import type { Reaction, Servent } from '../../src/overlays/overlay.ts';
import {
  FIRST_SYBIL,
  loopbackAddress,
  MAX_LOOPBACK_PEERS,
  nobodysAddress,
  peerOfIp,
} from '../../src/simulate/loopback-addresses.ts';
import {
  hostOnLoopback,
  type LoopbackHost,
  type LoopbackHostOptions,
} from '../../src/simulate/loopback-host.ts';
import { ADDRESS_SCHEMES, isWithinLoopback, MAX_PORTS } from '../../src/simulate/loopback-listening.ts';

/** Says its own number to whoever connects and sends something; there are three. */
function numbered(peer: number): Servent | undefined {
  if (peer >= 3) return undefined;
  return {
    accept: () => ({
      patience: 5_000,
      receive: (): Reaction => ({ send: Buffer.from(`peer ${peer}`), close: true }),
    }),
  };
}

async function host(options: Partial<LoopbackHostOptions> = {}): Promise<LoopbackHost> {
  const opened = await hostOnLoopback({
    peers: 3,
    port: 0,
    isDeaf: () => false,
    servent: numbered,
    ...options,
  });
  onTestFinished(() => opened.close());
  return opened;
}

function dial(to: { host: string; port: number }): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket: Socket = connect(to, () => socket.write('hello'));
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => {
      resolve(text);
    });
  });
}

describe('loopback addresses', () => {
  it('tell every peer apart, and lead back to it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_LOOPBACK_PEERS - 1 }), (peer) => {
        const ip = ipOf(loopbackAddress(peer, 6346));
        expect(ip).toMatch(/^127\.([1-9]\d{0,2})\.\d{1,3}\.([1-9]\d{0,2})$/);
        expect(peerOfIp(ip)).toBe(peer);
      }),
    );
  });

  it("are nobody's in 127.240.0.0/16 to 127.254.0.0/16, and invented in 127.255.0.0/16", () => {
    expect(nobodysAddress(0, 1)).toBe('127.254.0.1:1');
    expect(nobodysAddress(65_024, 1)).toBe('127.253.0.1:1');
    expect(nobodysAddress(15 * 65_024, 1)).toBe('127.254.0.1:1');
    expect(loopbackAddress(FIRST_SYBIL, 1)).toBe('127.255.0.1:1');
    expect(loopbackAddress(FIRST_SYBIL + 254, 1)).toBe('127.255.1.1:1');
    expect(MAX_LOOPBACK_PEERS).toBeGreaterThan(15_000_000);
  });

  it('leave 127.0.0.0/16, and what looks like a network or broadcast address, to others', () => {
    for (const ip of ['127.0.0.1', '127.0.255.7', '127.1.0.0', '127.1.0.255', '192.0.2.1'])
      expect(peerOfIp(ip)).toBeUndefined();
    expect([0, 253, 254, 65_024].map((peer) => loopbackAddress(peer, 1))).toEqual([
      '127.1.0.1:1',
      '127.1.0.254:1',
      '127.1.1.1:1',
      '127.2.0.1:1',
    ]);
  });
});

const addressesOf = (opened: LoopbackHost) => [0, 1, 2].map((peer) => opened.addressOf(peer));

describe.each(ADDRESS_SCHEMES)('an overlay on loopback with the scheme %s', (scheme) => {
  it('answers as the peer that was dialled', async () => {
    const addresses = addressesOf(await host({ scheme }));
    const answers = await Promise.all(
      addresses.map((address) => dial({ host: ipOf(address), port: portOf(address) })),
    );
    expect(answers).toEqual(['peer 0', 'peer 1', 'peer 2']);
  });

  it('takes a free port where the wished one is in use', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, scheme === 'ipv6' ? '::1' : '0.0.0.0', resolve));
    onTestFinished(() => {
      taken.close();
    });
    const bound = taken.address();
    const port = typeof bound === 'object' && bound ? bound.port : 0;
    expect(addressesOf(await host({ scheme, port })).map(portOf)).not.toContain(port);
  });

  it('lets nobody listen for a deaf peer, nor where nobody is, and keeps all addresses apart', async () => {
    const opened = await host({ scheme, isDeaf: (peer) => peer === 1 });
    const dead = [opened.addressOf(1), opened.nobody(0), opened.nobody(1)];
    for (const address of dead) {
      await expect(dial({ host: ipOf(address), port: portOf(address) })).rejects.toThrow('ECONNREFUSED');
    }
    expect(new Set([...addressesOf(opened), ...dead]).size).toBe(5);
  });
});

describe('the loopback host', () => {
  it('drops whoever dials an address that is no peer, without a byte', async () => {
    const opened = await host({ scheme: 'one-port' });
    const port = portOf(opened.addressOf(0));
    await expect(dial({ host: '127.0.0.1', port }).catch(() => '')).resolves.toBe('');
    await expect(dial({ host: '127.1.0.4', port }).catch(() => '')).resolves.toBe('');
    expect(opened.accepted).toBe(0);
  });

  // Traffic from outside cannot be made here, so that the check itself is tested, with the ends that such a socket has.
  it.each([
    ['127.1.0.1', '127.0.0.1', true],
    ['::ffff:127.1.0.1', '::ffff:127.0.0.1', true],
    ['192.0.2.1', '127.0.0.1', false],
    ['127.1.0.1', '192.0.2.1', false],
    ['192.0.2.1', '198.51.100.1', false],
    ['128.0.0.1', '127.0.0.1', false],
    [undefined, '127.0.0.1', false],
    ['127.1.0.1', undefined, false],
  ])('with local end %s and remote end %s: lets in is %s', (localAddress, remoteAddress, inside) => {
    expect(isWithinLoopback({ localAddress, remoteAddress })).toBe(inside);
  });

  it.each(['localAddress', 'remoteAddress'] as const)(
    'cuts off a connection whose %s is outside 127.0.0.0/8 before it reads a byte, and counts it',
    async (end) => {
      let bytesRead = 0;
      const servent: Servent = {
        accept: () => ({
          patience: 5_000,
          receive: (bytes) => {
            bytesRead += bytes.length;
            return {};
          },
        }),
      };
      const opened = await host({ scheme: 'one-port', servent: () => servent });
      // Gives the accepted socket the end that a connection from outside would have.
      const emit = Reflect.get(Server.prototype, 'emit') as (...given: unknown[]) => boolean;
      const spied = vi.spyOn(Server.prototype, 'emit').mockImplementation(function (
        this: Server,
        ...given: unknown[]
      ) {
        const [event, socket] = given;
        if (event === 'connection' && socket instanceof Socket)
          Object.defineProperty(socket, end, { value: '192.0.2.1' });
        return emit.apply(this, given);
      });
      onTestFinished(() => {
        spied.mockRestore();
      });
      const first = opened.addressOf(0);
      await expect(dial({ host: ipOf(first), port: portOf(first) }).catch(() => '')).resolves.toBe('');
      expect({ accepted: opened.accepted, foreign: opened.foreign, bytesRead }).toEqual({
        accepted: 0,
        foreign: 1,
        bytesRead: 0,
      });
    },
  );

  it('says so in one sentence where there are not enough addresses', async () => {
    await expect(host({ peers: MAX_LOOPBACK_PEERS + 1, scheme: 'one-port' })).rejects.toThrow(
      /more loopback addresses than there are/,
    );
    await expect(host({ peers: MAX_PORTS + 1, scheme: 'ipv6' })).rejects.toThrow(
      /with a port each are too many/,
    );
  });

  it('sends late, byte by byte, and breaks off, as a reaction says', async () => {
    const reactions: Reaction[] = [
      { send: Buffer.from('late'), close: true, delay: 20 },
      { send: Buffer.from('slow'), close: true, pace: 2 },
      { send: Buffer.from('cut'), reset: true },
    ];
    const servent = (peer: number): Servent => ({
      accept: () => ({ patience: 5_000, receive: () => reactions[peer] ?? {} }),
    });
    const opened = await host({ scheme: 'one-port', servent });
    const heard = (peer: number) =>
      new Promise<string>((resolve) => {
        let text = '';
        const address = opened.addressOf(peer);
        const socket = connect({ host: ipOf(address), port: portOf(address) }, () => socket.write('hello'));
        socket.on('data', (chunk) => (text += `${chunk.toString()}|`));
        socket.on('error', (error) => (text += 'code' in error ? String(error.code) : ''));
        socket.on('close', () => {
          resolve(text);
        });
      });
    expect(await heard(0)).toBe('late|');
    // How bytes are put together on their way is up to the system.
    expect((await heard(1)).replaceAll('|', '')).toBe('slow');
    expect(await heard(2)).toBe('cut|ECONNRESET');
  });
});
