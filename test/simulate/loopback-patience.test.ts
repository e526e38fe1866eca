// How long a servent on a socket waits for whoever drips: the clock of these tests moves only as they say.
import { connect, type Socket } from 'node:net';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ipOf, portOf } from '../../src/core/address.ts';
import type { Reaction, Servent } from '../../src/overlays/overlay.ts';
import { hostOnLoopback } from '../../src/simulate/loopback-host.ts';

const PATIENCE_BEFORE_FIRST_BYTE = 75_000;
const PATIENCE = 90_000;

interface Dripping {
  /** Says one byte, and waits until the servent has heard it. */
  readonly drip: () => Promise<void>;
  /** Whether the servent has not let go. */
  readonly isOpen: () => boolean;
  /** Resolves once it has. */
  readonly closes: () => Promise<void>;
  /** Resolves once so much has been heard. */
  readonly hears: (text: string) => Promise<void>;
}

/** Somebody connected to a servent that reacts in this way to each byte. */
async function dripping(react: (heard: number) => Reaction): Promise<Dripping> {
  let heard = 0;
  let onHeard = (): void => undefined;
  const servent: Servent = {
    accept: () => ({
      get patience() {
        return heard === 0 ? PATIENCE_BEFORE_FIRST_BYTE : PATIENCE;
      },
      receive: (bytes) => {
        heard += bytes.length;
        setImmediate(onHeard);
        return react(heard);
      },
    }),
  };
  const host = await hostOnLoopback({ peers: 1, port: 0, isDeaf: () => false, servent: () => servent });
  onTestFinished(() => host.close());
  const address = host.addressOf(0);
  const isOpen = (): boolean => Object.values(host.contacts).every((count) => count === 0);
  let text = '';
  let look = (): void => undefined;
  // Whoever was told to go may stay.
  const socket: Socket = connect({ host: ipOf(address), port: portOf(address), allowHalfOpen: true });
  socket.on('data', (chunk) => {
    text += chunk.toString();
    look();
  });
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  const closes = async (): Promise<void> => {
    while (isOpen()) await settle();
  };
  const drip = (): Promise<void> =>
    new Promise((resolve) => {
      onHeard = resolve;
      socket.write('x');
    });
  const hears = (wanted: string): Promise<void> =>
    new Promise((resolve) => {
      look = () => {
        if (text === wanted) resolve();
      };
      look();
    });
  return { drip, isOpen, closes, hears };
}

/** Whatever has been closed by now is seen to be. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe('the patience of a servent on a socket', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
  });

  it('is for all that is said until it answers, not for each byte', async () => {
    const { drip, closes, isOpen } = await dripping(() => ({}));
    await drip();
    for (const wait of [40_000, 40_000]) {
      vi.advanceTimersByTime(wait);
      await drip();
    }
    vi.advanceTimersByTime(9_000);
    await settle();
    expect(isOpen()).toBe(true);
    vi.advanceTimersByTime(1_000);
    await closes();
  });

  it('begins anew with the first byte, where another one is meant for the rest', async () => {
    const { drip, closes, isOpen } = await dripping(() => ({}));
    await drip();
    vi.advanceTimersByTime(PATIENCE - 1);
    await settle();
    expect(isOpen()).toBe(true);
    vi.advanceTimersByTime(1);
    await closes();
  });

  it('begins anew with each word of its own', async () => {
    const { drip, closes, isOpen } = await dripping(() => ({ send: Buffer.from('!') }));
    for (let turn = 0; turn < 5; turn++) {
      await drip();
      vi.advanceTimersByTime(80_000);
    }
    await settle();
    expect(isOpen()).toBe(true);
    vi.advanceTimersByTime(10_000);
    await closes();
  });

  it('is not used up by an answer that it sends slowly itself', async () => {
    const send = Buffer.from('slowly');
    const { drip, closes, hears } = await dripping((count) => (count === 1 ? { send, pace: 60_000 } : {}));
    await drip();
    for (let byte = 0; byte <= send.length; byte++) vi.advanceTimersByTime(60_000);
    await hears('slowly');
    vi.advanceTimersByTime(PATIENCE);
    await closes();
  });

  it('lets go of who was told to go, and stays', async () => {
    const { drip, closes, hears } = await dripping(() => ({ send: Buffer.from('no'), close: true }));
    await drip();
    await hears('no');
    vi.advanceTimersByTime(PATIENCE);
    await closes();
  });
});
