import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMPLETION_SCRIPTS, SHELLS } from '../../../src/cli/completion/scripts.ts';
import { peerscope } from '../../support/command-line.ts';
import { expectFailure } from '../../support/expect-failure.ts';
import { isInstalled } from '../../support/installed.ts';
import { temporaryFile, temporaryFolder } from '../../support/temporary.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const isBuilt = existsSync(join(ROOT, 'dist'));

/** Runs a script of that shell in a folder with one file, links.txt, where `peerscope` is this program. */
function linesOf(shell: string, script: string, ...options: string[]): string[] {
  const folder = temporaryFolder();
  const program = temporaryFile(
    join(folder, 'bin'),
    'peerscope',
    `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, 'bin', 'peerscope.js')}" "$@"\n`,
  );
  chmodSync(program, 0o755);
  const cwd = join(folder, 'here');
  temporaryFile(cwd, 'links.txt', '1 2\n');
  const env = { ...process.env, HOME: folder, PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` };
  return execFileSync(shell, [...options, '-c', script], { cwd, env, encoding: 'utf8' })
    .trimEnd()
    .split('\n');
}

describe('peerscope completion', () => {
  it.each(SHELLS)('prints the script for %s', async (shell) => {
    expect(await peerscope(['completion', shell])).toEqual({
      code: 0,
      stdout: COMPLETION_SCRIPTS[shell],
      stderr: '',
    });
  });

  it('knows the shells that there are', async () => {
    expectFailure(await peerscope(['completion', 'zhs']), 2, /unknown shell "zhs": did you mean zsh/);
    expectFailure(await peerscope(['completion']), 2, /SHELL is missing/);
  });
});

describe.skipIf(!isBuilt || !isInstalled('bash'))(
  'in bash (skipped where it is not installed, or nothing built)',
  () => {
    const completed = (...words: string[]): string[] =>
      linesOf(
        'bash',
        `eval "$(peerscope completion bash)"
       COMP_WORDS=(peerscope ${words.join(' ')}); COMP_CWORD=${words.length}
       _peerscope; printf '%s\\n' "\${COMPREPLY[@]}"; complete -p peerscope`,
        '--norc',
      );

    it('completes commands, options, names and files', () => {
      expect(completed('analyze', 'x', '--only', 'degree,comp')).toEqual([
        'degree,components',
        'complete -F _peerscope peerscope',
      ]);
      expect(completed('cra')[0]).toBe('crawl');
      expect(completed('crawl', '--simu')[0]).toBe('--simulate');
      expect(completed('analyze', 'li')[0]).toBe('links.txt');
      expect(completed('compare', '--format', '=', 'js')[0]).toBe('json');
    });
  },
);

describe.skipIf(!isBuilt || !isInstalled('zsh'))(
  'in zsh (skipped where it is not installed, or nothing built)',
  () => {
    // What zsh itself does with the candidates is zsh's business: only that is stood in for.
    const completed = (...words: string[]): string[] =>
      linesOf(
        'zsh',
        `compdef() { print -- "compdef $*" }
       _describe() { print -l -- "\${(@P)2}" }
       _files() { print -- files }
       eval "$(peerscope completion zsh)"
       words=(peerscope ${words.join(' ')}); CURRENT=${words.length + 1}; _peerscope`,
        '-f',
      );

    it('completes commands, options, names and files', () => {
      expect(completed('analyze', 'x', '--only', 'degree,comp')).toEqual([
        'compdef _peerscope peerscope',
        'degree,components',
      ]);
      expect(completed('gen')[1]).toBe('generate:Write a topology to a file, without servents');
      expect(completed('generate', 'two').slice(1)).toEqual(['two-tier', 'files']);
    });
  },
);

describe.skipIf(!isBuilt || !isInstalled('fish'))(
  'in fish (skipped where it is not installed, or nothing built)',
  () => {
    const completed = (line: string): string[] =>
      linesOf('fish', `peerscope completion fish | source; complete -C '${line}'`, '--no-config');

    it('completes commands, options, names and files', () => {
      expect(completed('peerscope analyze x --only degree,comp')).toEqual(['degree,components']);
      expect(completed('peerscope gen')).toEqual(['generate\tWrite a topology to a file, without servents']);
      expect(completed('peerscope compare a --format=js')).toEqual(['--format=json']);
      expect(completed('peerscope analyze li')).toEqual(['links.txt']);
      expect(completed('peerscope generate ')).toContain('two-tier');
    });
  },
);
