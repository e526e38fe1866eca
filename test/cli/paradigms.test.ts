import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFolder } from '../support/temporary.ts';

const FEW = ['paradigms', '--peers', '50,100,200', '--runs', '1', '--queries', '20'];

describe('peerscope paradigms', () => {
  it('prints a row for each paradigm and size as CSV', async () => {
    const { code, stdout, stderr } = await peerscope(FEW);
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.split(/\r?\n/).filter(Boolean);
    expect(lines).toHaveLength(1 + 7 * 3);
    expect(lines[0]).toMatch(
      /^paradigm,peers,overlays,hops,messages,bytes,success,success_error,by_part,join_messages,state_mean/,
    );
    expect(lines[1]).toMatch(/^client-server,50,1,1,2,/);
  });

  it('prints how it grows as CSV', async () => {
    const { stdout } = await peerscope([...FEW, '--only', 'centralized', '--show', 'growth']);
    expect(stdout.split(/\r?\n/)[0]).toBe('paradigm,quantity,exponent,low,high,form');
    expect(stdout).toMatch(/^centralized,messages,0,0,0,constant$/m);
  });

  it.each(['search', 'growth', 'load', 'failures'])(
    'shows %s as a table and a chart of at most 80 columns',
    async (view) => {
      const { code, stdout } = await peerscope([...FEW, '--show', view, '--format', 'table']);
      expect(code).toBe(0);
      expect(stdout).toContain('What this shows');
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
      expect(stdout).toMatch(/^paradigm +\S+/m);
    },
  );

  it('has it all as JSON, and as files', async () => {
    const out = temporaryFolder();
    const { stdout } = await peerscope([...FEW, '--out', out, '--format', 'json']);
    const document = JSON.parse(stdout) as { schema: string; points: unknown[]; growth: unknown[] };
    expect(document.schema).toBe('peerscope/paradigms/1');
    expect([document.points.length, document.growth.length]).toEqual([21, 49]);
    expect(document.points[0]).toMatchObject({
      paradigm: 'client-server',
      peers: 50,
      singlePointOfFailure: true,
    });
    expect(readdirSync(out).sort()).toEqual([
      'paradigms-growth.csv',
      'paradigms-pieces.csv',
      'paradigms.csv',
      'paradigms.json',
    ]);
    expect(JSON.parse(readFileSync(join(out, 'paradigms.json'), 'utf8'))).toEqual(document);
  });

  it.each([
    [['--only', 'pur'], 2, /did you mean pure\?/],
    [['--peers', '100,50'], 2, /ascending numbers of peers/],
    [['--peers', '5'], 2, /from 30 to 2000000/],
    [['--show', 'everything'], 2, /view/],
    [['--copies', '0'], 2, /from 1 to 1000/],
  ])('refuses %j', async (args, code, sentence) => {
    expectFailure(await peerscope(['paradigms', ...args]), code, sentence);
  });
});
