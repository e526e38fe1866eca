import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** As SUMO writes it, by hand: three vehicles in a row that come together, and a person who is none of them. */
const FCD = `<?xml version="1.0" encoding="UTF-8"?>
<!-- generated -->
<fcd-export xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
    <timestep time="0.00">
        <vehicle id="a" x="0.00" y="-1.65" angle="90.00" type="car" speed="10.00" pos="5.10" lane="E0_0" slope="0.00"/>
        <vehicle id="b" x="300.00" y="-1.65" angle="90.00" type="car" speed="0.00" pos="5.10" lane="E0_0" slope="0.00"/>
        <person id="p" x="10.00" y="0.00" angle="0.00" speed="1.00" pos="1.00" edge="E0" slope="0.00"/>
    </timestep>
    <timestep time="1.00">
        <vehicle id="a" x="200.00" y="-1.65"/>
        <vehicle id="b" x="300.00" y="-1.65"/>
        <vehicle id="c &amp; d" x="380.00" y="-1.65"/>
    </timestep>
    <timestep time="2.50">
    </timestep>
</fcd-export>
`;
const CSV = 'time,vehicle,x,y\n0,a,0,-1.65\n0,b,300,-1.65\n1,a,200,-1.65\n1,b,300,-1.65\n1,c & d,380,-1.65\n';

const STEPS = [
  'time,vehicles,links,mean_degree,components,giant_share,alone',
  '0,2,0,0,2,0.5,2',
  '1,3,2,1.3333333333333333,1,1,0',
];

function rows(text: string): string[] {
  return text.split(/\r?\n/).filter(Boolean);
}

describe('peerscope vehicular', () => {
  it('measures an FCD export of SUMO step by step', async () => {
    const file = join(temporaryFolder(), 'fcd.xml.gz');
    writeFileSync(file, gzipSync(FCD));
    const { code, stdout, stderr } = await peerscope(['vehicular', file, '--range', '100']);
    expect([code, stderr]).toEqual([0, '']);
    expect(rows(stdout)).toEqual([...STEPS, '2.5,0,0,,0,,0']);
  });

  it('measures the same of CSV, from standard input too', async () => {
    const { stdout } = await peerscope(['vehicular', '-', '--range', '100'], { stdin: CSV });
    expect(rows(stdout)).toEqual(STEPS);
  });

  it('says as JSON how long links last', async () => {
    const { stdout } = await peerscope(['vehicular', '-', '--range', '100', '--format', 'json'], {
      stdin: FCD,
    });
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'peerscope/vehicular/1',
      options: { range: 100 },
      // a-b and b-c were there from 1 to 2.5.
      summary: { steps: 3, vehicles: 3, links: { whole: 2, cutOff: 0, mean: 1.5, median: 1.5 } },
    });
  });

  it('makes a town up where there is no trace, the same for the same seed', async () => {
    const argv = ['vehicular', '--vehicles', '20', '--seconds', '5', '--blocks', '3', '--format', 'table'];
    const { code, stdout } = await peerscope(argv);
    expect(code).toBe(0);
    expect(stdout).toContain('20 vehicles on the streets of 3 x 3 blocks');
    expect(stdout).toContain('Share of the vehicles in the largest component');
    expect((await peerscope(argv)).stdout).toBe(stdout);
  });

  it.each([
    ['', 3, 'standard input holds no time step'],
    ['<fcd-export/>', 3, 'holds no time step'],
    ['<fcd-export><timestep time="0">', 3, 'is no XML'],
    [
      '<fcd-export>\n<timestep time="0">\n<vehicle id="a" x="1"/>',
      3,
      'line 3 has a vehicle whose y is no number',
    ],
    ['<a>\n<vehicle id="a" x="1" y="1"/></a>', 3, 'line 2 has a vehicle outside of a time step'],
    ['<a><timestep time="0"><vehicle x="1" y="1"/></timestep></a>', 3, 'a vehicle without an id'],
    ['<a><timestep time="1"/><timestep time="1"/></a>', 3, 'line 1 has the time 1 after 1'],
    ['<a>\uFFFF</b>', 3, 'is no XML'],
    ['time,x,y\n0,1,2\n', 3, 'has no column "vehicle"'],
    ['time,vehicle,x,y\n', 3, 'holds no time step'],
    ['time,vehicle,x,y\n0,a,1,east\n', 3, 'line 2 has a y that is no number'],
    ['time,vehicle,x,y\n1,a,1,1\n0,a,1,1\n', 3, 'line 3 has the time 0 after 1'],
    ['time,vehicle,x,y\n1,a,1,1\n1,a,2,1\n', 3, 'line 3 has the vehicle "a" twice at 1 s'],
    ['time,vehicle,x,y\n1,,1,1\n', 3, 'line 2 has a vehicle without a name'],
    ['time,vehicle,x,y\n1,a,1\n', 3, 'line 2 has 3 cells'],
  ] as const)('refuses %j', async (stdin, code, message) => {
    const run = await peerscope(['vehicular', '-'], { stdin });
    expectFailure(run, code, /^/);
    expect(run.stderr).toContain(message);
  });

  it.each([
    [['-', '--range', '0'], 2, '--range must be a number from 0.001'],
    [['-', '--vehicles', '5'], 2, '--vehicles is for a trace that is made up: leave out TRACE'],
    [['no/such.xml'], 3, 'no/such.xml'],
  ] as const)('refuses %j', async (argv, code, message) => {
    const run = await peerscope(['vehicular', ...argv], { stdin: CSV });
    expectFailure(run, code, /^/);
    expect(run.stderr).toContain(message);
  });
});
