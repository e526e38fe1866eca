import { createHash } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PeerscopeError, systemCode } from '../core/errors.ts';

/** The right to write into a snapshot directory, held by this process alone. */
export interface SnapshotLock {
  release(): Promise<void>;
}

/**
 * Takes the lock of a snapshot directory, which must exist. It is a name that this process listens on, so that the system
 * takes it back whatever ends the process, and a crash never leaves a lock behind.
 *
 * The name is of the directory itself, not of its path: two paths to it are one. It holds on one machine; two machines that
 * share a disk do not see each other.
 * @throws {PeerscopeError} (usage) where another process, or another crawl of this one, holds it.
 */
export async function lockSnapshot(snapshotDir: string): Promise<SnapshotLock> {
  const name = lockName(snapshotDir);
  const server = (await listen(name)) ?? (await replaceStale(name));
  if (server === undefined) {
    throw new PeerscopeError('usage', `${snapshotDir} is in use: another process is writing this snapshot`, {
      hint: 'Wait until it has ended, or stop it (Ctrl-C): the snapshot can be resumed after that.',
    });
  }
  // It does not keep a program running that has nothing else to do.
  server.unref();
  return {
    release: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** What to listen on for a directory. Linux and Windows have names without files, which vanish with their process. */
export function lockName(snapshotDir: string): string {
  const { dev, ino } = statSync(snapshotDir);
  const id = createHash('sha256').update(`${dev} ${ino}`).digest('hex').slice(0, 32);
  const name = `peerscope-snapshot-${id}`;
  if (platform() === 'linux') return `\0${name}`;
  return platform() === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name);
}

/** The server, or undefined where the name is taken. */
function listen(name: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error) => {
      if (systemCode(error) === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(name, () => {
      resolve(server);
    });
  });
}

/** Where names are files, one that nobody listens on any more was left behind by a crash. */
async function replaceStale(name: string): Promise<Server | undefined> {
  if (platform() === 'linux' || platform() === 'win32' || (await isHeld(name))) return undefined;
  rmSync(name, { force: true });
  return listen(name);
}

function isHeld(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(name);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
