import { createSocket, type Socket } from 'node:dgram';
import { isLoopbackIp, type Address } from '../core/address.ts';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import type { DatagramCache } from '../overlays/host-caches.ts';

/** A cache of hosts that answers datagrams on loopback. */
export interface DatagramCacheHost {
  readonly address: Address;
  close(): Promise<void>;
}

/**
 * Lets a cache answer datagrams at a free port of 127.0.0.1.
 * @param create makes the cache once it is known where it stands.
 * @throws {PeerscopeError} (failure) where this machine gives it no port.
 */
export async function hostDatagramCache(
  create: (address: Address) => DatagramCache,
  now: () => number,
): Promise<DatagramCacheHost> {
  const socket = createSocket('udp4');
  try {
    await bound(socket);
  } catch (error) {
    throw new PeerscopeError('failure', `the UDP host cache got no port (${systemCode(error) ?? 'error'})`, {
      cause: error,
    });
  }
  const address = `127.0.0.1:${socket.address().port}` as Address;
  const cache = create(address);
  socket.on('error', () => undefined);
  socket.on('message', (bytes, from) => {
    if (!isLoopbackIp(from.address)) return;
    const answer = cache.answer(bytes, from.address, now());
    if (answer !== undefined) socket.send(answer, from.port, from.address, () => undefined);
  });
  return {
    address,
    close: () =>
      new Promise((resolve) => {
        socket.close(resolve);
      }),
  };
}

function bound(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, '127.0.0.1', () => {
      socket.off('error', reject);
      resolve();
    });
  });
}
