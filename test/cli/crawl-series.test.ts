import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { simulationArguments } from '../../src/cli/simulation-arguments.ts';
import { gnutella } from '../../src/overlays/gnutella/gnutella.ts';
import { simulate } from '../../src/simulate/loopback-simulation.ts';
import { peerscope } from '../support/command-line.ts';
import { temporaryFolder } from '../support/temporary.ts';

async function served(): Promise<string> {
  const simulation = await simulate({
    ...simulationArguments('two-tier', { peers: '100', seed: '4' }),
    overlay: gnutella,
    port: 0,
    startedAt: Date.now(),
    monotonic: () => performance.now(),
  });
  onTestFinished(() => simulation.close());
  return simulation.bootstrap;
}

describe('a series of crawls', () => {
  it('has a snapshot for each, and says what they say together, then and later', async () => {
    const out = join(temporaryFolder(), 'series');
    const words = ['crawl', await served(), '--repeat', '3', '--out', out, '--format', 'json'];
    const { code, stdout } = await peerscope(words);
    expect(code).toBe(0);
    expect(readdirSync(out).sort()).toEqual(['000001', '000002', '000003', 'series.json']);
    const compared = await peerscope(['compare', out, '--format', 'json']);
    expect(compared.code).toBe(0);
    expect(JSON.parse(compared.stdout)).toEqual(JSON.parse(stdout));
    // Nobody comes or goes.
    const columns = await peerscope(['compare', out, '--format', 'csv']);
    expect(columns.stdout).toContain('100');
  });

  it.each([
    [['--simulate', 'lecture', '--repeat', '2'], 2, '--simulate is for a single crawl'],
    [['198.51.100.7', '--live', '--contact', 'a@example.org', '--every', '60'], 2, 'must be at least 300'],
    [['127.0.0.1:1', '--until', 'soon'], 2, 'until'],
    [['127.0.0.1:1', '--repeat', '0'], 2, '--repeat must be'],
  ])('%j is refused', async (words, code, message) => {
    const refused = await peerscope(['crawl', ...words, '--out', join(temporaryFolder(), 'series')]);
    expect(refused.code).toBe(code);
    expect(refused.stderr).toContain(message);
  });

  it('is what stands alone in compare; a snapshot does not', async () => {
    const refused = await peerscope(['compare', temporaryFolder()]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('compared with another one');
  });
});
