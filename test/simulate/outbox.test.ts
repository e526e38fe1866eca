import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { MAX_BACKLOG_BYTES, MAX_STANDSTILL, Outbox } from '../../src/simulate/outbox.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** A connection whose other end does not read until it is told to. */
async function pair(): Promise<readonly [Socket, Socket]> {
  const server = createServer({ pauseOnConnect: true });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve));
  const near = connect(port, '127.0.0.1');
  const far = await accepted;
  for (const socket of [near, far]) socket.on('error', () => undefined);
  open.push(() => {
    near.destroy();
    far.destroy();
    server.close();
  });
  return [near, far];
}

/** Lets the system take what it takes. */
const breath = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 20));

const CHUNK = new Uint8Array(64 * 1024);

/** Puts chunks that can be left out until one is, however much the system buffers. */
async function fill(outbox: Outbox): Promise<void> {
  for (;;) {
    while (outbox.put(CHUNK, true)) outbox.flush();
    await breath();
    if (!outbox.put(CHUNK, true)) return;
    outbox.flush();
  }
}

describe('what a node sends on one connection', () => {
  it('arrives in the order in which it was put', async () => {
    const [near, far] = await pair();
    const outbox = new Outbox(near, () => 0);
    const pieces = Array.from({ length: 50 }, (_, i) => `piece ${i}\n`);
    pieces.forEach((piece, i) => {
      expect(outbox.put(Buffer.from(piece), i % 2 === 0)).toBe(true);
      if (i % 7 === 0) outbox.flush();
    });
    outbox.flush();
    near.end();
    let text = '';
    for await (const bytes of far) text += String(bytes);
    expect(text).toBe(pieces.join(''));
  });

  it('is left out where it can be and the queue is full, and the connection goes on', async () => {
    const [near, far] = await pair();
    let now = 0;
    const outbox = new Outbox(near, () => now);
    await fill(outbox);
    now += MAX_STANDSTILL;
    expect(outbox.put(CHUNK, true)).toBe(false);
    expect(outbox.put(Uint8Array.of(1), false)).toBe(true);
    expect(near.destroyed).toBe(false);
    expect(near.writableLength).toBeLessThan(MAX_BACKLOG_BYTES + 2 * CHUNK.length);
    far.resume();
    while (near.writableLength > 0) await breath();
    expect(outbox.put(CHUNK, true)).toBe(true);
  });

  it('is cut off where nothing of a full queue was taken for a minute', async () => {
    const [near] = await pair();
    let now = 0;
    const outbox = new Outbox(near, () => now);
    await fill(outbox);
    now += MAX_STANDSTILL + 1;
    outbox.put(CHUNK, true);
    expect(near.destroyed).toBe(true);
  });

  it('is not cut off where something was taken in between', async () => {
    const [near, far] = await pair();
    let now = 0;
    const outbox = new Outbox(near, () => now);
    await fill(outbox);
    now += MAX_STANDSTILL - 1;
    far.resume();
    while (near.writableLength > 0) await breath();
    far.pause();
    await fill(outbox);
    now += MAX_STANDSTILL - 1;
    outbox.put(CHUNK, true);
    expect(near.destroyed).toBe(false);
  });
});
