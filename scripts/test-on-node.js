// Runs the tests on another version of Node, which npm brings: node scripts/test-on-node.js 22 [what vitest takes].
// Nothing is installed beside the project; npm keeps the download in its cache.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [version = '', ...rest] = process.argv.slice(2);
if (!/^\d+(\.\d+){0,2}$/.test(version)) {
  process.stderr.write('usage: node scripts/test-on-node.js VERSION [what vitest takes]\n');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'peerscope-node-'));
try {
  execFileSync(
    'npm',
    ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `node@${version}`],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const bin = join(folder, 'node_modules', '.bin');
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
  // First in the path too, for tests that start `node` by its name.
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
  const options = { cwd: fileURLToPath(new URL('..', import.meta.url)), env, stdio: 'inherit' };
  spawnSync(join(bin, 'node'), ['--version'], options);
  process.exitCode = spawnSync(join(bin, 'node'), [vitest, 'run', ...rest], options).status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
