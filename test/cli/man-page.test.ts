import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { nameOf } from '../../src/cli/command.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { manPage } from '../../src/cli/man-page.ts';
import { peerscope } from '../support/command-line.ts';
import { isInstalled } from '../support/installed.ts';

const page = manPage({ commands: COMMANDS, version: '1.2.3', description: 'What it is.' });

/** What the page says of each command, without roff's escapes. */
const sections =
  page
    .split('\n.SH EXIT STATUS')[0]
    ?.split('\n.SS peerscope ')
    .slice(1)
    .map((section) => section.replaceAll('\\-', '-')) ?? [];

const optionsIn = (text: string): string[] => [
  ...new Set(Array.from(text.matchAll(/--[a-z][a-z-]*/g), ([word]) => word)),
];

describe('the manual page', () => {
  it('has every command of the parser, and no other', async () => {
    const { stdout } = await peerscope(['--help']);
    const parsed = Array.from(stdout.matchAll(/^ {2}peerscope (\S+)/gm), ([, name]) => name);
    expect(sections.map((section) => /^\S+/.exec(section)?.[0])).toEqual(parsed.slice(0, sections.length));
    expect(sections).toHaveLength(COMMANDS.length);
  });

  it.each(COMMANDS.map((command, index) => [nameOf(command), index] as const))(
    'has every option that the parser takes for %s, and no other',
    async (name, index) => {
      const { stdout } = await peerscope([name, '--help']);
      const help = stdout.split('\nExamples:')[0] ?? '';
      const parsed = Array.from(
        help.matchAll(/^ {2,6}(?:-[a-z], )?--([a-z-]+)/gm),
        ([, option]) => option ?? '',
      );
      const everywhere = ['version', 'config', 'debug', 'help'];
      const section = sections[index] ?? '';
      const paged = Array.from(
        section.matchAll(/^(?:\\fB-[a-z]\\fR, )?\\fB--([a-z-]+)\\fR/gm),
        ([, option]) => option ?? '',
      );
      expect([...paged, ...everywhere].sort()).toEqual(parsed.sort());
    },
  );

  it('names no option that there is not', () => {
    const known = new Set(
      COMMANDS.flatMap(({ options }) =>
        Object.keys(options).flatMap((name) => [`--${name}`, `--no-${name}`]),
      ),
    );
    for (const option of optionsIn(page.replaceAll('\\-', '-')))
      if (!['--config', '--debug', '--help', '--version'].includes(option))
        expect([...known]).toContain(option);
  });

  it.skipIf(!isInstalled('mandoc'))(
    'has no fault that mandoc knows of (skipped where it is not installed)',
    () => {
      const { stdout } = spawnSync('mandoc', ['-Tlint', '-Wwarning'], { input: page, encoding: 'utf8' });
      const faults = stdout.split('\n').filter((line) => line !== '');
      // A date would make another page of the same program each day.
      expect(faults.filter((line) => !line.includes('missing date'))).toEqual([]);
    },
  );

  it.skipIf(!isInstalled('man') || !isInstalled('groff'))(
    'can be read with man (skipped where it is not installed)',
    () => {
      const env = { ...process.env, MANWIDTH: '80', MANPAGER: 'cat', LC_ALL: 'C.UTF-8' };
      const shown = execFileSync('man', ['--warnings', '-l', '-'], { input: page, encoding: 'utf8', env });
      expect(shown).toContain('measure peer-to-peer overlays');
    },
  );
});
