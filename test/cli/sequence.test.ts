import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFolder } from '../support/temporary.ts';

describe('peerscope sequence', () => {
  it('prints every message as CSV in a pipe', async () => {
    const { code, stdout } = await peerscope(['sequence', 'pure']);
    expect(code).toBe(0);
    const [header, first] = stdout.split(/\r?\n/);
    expect(header).toBe('at_ms,from,to,kind,type,detail,bytes,request,drawn');
    expect(first).toBe('40,P1,P2,connect,GNUTELLA CONNECT/0.4,,22,,true');
  });

  it('draws for a person, and counts below it', async () => {
    const { stdout } = await peerscope(['sequence', 'hybrid', '--format', 'table']);
    for (const text of [
      'L1    L2    S1',
      'ROUTE TABLE UPDATE ×2',
      'Messages by type',
      'Counted, and by formula',
    ])
      expect(stdout).toContain(text);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('has arrows, messages and counts as JSON', async () => {
    const { stdout } = await peerscope(['sequence', 'centralized', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'peerscope/sequence/1',
      name: 'centralized',
      participants: [{ name: 'Server', role: 'server' }, {}, {}, {}],
      checks: [{ what: 'messages a query', counted: 2, expected: 2 }, {}],
    });
  });

  it.each([
    ['chart.svg', /^<\?xml/],
    ['chart.mmd', /^sequenceDiagram\n/],
    ['chart.txt', /^Centralized P2P routing\n/],
  ])('writes %s as its name says, and nothing else', async (name, beginning) => {
    const file = join(temporaryFolder(), name);
    expect(await peerscope(['sequence', 'centralized', '--out', file])).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    expect(readFileSync(file, 'utf8')).toMatch(beginning);
  });

  it('prints the chart alone', async () => {
    const { stdout } = await peerscope(['sequence', 'centralized', '--as', 'mermaid']);
    expect(stdout).toMatch(/^sequenceDiagram\n/);
  });

  it('writes the chart and prints the messages where both are asked for', async () => {
    const file = join(temporaryFolder(), 'chart.svg');
    const { stdout } = await peerscope(['sequence', 'pure', '--out', file, '--format', 'csv']);
    expect(stdout).toContain('QUERY HIT');
    expect(readFileSync(file, 'utf8')).toContain('<svg');
  });

  it('explains what it can not do', async () => {
    expectFailure(
      await peerscope(['sequence', 'hybird']),
      2,
      /unknown kind of overlay "hybird": did you mean hybrid/,
    );
    expectFailure(await peerscope(['sequence', 'pure', '--as', 'png']), 2, /unknown form "png"/);
    expectFailure(
      await peerscope(['sequence', 'pure', '--out', 'chart.png']),
      2,
      /does not say what to draw/,
    );
    expectFailure(
      await peerscope(['sequence', 'pure', '--as', 'svg', '--format', 'json']),
      2,
      /use one of them/,
    );
    expectFailure(await peerscope(['sequence']), 2, /name/);
    const nowhere = join(temporaryFolder(), 'missing', 'chart.svg');
    expectFailure(await peerscope(['sequence', 'pure', '--out', nowhere]), 1, /can not be written/);
  });
});
