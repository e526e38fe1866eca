// What a peer says must never make the crawler send a packet outside of this machine.
import { createServer, Socket, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { readSnapshot } from '../../src/snapshot/read.ts';
import { peerscope } from '../support/command-line.ts';
import { temporaryFolder } from '../support/temporary.ts';

it('a peer that lists and mentions outside addresses gets them counted as excluded, and nobody dials them', async () => {
  const server = createServer((socket) => {
    socket.once('data', () => {
      socket.end(
        'GNUTELLA/0.6 200 OK\r\nPeers: 192.0.2.1:6346,10.1.2.3:80,[2001:db8::1]:6346,0.0.0.0:1,nonsense\r\nLeaves: 198.51.100.1:6346\r\nX-Try-Ultrapeers: 203.0.113.1:6346\r\n\r\n',
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const connect = vi.spyOn(Socket.prototype, 'connect');
  onTestFinished(() => {
    connect.mockRestore();
  });
  const directory = join(temporaryFolder(), 'snapshot');
  const { code } = await peerscope([
    'crawl',
    `127.0.0.1:${(server.address() as AddressInfo).port}`,
    '--out',
    directory,
    '--second-look',
    '0',
  ]);
  expect(code).toBe(0);
  expect(connect).toHaveBeenCalledTimes(1);
  const { peers, manifest } = await readSnapshot(directory);
  expect(manifest.counts).toMatchObject({ byOutcome: { ok: 1, excluded: 4 }, rejectedEntries: 2 });
  expect(Object.fromEntries(peers.map(({ id, outcome }) => [id, outcome]))).toMatchObject({
    '192.0.2.1:6346': 'excluded',
    '10.1.2.3:80': 'excluded',
    '[2001:db8::1]:6346': 'excluded',
    '198.51.100.1:6346': 'skipped',
  });
});
