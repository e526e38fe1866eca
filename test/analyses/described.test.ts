import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const here = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

describe.skipIf(!existsSync(here('dist/index.js')))(
  'the page on analyses (skipped where dist/ is not built)',
  () => {
    it('has every key and column that they give, with its type, and no other', () => {
      const run = spawnSync(process.execPath, [here('scripts/describe-analyses.js')], { maxBuffer: 2 ** 26 });
      expect(run.stderr.toString()).toBe('');
      // Made anew by: npm run build && node scripts/describe-analyses.js > docs/analyses.md
      expect(run.stdout.toString()).toBe(readFileSync(here('docs/analyses.md'), 'utf8'));
    });
  },
);
