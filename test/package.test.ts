import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

interface Locked {
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

describe('the package', () => {
  it('has no install scripts in what users install', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
    const withScripts = Object.entries(packages).filter(([path, { dev, hasInstallScript }]) => {
      // The first entry is the package itself, whose `prepare` runs where it is developed.
      return path !== '' && hasInstallScript === true && dev !== true;
    });
    expect(withScripts).toEqual([]);
  });

  it('starts with a shebang', () => {
    const { bin } = JSON.parse(read('package.json')) as { bin: Record<string, string> };
    for (const file of Object.values(bin)) expect(read(file)).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it.skipIf(!existsSync(join(ROOT, 'dist')))(
    'takes less than 5 MB to download and has all its parts (skipped where it is not built)',
    () => {
      const told = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
        cwd: ROOT,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const [packed] = JSON.parse(told) as { size: number; files: { path: string }[] }[];
      expect(packed?.size).toBeLessThan(5_000_000);
      const paths = packed?.files.map(({ path }) => path) ?? [];
      for (const path of [
        'bin/peerscope.js',
        'dist/bundle/main.js',
        'dist/index.d.ts',
        'datasets/catalogue.json',
        'man/peerscope.1',
        'docs/configuration.md',
        'ETHICS.md',
        'LICENSE',
      ])
        expect(paths).toContain(path);
      expect(paths.filter((path) => /^(test|src|node_modules|bench)\//.test(path))).toEqual([]);
    },
  );
});
