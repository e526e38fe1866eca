import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { CliContext } from '../../src/cli/context.ts';
import { run } from '../../src/cli/experiment.ts';
import { temporaryFolder } from '../support/temporary.ts';

async function experiment(
  args: Record<string, unknown>,
  { isTTY = false, signal = new AbortController().signal } = {},
): Promise<{ code: number; stdout: string }> {
  const stream = new PassThrough();
  let stdout = '';
  stream.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  const context: CliContext = {
    stdin: Readable.from([]),
    stdout: { stream, isTTY, columns: 80 },
    stderr: { stream: new PassThrough(), isTTY: false, columns: 80 },
    env: { NO_COLOR: '1' },
    now: () => 0,
    monotonic: () => 0,
    catchInterrupts: () => ({ signal, release: () => undefined }),
    processors: 1,
    memory: () => 1e10,
    packageDir: '.',
  };
  return { code: await run(args, context), stdout };
}

const SMALL = { name: 'slow-crawl', peers: '1000', slower: '6,1' };

describe('peerscope experiment', () => {
  it('prints its numbers as one long table in a pipe, and leaves a file for each table', async () => {
    const out = join(temporaryFolder(), 'new');
    const { code, stdout } = await experiment({ ...SMALL, out });
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toBe('table,row,column,value');
    expect(stdout).toContain('crawls,1,slower,1\n');
    expect(readdirSync(out).sort()).toEqual([
      'crawls.csv',
      'degrees.csv',
      'distributions.csv',
      'slow-crawl.json',
      'verdicts.csv',
    ]);
    const document = JSON.parse(readFileSync(join(out, 'slow-crawl.json'), 'utf8')) as {
      schema: string;
      crawls: { slower: number }[];
    };
    expect(document.schema).toBe('peerscope/experiment/1');
    expect(document.crawls.map(({ slower }) => slower)).toEqual([1, 6]);
  });

  it('shows a person tables, charts and what they say, no wider than the terminal', async () => {
    const { stdout } = await experiment(SMALL, { isTTY: true });
    expect(stdout).toContain('truth');
    expect(stdout).toContain('never answered');
    const plain = stdout.replaceAll(/\u001b\[\d+m/g, '');
    expect(Math.max(...plain.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('ends with 130 where it is interrupted', async () => {
    expect(await experiment(SMALL, { signal: AbortSignal.abort() })).toEqual({ code: 130, stdout: '' });
  });

  it.each([
    [{ ...SMALL, name: 'slow-craw' }, /slow-crawl/],
    [{ ...SMALL, slower: '1,0' }, /--slower must be up to 8 whole numbers from 1 to 120/],
    [{ ...SMALL, slower: '1,2,3,4,5,6,7,8,9' }, /--slower must be up to 8/],
    [{ ...SMALL, peers: '10' }, /--peers must be a whole number from 1000/],
    [{ ...SMALL, churn: 'trace:sessions.csv' }, /unknown session law/],
  ])('refuses %j', async (args, message) => {
    await expect(experiment(args)).rejects.toThrow(message);
  });
});
