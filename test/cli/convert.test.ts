import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFile, temporaryFolder } from '../support/temporary.ts';

const LINKS = 'from,to,weight\na,b,1\nb,c,2\n';

function linksFile(): string {
  return temporaryFile(temporaryFolder(), 'links.csv', LINKS);
}

/** The rows of a table without quotes, whatever the order of its columns. */
function withoutOrder(table = ''): string[][] {
  const [header = [], ...rows] = table.split('\n').map((line) => line.split(','));
  return rows.map((row) => row.map((cell, k) => `${header[k] ?? ''}=${cell}`).sort());
}

describe('convert', () => {
  it('writes another format, and reports what was read, and what the format cannot hold', async () => {
    const input = linksFile();
    const output = join(temporaryFolder(), 'links.txt.gz');
    const run = await peerscope(['convert', input, output, '--directed', '--format', 'json']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toEqual({
      ...{ schema: 'peerscope/convert/1', input, files: [output], directed: true, peers: 3, links: 2 },
      notes: [
        'Links are the columns "from" and "to".',
        'An edge list has no place for what is known of links: weight.',
      ],
    });
    expect(gunzipSync(readFileSync(output)).toString()).toMatch(/^# Directed graph\n.*\n.*\na\tb\nb\tc\n$/);
  });

  it('writes to standard output, with nothing else there, and tells what is lost beside it', async () => {
    const run = await peerscope(['convert', '-', '-', '--to', 'edge-list'], { stdin: LINKS });
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^# Undirected graph\n/);
    expect(run.stdout).toMatch(/\na\tb\nb\tc\n$/);
    expect(run.stderr).toBe('An edge list has no place for what is known of links: weight.\n');
    const whole = await peerscope(['convert', '-', '-', '--to', 'json'], { stdin: LINKS });
    expect(whole.stderr).toBe('');
    expect(JSON.parse(whole.stdout)).toMatchObject({
      nodes: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
      links: [{ source: 'a', target: 'b', weight: 1 }, { weight: 2 }],
    });
  });

  it('keeps all that a snapshot says of its peers and links, and reads it again', async () => {
    const folder = temporaryFolder();
    const snapshot = join(folder, 'snapshot');
    await peerscope(['crawl', '--simulate', 'two-tier', '--peers', '40', '--virtual', '--out', snapshot]);
    const tables = async (name: string): Promise<readonly string[]> => {
      const output = join(folder, name);
      expect(await peerscope(['convert', snapshot, output])).toMatchObject({ code: 0, stderr: '' });
      const back = join(folder, `${name.replace('.', '-')}.csv`);
      expect(await peerscope(['convert', output, back])).toMatchObject({ code: 0, stderr: '' });
      return [back, back.replace('.csv', '.peers.csv')].map((path) => readFileSync(path, 'utf8'));
    };
    const [links, peers] = await tables('as.csv');
    expect(links).toMatch(/^source,target,relation,evidence,reported_by\n/);
    expect(peers).toMatch(/^id,role,respondent,truncated,address,agent,/);
    for (const name of ['as.graphml', 'as.gexf', 'as.parquet'])
      expect([name, ...(await tables(name))]).toEqual([name, links, peers]);
    // These have no list of columns: they come in the order of their first values.
    for (const name of ['as.json', 'as.dot'])
      expect((await tables(name)).map(withoutOrder)).toEqual([links, peers].map(withoutOrder));
  });

  it('makes what a model makes, with positions that greedy searches go by', async () => {
    const output = join(temporaryFolder(), 'chord.graphml');
    await peerscope(['convert', 'chord', output, '--peers', '64', '--seed', '3']);
    const search = ['--strategy', 'greedy', '--queries', '20', '--seed', '3', '--format', 'csv'];
    const [file, model] = await Promise.all([
      peerscope(['search', output, ...search]),
      peerscope(['search', 'chord', '--peers', '64', ...search]),
    ]);
    expect(file).toMatchObject({ code: 0 });
    expect(file.stdout).toBe(model.stdout);
  });

  it('names the columns as the user wishes', async () => {
    const output = join(temporaryFolder(), 'named.csv');
    await peerscope(['convert', linksFile(), output, '--ends', 'von,nach']);
    expect(readFileSync(output, 'utf8')).toBe('von,nach,weight\na,b,1\nb,c,2\n');
    const back = await peerscope([
      'convert',
      output,
      '-',
      '--to',
      'dot',
      '--source',
      'von',
      '--target',
      'nach',
    ]);
    expect(back.stdout).toContain('"a" -- "b" ["weight"="1"];');
  });

  it('replaces nothing unless it is told to, and leaves no table of peers that is not of this file', async () => {
    const folder = temporaryFolder();
    const output = join(folder, 'x.csv');
    await peerscope(['convert', 'star', output, '--peers', '5']);
    expect(readdirSync(folder).sort()).toEqual(['x.csv', 'x.peers.csv']);
    const input = linksFile();
    expectFailure(
      await peerscope(['convert', input, output]),
      2,
      /x\.csv exists already\n--force replaces it/,
    );
    const run = await peerscope(['convert', input, output, '--force']);
    expect(run.code).toBe(0);
    expect(readdirSync(folder)).toEqual(['x.csv']);
    writeFileSync(join(folder, 'y.peers.csv'), 'id\nz\n');
    expectFailure(
      await peerscope(['convert', input, join(folder, 'y.csv')]),
      2,
      /y\.peers\.csv exists already\nIt would be read/,
    );
  });

  it.runIf(existsSync('/dev/full'))('on a full disk ends with 5 and one sentence', async () => {
    const run = await peerscope(['convert', linksFile(), '/dev/full', '--to', 'csv']);
    expectFailure(run, 5, /\/dev\/full could not be written: the disk is full\nMake room/);
  });

  it('refuses what makes no sense, in one sentence', async () => {
    const input = linksFile();
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'dir'));
    const blank = temporaryFile(folder, 'blank.csv', 'source,target\na b,c\n');
    const cases: [string[], number, RegExp][] = [
      [
        [input, '-'],
        2,
        /standard output does not say in which format to write\nName one with --to: edge-list, csv/,
      ],
      [[input, join(folder, 'x.xyz')], 2, /does not say in which format to write/],
      [[input, join(folder, 'x'), '--to', 'graphm'], 2, /unknown format "graphm": did you mean graphml\?/],
      [[input, join(folder, 'dir'), '--to', 'csv'], 2, /dir is a directory, and a topology goes into a file/],
      [[input, join(folder, 'no', 'x.csv')], 1, /x\.csv cannot be written: its folder does not exist/],
      [
        [input, join(folder, 'x.csv'), '--ends', 'a'],
        2,
        /--ends must be two names with a comma between them/,
      ],
      [[join(folder, 'nothing.gexf'), join(folder, 'x.csv')], 3, /nothing\.gexf does not exist/],
      [[blank, join(folder, 'x.txt')], 3, /An edge list cannot hold the id "a b": ids stand between blanks/],
      [
        [input, join(folder, 'x.csv'), '--from', 'parquet'],
        3,
        /links\.csv is no Parquet file: it does not begin with PAR1/,
      ],
      [
        [input, join(folder, 'x.csv'), '--from', 'graphml'],
        3,
        /links\.csv line \d: this is no well-formed XML/,
      ],
      [
        [input, join(folder, 'x.csv'), '--from', 'pajek'],
        3,
        /line 1 comes before \*Vertices: this is no Pajek network/,
      ],
    ];
    for (const [args, code, message] of cases)
      expectFailure(await peerscope(['convert', ...args]), code, message);
    expect(readdirSync(folder).sort()).toEqual(['blank.csv', 'dir']);
  });
});

describe('generate', () => {
  it('writes any of the formats', async () => {
    const folder = temporaryFolder();
    for (const name of ['a.gexf', 'a.graphml', 'a.net', 'a.dot', 'a.json', 'a.parquet', 'a.csv.gz']) {
      const out = join(folder, name);
      expect((await peerscope(['generate', 'two-tier', '--peers', '50', '--out', out])).code).toBe(0);
      const summary = await peerscope(['analyze', out, '--only', 'summary']);
      expect(summary.stdout).toMatch(/\n50,/);
    }
  });
});
