import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFile, temporaryFolder } from '../support/temporary.ts';

const GOLDEN = 'degree,count\n1,503\n2,190\n3,108\n4,72\n5,53\n6,41\n7,33\n';
const file = (content: string, name = 'column.csv') => temporaryFile(temporaryFolder(), name, content);
const FAST = ['--laws', 'power-law,zeta,geometric', '--bootstrap', '99'];

describe('fit FILE', () => {
  it('says in one sentence what describes the column, with a chart and tables, and nothing on stderr', async () => {
    const run = await peerscope([
      'fit',
      file(GOLDEN),
      '--column',
      'degree',
      '--weights',
      'count',
      '--format',
      'table',
      ...FAST,
    ]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain(
      'A power law with an upper end (alpha 1.400 ± 0.049, up to 7) describes these',
    );
    expect(run.stdout).toMatch(/P\(X >= x\) \(log scale\)/);
    expect(run.stdout.split('\n').every((line) => line.length <= 80)).toBe(true);
  });

  it('is a row per law and parameter in a pipe', async () => {
    const run = await peerscope(['fit', file(GOLDEN), '--column', 'degree', '--weights', 'count', ...FAST]);
    const rows = run.stdout.trimEnd().split('\n');
    expect(rows[0]).toMatch(/^law,support_from,support_to,parameter,value,standard_error,/);
    expect(rows.slice(1).map((row) => row.split(',').slice(0, 4).join(','))).toEqual([
      'power-law,1,7,alpha',
      'power-law,1,7,upper_end',
      'geometric,1,,lambda',
      'zeta,1,,alpha',
    ]);
  });

  it('is a document for a script, the same for the same seed', async () => {
    const argv = [
      'fit',
      '-',
      '--column',
      'degree',
      '--weights',
      'count',
      '--format',
      'json',
      '--seed',
      '5',
      ...FAST,
    ];
    const [one, two] = [await peerscope(argv, { stdin: GOLDEN }), await peerscope(argv, { stdin: GOLDEN })];
    expect(two.stdout).toBe(one.stdout);
    const document = JSON.parse(one.stdout) as Record<string, unknown>;
    expect(document).toMatchObject({
      schema: 'peerscope/fit/1',
      input: 'standard input',
      column: 'degree',
      verdict: 'consistent',
      seed: 5,
    });
    expect(Object.keys(document)).toEqual(
      expect.arrayContaining(['sentence', 'fits', 'comparisons', 'power', 'tail', 'claims', 'sample']),
    );
  });

  it('has the keys and the columns that docs/formats.md tells of, and no others', async () => {
    const docs = readFileSync(new URL('../../docs/formats.md', import.meta.url), 'utf8');
    const section = docs.slice(docs.indexOf('### What `fit` writes'), docs.indexOf('### Events of a crawl'));
    const told = [...section.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, keys]) =>
      [...keys!.matchAll(/`(\w+)`/g)].map(([, key]) => key!),
    );
    const argv = ['fit', '-', '--column', 'degree', '--weights', 'count', ...FAST];
    const { stdout } = await peerscope([...argv, '--format', 'json'], { stdin: GOLDEN });
    const document = JSON.parse(stdout) as Record<string, unknown>;
    expect(Object.keys(document).sort()).toEqual([...told, 'schema', 'tool'].sort());
    const fits = document['fits'] as Record<string, unknown>[];
    for (const key of Object.keys(fits[0]!)) expect(section).toContain(`\`${key}\``);
    const columns = [...section.slice(section.indexOf('CSV has')).matchAll(/`(\w+)`/g)].map(
      ([, name]) => name,
    );
    const csv = (await peerscope(argv, { stdin: GOLDEN })).stdout;
    expect(csv.slice(0, csv.indexOf('\n')).split(',')).toEqual(columns);
  });

  it('takes a plain list, claims, and a scan', async () => {
    const list = Array.from({ length: 200 }, (_, i) => Math.floor(200 / (i + 1))).join('\n');
    const run = await peerscope(
      ['fit', '-', '--laws', 'zeta,pure', '--xmin', 'scan', '--bootstrap', '19', '--format', 'json'],
      { stdin: list },
    );
    const document = JSON.parse(run.stdout) as { tail: { xmin: number }; claims: { law: string }[] };
    expect(document.tail.xmin).toBeGreaterThanOrEqual(1);
    expect(document.claims.map(({ law }) => law)).toEqual(['pure']);
  });

  it.each<[string, string[], number, RegExp]>([
    ['an unknown law', ['--laws', 'zetta'], 2, /unknown law "zetta": did you mean zeta\?/],
    ['an unknown column', ['--column', 'degre'], 3, /no column "degre"\nDid you mean "degree"\?/],
    ['no column', [], 2, /has 2 columns: which one is meant\?/],
    ['a bad xmin', ['--column', 'degree', '--xmin', 'few'], 2, /--xmin/],
    [
      'an end below the beginning',
      ['--column', 'degree', '--xmin', '5', '--xmax', '4'],
      2,
      /--xmax 4 is not above --xmin 5/,
    ],
    ['a bad condition', ['--column', 'degree', '--where', 'count'], 2, /--where must be COLUMN=TEXT/],
  ])('answers clearly: %s', async (_, argv, code, message) => {
    expectFailure(await peerscope(['fit', file(GOLDEN), ...argv]), code, message);
  });

  it('refuses what would take hours, and says how to make it faster', async () => {
    const many = Array.from({ length: 60_000 }, (_, i) => i + 1).join('\n');
    expectFailure(await peerscope(['fit', '-'], { stdin: many }), 2, /would take about .* min\nFewer laws/);
  });
});
