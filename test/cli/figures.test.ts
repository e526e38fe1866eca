import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFolder } from '../support/temporary.ts';

describe('peerscope figures', () => {
  it('writes each picture as SVG and PNG, with numbers, specification and caption', async () => {
    const out = temporaryFolder();
    expect((await peerscope(['figures', 'napster', '--out', out])).code).toBe(0);
    expect(readdirSync(out).sort()).toEqual([
      'napster.caption.txt',
      'napster.csv',
      'napster.png',
      'napster.svg',
      'napster.vl.json',
    ]);
  });

  it('draws for a dark ground', async () => {
    const out = temporaryFolder();
    await peerscope(['figures', 'flooding', '--theme', 'dark', '--out', out]);
    expect(readFileSync(join(out, 'flooding.svg'), 'utf8')).toContain('fill="#14181D"');
  });

  it('draws a series of the Abilene backbone that somebody has, and says of none that there is none', async () => {
    const out = temporaryFolder();
    const file = join(out, 'series.csv');
    writeFileSync(
      file,
      'date,type,percent\n2002-02-18,file sharing,40\n2002-02-18,other,60\n2002-02-25,file sharing,45\n2002-02-25,other,55\n',
    );
    await peerscope(['figures', 'abilene', '--abilene', file, '--out', out]);
    expect(readFileSync(join(out, 'abilene.csv'), 'utf8')).toContain('2002-02-25,file sharing,45');
    await peerscope(['figures', 'abilene', '--out', out]);
    expect(readFileSync(join(out, 'abilene.svg'), 'utf8')).toContain('No data.');
  });

  it('draws any topology as a crawl', async () => {
    const out = temporaryFolder();
    const file = join(out, 'six.txt');
    writeFileSync(file, '1 2\n1 3\n2 3\n2 4\n3 5\n4 5\n5 6\n');
    await peerscope(['figures', 'gnutella-crawl', '--input', file, '--out', out]);
    expect(readFileSync(join(out, 'gnutella-crawl.svg'), 'utf8')).toContain('6 of 6 peers');
  });

  it.each([
    [['figures', 'pure-lw'], 2, /did you mean pure-law\?/],
    [['figures', 'abilene', '--abilene', 'nowhere.csv'], 3, /does not exist/],
    [['figures', '--theme', 'sepia'], 2, /theme/],
  ])('refuses %j', async (args, code, sentence) => {
    expectFailure(await peerscope([...args, '--out', temporaryFolder()]), code, sentence);
  });

  it.each([
    ['date,type,percent\n', /there is no row/],
    ['date,type,percent\n18.2.2002,a,4\n', /line 2 has no date/],
    ['date,type,percent\n2002-02-18,a,140\n', /line 2 has no percent/],
    ['day,kind\n1,2\n', /line 2 has no date/],
  ])('refuses the series %j', async (text, sentence) => {
    const file = join(temporaryFolder(), 'series.csv');
    writeFileSync(file, text);
    expectFailure(
      await peerscope(['figures', 'abilene', '--abilene', file, '--out', temporaryFolder()]),
      3,
      sentence,
    );
  });
});
