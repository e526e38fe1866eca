import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { troubleArguments } from '../../src/cli/trouble-arguments.ts';
import { readManifest } from '../../src/snapshot/manifest.ts';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFolder } from '../support/temporary.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const built = existsSync(join(root, 'dist', 'cli', 'main.js'));

describe('switches of trouble', () => {
  it.each([
    ['repair', '10', 'churn'],
    ['refusalCodes', '503', 'refusing'],
    ['stale', '0.1', 'busy'],
    ['slowPace', '5', 'slow'],
    ['truncateAt', '100', 'truncating'],
    ['lies', 'self', 'lying'],
  ])('refuse %s where nothing is for it to work on', (option, value, needed) => {
    expect(() => troubleArguments({ [option]: value })).toThrow(`has no effect without --${needed}`);
    const sense = needed === 'churn' ? 'exponential:10' : '0.1';
    expect(() => troubleArguments({ [option]: value, [needed]: sense })).not.toThrow();
  });
});

describe('a truth of another instant', () => {
  it('is told from that of the end of the crawl, and gives no causes where it is older', async () => {
    const folder = temporaryFolder();
    const [out, truth] = [join(folder, 'snapshot'), join(folder, 'truth')];
    const argv = ['crawl', '--simulate', 'churning', '--peers', '300', '--superpeer-degree', '8'];
    const run = await peerscope([
      ...argv,
      '--superpeer-degree-cap',
      '12',
      '--virtual',
      '--clock-jump',
      '-3600',
      '--out',
      out,
      '--truth',
      truth,
    ]);
    expect(run.code).toBe(0);
    // The wall clock went back an hour; the duration is that of the steady one.
    const manifest = readManifest(out);
    expect(Date.parse(manifest.endedAt ?? '')).toBeLessThan(Date.parse(manifest.startedAt));
    expect(manifest.durationSeconds).toBeGreaterThan(0.2);

    const compared = async (): Promise<{ notes: string[]; causes: unknown }> => {
      const { stdout } = await peerscope(['compare', out, truth, '--format', 'json']);
      return JSON.parse(stdout) as { notes: string[]; causes: unknown };
    };
    const exact = await compared();
    expect(exact.notes).toEqual([]);
    expect(exact.causes).not.toBeNull();

    const at = Date.parse(readManifest(truth).endedAt ?? '');
    const claim = (endedAt: number): void => {
      const file = join(truth, 'manifest.json');
      const told = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
      writeFileSync(file, JSON.stringify({ ...told, endedAt: new Date(endedAt).toISOString() }));
    };
    claim(at - 100);
    const older = await compared();
    expect(older.causes).toBeNull();
    expect(older.notes[0]).toMatch(/0\.1 s before the crawl ended/);
    claim(at + 60_000);
    expect((await compared()).notes[0]).toMatch(/60\.0 s after the crawl ended/);
  });

  it('must not be written into the snapshot, nor over anything else, and that is told before the crawl', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'snapshot');
    const argv = ['crawl', '--simulate', 'lecture', '--virtual', '--out', out, '--truth'];
    expectFailure(await peerscope([...argv, out]), 2, /needs a directory of its own/);
    writeFileSync(join(folder, 'diary.txt'), 'dear');
    expectFailure(await peerscope([...argv, folder]), 2, /what it holds is no truth/);
    expect(existsSync(out)).toBe(false);
  });
});

describe.skipIf(!built || process.platform === 'win32')(
  'peers with a port each (skipped where dist/ is not built, or there is no ulimit)',
  () => {
    it('are refused in one sentence where there are too few open files', () => {
      const command = `ulimit -n 300 && exec "${process.execPath}" bin/peerscope.js simulate lecture --addresses port-per-peer`;
      const run = spawnSync('sh', ['-c', command], { cwd: root, encoding: 'utf8' });
      expect(run.status).toBe(2);
      expect(run.stderr).toMatch(
        /222 peers with a port each need 478 open files, and this process may have 300\n/,
      );
    });
  },
);
