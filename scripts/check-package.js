// What a package on npm must be, of the built one: publint has nothing to say, and the public API is the one that
// etc/peerscope.api.md tells of. `npm run api` brings that up to date.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (module, ...args) =>
  spawnSync(
    process.execPath,
    [fileURLToPath(new URL(`../node_modules/${module}`, import.meta.url)), ...args],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );

const linted = run('publint/src/cli.js', '--strict');
const api = run('@microsoft/api-extractor/bin/api-extractor', 'run');
if (linted.status !== 0) process.stderr.write(`${linted.stdout}${linted.stderr}`);
if (api.status !== 0) {
  process.stderr.write(
    `${api.stdout}${api.stderr}\nThe public API has changed: npm run api, and read what that changes.\n`,
  );
}
process.exitCode = linted.status === 0 && api.status === 0 ? 0 : 1;
