import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFolder } from '../support/temporary.ts';

const STAR = Array.from({ length: 20 }, (_, peer) => `0 ${peer + 1}\n`).join('');
const RING = Array.from({ length: 20 }, (_, peer) => `${peer} ${(peer + 1) % 20}\n`).join('');

function classify(stdin: string, ...more: string[]) {
  return peerscope(['classify', '-', ...more], { stdin });
}

interface Document {
  readonly schema: string;
  readonly inputs: readonly {
    readonly answer: string;
    readonly cannotTellFrom: readonly string[];
    readonly declared: { readonly space: string | null };
    readonly evidence: readonly { readonly column: string; readonly speaks: string }[];
    readonly measures: { readonly servers: { readonly peers: readonly string[] } | null };
  }[];
}

describe('peerscope classify', () => {
  it('gives answer, evidence and measures as JSON, servers by their ids', async () => {
    const { code, stdout, stderr } = await classify(STAR, '--format', 'json');
    expect([code, stderr]).toEqual([0, '']);
    const { schema, inputs } = JSON.parse(stdout) as Document;
    expect(schema).toBe('peerscope/classify/1');
    expect(inputs[0]).toMatchObject({ answer: 'client-server', cannotTellFrom: ['centralized'] });
    expect(inputs[0]?.measures.servers?.peers).toEqual(['0']);
    expect(inputs[0]?.evidence.filter(({ column }) => column === 'client-server')).toHaveLength(3);
  });

  it('prints a row an input as CSV', async () => {
    const folder = temporaryFolder();
    const [star, ring] = [join(folder, 'star.txt'), join(folder, 'ring.txt')];
    writeFileSync(star, STAR);
    writeFileSync(ring, RING);
    const { stdout } = await peerscope(['classify', star, ring]);
    const rows = stdout.split(/\r?\n/).filter(Boolean);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/^input,column,how_sure,cannot_tell_from,runner_up,score_client_server,/);
    expect(rows[1]).toContain('star.txt,client-server,sure,centralized');
    expect(rows[2]).toContain('ring.txt,structured,sure');
  });

  it('tells a person the answer, how well each column fits, and why', async () => {
    const { stdout } = await classify(RING, '--format', 'table');
    expect(stdout).toContain('-: structured P2P (DHT), sure.');
    expect(stdout).toContain('Not used: the ids show a ring of 20 places');
    expect(stdout).toContain('How well each column fits');
    expect(stdout).toContain('one ring through all');
  });

  it('leaves both tables and the document in a folder', async () => {
    const folder = join(temporaryFolder(), 'new');
    await classify(STAR, '--out', folder);
    expect(readdirSync(folder).sort()).toEqual(['classify-evidence.csv', 'classify.csv', 'classify.json']);
    expect(readFileSync(join(folder, 'classify-evidence.csv'), 'utf8')).toContain('links-beside');
  });

  it('heeds the direction of links where it is told of it', async () => {
    const upwards = Array.from({ length: 60 }, (_, k) => `${k + 10} ${k}\n${k + 10} ${k >> 1}\n`).join('');
    const { stdout } = await classify(upwards, '--directed', '--format', 'json');
    expect((JSON.parse(stdout) as Document).inputs[0]?.answer).toBe('none');
  });

  it('says that nobody is linked where there are self-loops only', async () => {
    const { code, stdout } = await classify('1 1\n2 2\n', '--format', 'table');
    expect(code).toBe(0);
    expect(stdout).toContain('no peer is linked to another');
  });

  it.each([
    ['an empty input', '', [], 3, /holds no links/],
    ['an unknown format', STAR, ['--format', 'xml'], 2, /unknown format/],
    ['a seed that is none', STAR, ['--seed', '-1'], 2, /--seed/],
    ['columns of an edge list', STAR, ['--source', 'a'], 2, /for CSV/],
  ] as const)('refuses %s', async (_, stdin, more, code, message) => {
    expectFailure(await classify(stdin, ...more), code, message);
  });

  it('refuses standard input twice, and what is not there', async () => {
    expectFailure(await peerscope(['classify', '-', '-']), 2, /only once/);
    expectFailure(await peerscope(['classify', './nothing.txt']), 3, /does not exist/);
    expectFailure(await peerscope(['classify']), 2, /INPUT/);
  });
});
