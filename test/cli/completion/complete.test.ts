import { describe, expect, it } from 'vitest';
import { CENTRALITY_MEASURES, REMOVAL_STRATEGIES } from '../../../src/analyses/analysis.ts';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { nameOf } from '../../../src/cli/command.ts';
import { SHELLS } from '../../../src/cli/completion/scripts.ts';
import { SAMPLE_METHODS } from '../../../src/crawl/sampling/walk.ts';
import { VIEWS } from '../../../src/reports/paradigms-report.ts';
import { DRAWINGS } from '../../../src/reports/sequences/sequence-report.ts';
import { REPLICATIONS } from '../../../src/search/place-content.ts';
import { ADDRESS_SCHEMES } from '../../../src/simulate/loopback-listening.ts';
import { LIES } from '../../../src/simulate/trouble.ts';
import { peerscope } from '../../support/command-line.ts';

/** The words that are offered after these; `:files` where files are. */
async function offered(...words: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await peerscope(['__complete', ...words]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/\t.*/, ''));
}

describe('completion', () => {
  it('offers every command, and each of its options', async () => {
    expect(await offered('')).toEqual(COMMANDS.map(nameOf));
    for (const command of COMMANDS) {
      const options = await offered(nameOf(command), '--');
      for (const name of Object.keys(command.options)) expect(options).toContain(`--${name}`);
    }
  });

  it.each([
    ['a dataset or a file', ['analyze', 'p2p-Gnutella0'], ['p2p-Gnutella04', 'p2p-Gnutella05', ':files']],
    [
      'one more input',
      ['analyze', 'a', 'b', 'p2p-Gnutella3'],
      ['p2p-Gnutella30', 'p2p-Gnutella31', ':files'],
    ],
    ['a model', ['generate', 'erd'], ['erdos-renyi', ':files']],
    ['a scenario', ['simulate', 'feb'], ['february-2005', ':files']],
    ['the model of an option', ['crawl', '--simulate', 'two'], ['two-tier', ':files']],
    ['an analysis', ['analyze', 'x', '--only', 'cor'], ['cores']],
    [
      'the next of a list, but for those in it',
      ['analyze', 'x', '--only', 'cores,comp'],
      ['cores,components'],
    ],
    ['a paradigm', ['paradigms', '--only', 'cent'], ['centralized']],
    ['a figure', ['figures', 'pure-'], ['pure-law', 'pure-graph']],
    ['a strategy', ['search', 'x', '--strategy', 'w'], ['walk']],
    ['a format', ['compare', 'a', '--format', ''], ['table', 'csv', 'json', 'ndjson']],
    ['a value after =, in one word', ['compare', 'a', '--format=c'], ['--format=csv']],
    ['a value after =, as bash splits it', ['compare', 'a', '--format', '=', 'c'], ['csv']],
    ['a value right after =, as bash splits it', ['paradigms', '--show', '='], [...VIEWS]],
    ['a network', ['probe', 'x', '--network', ''], ['gnutella']],
    ['files where nothing has a name', ['crawl', '--hosts', 'a', ''], [':files']],
    ['an option that switches something off', ['analyze', '--no-dir'], ['--no-directed']],
    ['positional arguments only after --', ['compare', '--', '--f'], [':files']],
    ['nothing after an unknown command', ['anlyze', ''], []],
    ['nothing for the value of an unknown option', ['analyze', '--nope=x'], []],
    ['a shell', ['completion', ''], [...SHELLS]],
  ])('offers %s', async (_what, words, expected) => {
    expect((await offered(...words)).filter((word) => expected.includes(word))).toEqual(expected);
    if (expected.length === 0 || !expected[0]?.startsWith('p2p'))
      expect(await offered(...words)).toHaveLength(expected.length);
  });

  it('offers an option once, unless it can be given again', async () => {
    expect(await offered('crawl', '--resume', 'x', '--resu')).toEqual([]);
    expect(await offered('crawl', '--hosts', 'x', '--hos')).toEqual(['--hosts']);
  });

  it('has the words of the command table from those who know them', () => {
    const names = (command: string, option: string): unknown =>
      COMMANDS.find((candidate) => nameOf(candidate) === command)?.options[option]?.names;
    expect(names('analyze', 'measures')).toEqual(CENTRALITY_MEASURES);
    expect(names('analyze', 'strategies')).toEqual(REMOVAL_STRATEGIES);
    expect(names('search', 'replication')).toEqual(REPLICATIONS);
    expect(names('paradigms', 'show')).toEqual(VIEWS);
    expect(names('sequence', 'as')).toEqual(DRAWINGS);
    expect(names('crawl', 'sample')).toEqual(SAMPLE_METHODS);
    expect(names('crawl', 'lies')).toEqual(LIES);
    expect(names('simulate', 'addresses')).toEqual(ADDRESS_SCHEMES);
  });
});
