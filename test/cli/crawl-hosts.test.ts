// A crawl that begins at hosts which an earlier session remembered.
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readManifest } from '../../src/snapshot/manifest.ts';
import { simulate } from '../../src/simulate/loopback-simulation.ts';
import { overlayOptions } from '../simulate/support.ts';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFile, temporaryFolder } from '../support/temporary.ts';

describe('crawl --hosts', () => {
  it('begins at the hosts of a file that may be contacted, and says how many may not', async () => {
    const simulation = await simulate({
      ...overlayOptions({}, { model: 'two-tier', peers: 60 }),
      port: 0,
      monotonic: () => performance.now(),
    });
    onTestFinished(() => simulation.close());
    const file = temporaryFile(
      temporaryFolder(),
      'hosts',
      `203.0.113.7:6346\n${simulation.bootstrap}\n198.51.100.4:6346\n`,
    );
    const out = join(temporaryFolder(), 'snapshot');
    const run = await peerscope(['crawl', '--hosts', file, '--out', out, '--format', 'json']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toMatchObject({
      notes: ['2 remembered hosts may not be contacted, and were not asked.'],
    });
    expect(readManifest(out)).toMatchObject({ bootstrap: [simulation.bootstrap], counts: { peers: 60 } });
  });

  it('is refused where nobody in it may be contacted, and where it is no file of hosts', async () => {
    const out = join(temporaryFolder(), 'snapshot');
    const elsewhere = temporaryFile(temporaryFolder(), 'hosts', '203.0.113.7:6346\n');
    const refused = await peerscope(['crawl', '--hosts', elsewhere, '--out', out]);
    expect(refused.code).toBe(4);
    expect(refused.stderr).toContain('none of the 1 remembered hosts may be contacted');
    const strange = temporaryFile(temporaryFolder(), 'x', '<html>');
    expectFailure(await peerscope(['crawl', '--hosts', strange, '--out', out]), 3, /no file of hosts/);
  });
});
