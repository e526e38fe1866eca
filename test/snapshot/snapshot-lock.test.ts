import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockName, lockSnapshot } from '../../src/snapshot/snapshot-lock.ts';
import { temporaryFolder } from '../support/temporary.ts';

describe('the lock of a snapshot', () => {
  it('is held by one at a time, by whatever path the directory is named', async () => {
    const folder = temporaryFolder();
    const snapshot = join(folder, 'snapshot');
    mkdirSync(snapshot);
    symlinkSync(snapshot, join(folder, 'link'));
    const lock = await lockSnapshot(snapshot);
    for (const path of [snapshot, join(folder, 'link'), join(folder, '.', 'snapshot')]) {
      await expect(lockSnapshot(path)).rejects.toThrow('another process is writing this snapshot');
    }
    await lock.release();
    await (await lockSnapshot(join(folder, 'link'))).release();
  });

  it('does not keep others from other directories', async () => {
    const locks = [await lockSnapshot(temporaryFolder()), await lockSnapshot(temporaryFolder())];
    for (const lock of locks) await lock.release();
  });

  it('goes with the process that held it, however that ends', async () => {
    const folder = temporaryFolder();
    const script = `require('node:net').createServer().listen(process.argv[1].replace('@', '\\0'), () => process.kill(process.pid, 'SIGKILL'))`;
    const name = lockName(folder).replace('\0', '@');
    expect(spawnSync(process.execPath, ['-e', script, name]).signal).toBe('SIGKILL');
    await (await lockSnapshot(folder)).release();
  });
});
