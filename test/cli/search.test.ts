import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFolder } from '../support/temporary.ts';

const SIX = '1 2\n1 3\n2 3\n2 4\n3 5\n4 5\n5 6\n';

function search(...more: string[]) {
  return peerscope(['search', '-', ...more], { stdin: SIX });
}

describe('peerscope search', () => {
  it('counts messages and duplicates as JSON', async () => {
    const { code, stdout, stderr } = await search(
      '--strategy',
      'flood',
      '--source',
      '6',
      '--ttl',
      '2',
      '--format',
      'json',
    );
    expect([code, stderr]).toEqual([0, '']);
    const document = JSON.parse(stdout) as Record<string, unknown>;
    expect(document).toMatchObject({
      schema: 'peerscope/search/1',
      input: '-',
      options: { ttl: 2, queries: 1 },
      result: { strategy: 'flood', source: '6', messages: 3, duplicates: 0, reached: 3 },
    });
    // Scripts read the first "messages" and "duplicates".
    expect(/"messages":\s*(\d+)/.exec(stdout)?.[1]).toBe('3');
  });

  it('prints hop by hop as CSV', async () => {
    const { stdout } = await search('--source', '1', '--ttl', '500');
    expect(stdout.split(/\r?\n/).filter(Boolean)).toEqual([
      'hop,messages,reached,duplicates,messages_so_far,reached_so_far',
      '1,2,2,0,2,2',
      '2,4,2,2,6,4',
      '3,3,1,2,9,5',
    ]);
  });

  it('draws reach and messages for a person, with what there is to know', async () => {
    const { stdout } = await search('--source', '1', '--format', 'table');
    expect(stdout).toContain('Up to each hop: peers reached, messages sent');
    expect(stdout).toContain('The busiest peers');
  });

  it('leaves every table and the document in a folder', async () => {
    const folder = join(temporaryFolder(), 'new');
    await search('--source', '1', '--out', folder);
    expect(readdirSync(folder).sort()).toEqual([
      'search-by-hop.csv',
      'search-by-type.csv',
      'search-load.csv',
      'search.csv',
      'search.json',
    ]);
  });

  it('searches content of a file', async () => {
    const file = join(temporaryFolder(), 'content.csv');
    writeFileSync(file, 'peer,item\n6,song\n');
    const more = ['--content', file, '--item', 'song', '--source', '1', '--format', 'json'];
    const { stdout } = await search(...more);
    expect(JSON.parse(stdout)).toMatchObject({ result: { item: 'song', hits: 1, hops: 3, success: true } });
  });

  it('tells how long it takes where it is said where peers are, and whom it leaves out', async () => {
    const file = join(temporaryFolder(), 'places.csv');
    writeFileSync(file, 'peer,latitude,longitude\n1,0,0\n2,0,0\n3,0,0\n4,0,0\n5,0,0\n');
    const more = ['--places', file, '--source', '1', '--format', 'json'];
    const { code, stdout } = await search(...more);
    expect(code).toBe(0);
    // Two hops of twice 5 ms of access each, and nothing between peers at one place.
    expect(JSON.parse(stdout)).toMatchObject({
      result: { latencyMs: { firstHit: null, last: 20, reached: 4 } },
    });
    expect(stdout).toContain('1 peers are left out, with 1 links');
    expect((await search('--source', '1', '--format', 'json')).stdout).toContain('"latencyMs": null');
    const shown = await search('--routers', 'generated', '--items', '6', '--format', 'table');
    expect(shown.stdout).toContain('How long it takes');
  });

  it.each([
    [['--source', '77'], 3, 'the overlay has no peer "77" for --source: its peers are 1, 2, 3, 4, 5 …'],
    [['--ttl', '0'], 2, '--ttl must be a whole number from 1'],
    [['--strategy', 'flod'], 2, 'unknown strategy "flod": did you mean flood?'],
    [['--strategy', 'greedy'], 3, 'no structure that greedy routing could go by'],
    [['--strategy', 'superpeer'], 3, 'nobody in this input is declared a superpeer'],
    [['--item', 'x'], 2, 'nobody holds "x": there is no content to search for'],
    [['--item', ''], 2, '--item must not be empty'],
    [['--items', '6', '--item', 'itm3'], 2, 'unknown item "itm3": did you mean item3?'],
    [['--items', '50'], 2, '50 items do not fit into 6 peers'],
    [['--walkers', '3'], 2, '--walkers is for the strategy walk'],
    [['--check-every', '3'], 2, '--check-every is for the strategy walk'],
    [['--strategy', 'expanding-ring', '--rings', '3,1'], 2, 'must be ascending TTLs'],
    [['--strategy', 'expanding-ring', '--rings', '1,3', '--ttl', '4'], 2, '--rings has the TTLs'],
    [['--content', 'none.csv'], 3, 'the content none.csv does not exist'],
    [['--content', 'none.csv', '--items', '3'], 2, '--content says who holds what'],
    [['--strategy', 'walk', '--request', 'ping'], 2, 'walkers carry queries'],
  ])('refuses %j', async (more, code, message) => {
    const run = await search(...more);
    expectFailure(run, code, /^peerscope: /);
    expect(run.stderr).toContain(message);
  });

  it('says which peer may have been meant', async () => {
    const run = await peerscope(['search', '-', '--source', 'alcie'], { stdin: 'alice bob\nbob carol\n' });
    expectFailure(run, 3, /did you mean alice\?/);
  });

  it('refuses an overlay without a link', async () => {
    expectFailure(await peerscope(['search', '-'], { stdin: '1 1\n' }), 3, /this overlay has no link/);
  });
});
