import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFile, temporaryFolder } from '../support/temporary.ts';

const ROW = 'a b\nb c\nc d\n';
const PLACES = 'peer,latitude,longitude,country,asn\na,0,0,GA,1\nb,0,90,ID,2\nc,0,180,KI,3\nd,0,-90,EC,4\n';

function underlay(...more: string[]) {
  return peerscope(['underlay', '-', ...more], { stdin: ROW });
}

/** Both files of the command line, in a folder of the test. */
function file(name: string, content: string): string {
  return temporaryFile(temporaryFolder(), name, content);
}

describe('peerscope underlay', () => {
  it('tells of a path as JSON', async () => {
    const more = ['--places', file('places.csv', PLACES), '--from', 'a', '--to', 'd', '--format', 'json'];
    const { code, stdout, stderr } = await underlay(...more);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'peerscope/underlay/1',
      options: { seed: 1, from: 'a', to: 'd' },
      result: {
        peers: 4,
        chosen: { hops: 3, countries: ['GA', 'ID', 'KI', 'EC'], systems: ['AS1', 'AS2', 'AS3', 'AS4'] },
      },
    });
  });

  it('generates places where nobody says them, and says so; the same for the same seed', async () => {
    const first = await underlay('--format', 'json');
    expect(first.stdout).toContain('The places are generated (seed 1)');
    expect(await underlay('--format', 'json')).toEqual(first);
    const other = await underlay('--format', 'json', '--seed', '2');
    expect(other.stdout).not.toEqual(first.stdout);
  });

  it('leaves tables and places in a folder, which --places reads again', async () => {
    const folder = join(temporaryFolder(), 'new');
    const first = await underlay('--out', folder, '--format', 'json');
    expect(readdirSync(folder)).toContain('underlay-worst-path.csv');
    const again = await underlay('--places', join(folder, 'underlay-places.csv'), '--format', 'json');
    const results = [first, again].map(({ stdout }) => (JSON.parse(stdout) as { result: unknown }).result);
    expect(results[1]).toEqual(results[0]);
  });

  it('shows a person stretch, null and paths', async () => {
    const { stdout } = await underlay('--routers', 'generated', '--root', 'a', '--format', 'table');
    for (const part of [
      'Over pairs of peers',
      'Pairs whose stretch is at most so large',
      'against shuffled places',
      'overlay multicast',
      'The worst path',
    ]) {
      expect(stdout).toContain(part);
    }
  });

  it('takes routers of files', async () => {
    const routers = file('r.csv', 'source,target,delay_ms\nx,y,10\ny,z,20\n');
    const attachments = file('a.csv', 'peer,router\na,x\nb,z\nc,y\n');
    const more = [
      '--routers',
      routers,
      '--attachments',
      attachments,
      '--from',
      'a',
      '--to',
      'c',
      '--format',
      'json',
    ];
    const { code, stdout } = await underlay(...more);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      result: {
        leftOut: { peers: 1, links: 1 },
        chosen: { pathMs: 50, directMs: 10 },
        detour: null,
        flood: { floods: 10 },
      },
    });
    expect(stdout).toContain('1 peers are left out, with 1 links: it is not known where they are.');
  });

  it('draws the path as a graph and on the map', async () => {
    const map = join(temporaryFolder(), 'path.svg');
    const more = ['--places', file('places.csv', PLACES), '--from', 'a', '--to', 'd', '--map', map];
    expect((await underlay(...more)).code).toBe(0);
    const svg = readFileSync(map, 'utf8');
    expect(svg).toContain('Path a to d: 3 hops, 30,023 km instead of 10,008 km');
    expect(svg).toContain('The same peers on the map');
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it.each([
    [['--from', 'a'], 2, 'a path has two ends: give both --from and --to'],
    [['--from', 'a', '--to', 'a'], 2, '--from and --to both name the peer "a"'],
    [['--from', 'a', '--to', 'q'], 3, 'the overlay has no peer "q" for --to'],
    [['--root', 'q'], 3, 'the overlay has no peer "q" for --root'],
    [['--places', 'none.csv'], 3, 'the list of places none.csv does not exist'],
    [['--address-table', 'none.csv'], 3, 'the address table none.csv does not exist'],
    [['--places', 'x.csv', '--address-table', 'y.csv'], 2, '--places and --address-table both say where'],
    [['--routers', 'r.csv'], 2, '--routers needs --attachments FILE'],
    [['--attachments', 'r.csv'], 2, '--attachments is for --routers FILE'],
    [['--shuffles', '98'], 2, '--shuffles must be a whole number from 99'],
    [['--pairs', '0'], 2, '--pairs must be a whole number from 1'],
  ])('refuses %j', async (more, code, message) => {
    const run = await underlay(...more);
    expectFailure(run, code, /^peerscope: /);
    expect(run.stderr).toContain(message);
  });

  it('refuses a path to a peer without a place, a map without places, and an overlay without links', async () => {
    const some = file('places.csv', 'peer,latitude,longitude\na,0,0\nb,0,9\n');
    const gone = await underlay('--places', some, '--from', 'a', '--to', 'd');
    expectFailure(gone, 3, /it is not known where the peer "d" of --to is/);
    const routers = file('r.csv', 'source,target,delay_ms\nx,y,10\n');
    const attachments = file('a.csv', 'peer,router\na,x\nb,y\n');
    const map = join(temporaryFolder(), 'm.svg');
    const blind = await underlay('--routers', routers, '--attachments', attachments, '--map', map);
    expectFailure(blind, 2, /--map needs to know where peers are/);
    expect(existsSync(map)).toBe(false);
    expectFailure(await peerscope(['underlay', '-'], { stdin: '1 1\n' }), 3, /this overlay has no link/);
  });

  it('refuses a place that is not on the Earth, with its line', async () => {
    const wrong = file('places.csv', 'peer,latitude,longitude\na,0,0\nb,-90.5,9\n');
    expectFailure(await underlay('--places', wrong), 3, /places\.csv line 3 has the latitude "-90\.5"/);
  });
});
