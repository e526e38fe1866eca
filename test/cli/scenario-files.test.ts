import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulationArguments } from '../../src/cli/simulation-arguments.ts';
import { parseScenario, SCENARIO_SCHEMA, scenarioDocument } from '../../src/simulate/scenario-file.ts';
import { SCENARIOS } from '../../src/simulate/scenarios.ts';
import { readManifest } from '../../src/snapshot/manifest.ts';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFile, temporaryFolder } from '../support/temporary.ts';

interface CrawlDocument {
  readonly manifest: { readonly options: Record<string, unknown>; readonly seed: number };
  readonly score: Record<string, number>;
}

async function crawlVirtually(what: string, out: string, ...more: readonly string[]): Promise<CrawlDocument> {
  const argv = ['crawl', '--simulate', what, '--virtual', '--out', out, '--format', 'json', ...more];
  const { code, stdout, stderr } = await peerscope(argv);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as CrawlDocument;
}

const bytes = (folder: string): string[] =>
  ['peers.csv', 'links.csv', join('visits', '000001.ndjson')].map((file) =>
    readFileSync(join(folder, file), 'utf8'),
  );

describe('a shipped scenario', () => {
  it('is one of those that are promised', () => {
    expect(SCENARIOS.map(({ name }) => name).sort()).toEqual([
      'churning',
      'february-2005',
      'hostile',
      'lecture',
      'mixed',
      'poisoned',
      'quiet',
    ]);
  });

  it.each(SCENARIOS.map(({ name }) => [name]))('%s reads as its own document does', (name) => {
    const scenario = SCENARIOS.find((candidate) => candidate.name === name)!;
    expect(parseScenario(scenarioDocument(scenario), 'x.json')).toEqual(scenario);
    const file = temporaryFile(temporaryFolder(), 'x.json', scenarioDocument(scenario));
    const [{ sessionLaw: lawOfFile, ...ofFile }, { sessionLaw, ...shipped }] = [
      simulationArguments(file, {}),
      simulationArguments(name, {}),
    ];
    expect(ofFile).toEqual(shipped);
    expect(lawOfFile?.name).toBe(sessionLaw?.name);
  });

  it.each(SCENARIOS.map(({ name }) => [name]))('%s runs in virtual time with fewer peers', async (name) => {
    const out = join(temporaryFolder(), 'snapshot');
    // The floods of hostile liars take a while, and have tests of their own.
    const more = name === 'hostile' ? ['--lies', 'fake,bogon,port-zero,crawler,self,garbage'] : [];
    const { score } = await crawlVirtually(name, out, '--peers', '300', ...more);
    expect(score['total']).toBe(300);
    if (['quiet', 'lecture', 'february-2005'].includes(name)) {
      expect(score).toMatchObject({
        found: score['reachable'],
        linksFound: score['linksReachable'],
        peersExtra: 0,
        linksExtra: 0,
        peersMissing: 0,
        linksMissing: 0,
      });
    }
  });
});

describe('a scenario document', () => {
  const option = fc.oneof(
    fc.string(),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  );

  it('reads as what was written (property)', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/),
        fc.string(),
        fc.string(),
        fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,12}$/), option),
        (name, title, model, options) => {
          const scenario = { name, title, model, options: { ...options } };
          expect(parseScenario(scenarioDocument(scenario), 'x.json')).toEqual(scenario);
        },
      ),
    );
  });

  it('may leave out title and options', () => {
    const text = JSON.stringify({ schema: SCENARIO_SCHEMA, name: 'a', model: 'pure' });
    expect(parseScenario(text, 'x.json')).toEqual({ name: 'a', title: '', model: 'pure', options: {} });
  });
});

describe('the command line', () => {
  const document = (options: Record<string, unknown>) =>
    JSON.stringify({ schema: SCENARIO_SCHEMA, name: 'mine', title: 'Mine', model: 'erdos-renyi', options });

  it('overrides a scenario file, and what it does not name comes from there', async () => {
    const folder = temporaryFolder();
    const file = temporaryFile(
      folder,
      'mine.json',
      document({ peers: 80, meanDegree: '6', silent: 0.2, seed: 7, latency: 'constant:5' }),
    );
    const given = await crawlVirtually(file, join(folder, 'a'));
    expect(given.manifest).toMatchObject({
      seed: 7,
      options: { simulate: file, model: 'erdos-renyi', peers: 80, silent: 0.2, latency: 'constant:5' },
    });
    const set = await crawlVirtually(
      file,
      join(folder, 'b'),
      '--peers',
      '60',
      '--silent',
      '0',
      '--seed',
      '9',
    );
    expect(set.manifest).toMatchObject({ seed: 9, options: { peers: 60, silent: 0, meanDegree: 6 } });
    expect(set.score).toMatchObject({ total: 60, peersMissing: 0, linksMissing: 0 });
    const written = ['--mean-degree', '6', '--peers', '60', '--seed', '9', '--latency', 'constant:5'];
    await crawlVirtually('erdos-renyi', join(folder, 'c'), ...written);
    expect(bytes(join(folder, 'b'))).toEqual(bytes(join(folder, 'c')));
  });

  it('saves an experiment as a file that gives the same crawl, and never writes over one', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'experiment.json');
    const what = [
      '--peers',
      '120',
      '--busy',
      '0.2',
      '--refusing',
      '0.1',
      '--refusal-codes',
      '404',
      '--seed',
      '3',
    ];
    const save = ['simulate', 'quiet', ...what, '--save-scenario', file];
    expect(await peerscope(save)).toEqual({ code: 0, stdout: `scenario ${file}\n`, stderr: '' });
    const saved = readFileSync(file, 'utf8');
    expect(JSON.parse(saved)).toMatchObject({
      schema: SCENARIO_SCHEMA,
      name: 'quiet',
      model: 'two-tier',
      options: { peers: 120, busy: 0.2, refusing: 0.1, seed: 3 },
    });
    await crawlVirtually('quiet', join(folder, 'a'), ...what);
    await crawlVirtually(file, join(folder, 'b'));
    expect(bytes(join(folder, 'a'))).toEqual(bytes(join(folder, 'b')));
    expectFailure(await peerscope(save), 1, /experiment\.json exists already/);
    expect(readFileSync(file, 'utf8')).toBe(saved);
  });

  it('saves nothing that is impossible', async () => {
    const file = join(temporaryFolder(), 'none.json');
    const argv = ['simulate', 'quiet', '--silent', '2', '--save-scenario', file];
    expectFailure(await peerscope(argv), 2, /--silent must be a number from 0 to 1 \(it is "2"\)/);
    expect(existsSync(file)).toBe(false);
  });

  it('says in a sentence where a scenario cannot be saved', async () => {
    const file = join(temporaryFolder(), 'no', 'such', 'folder.json');
    expectFailure(
      await peerscope(['simulate', 'quiet', '--save-scenario', file]),
      1,
      /folder\.json cannot be written/,
    );
  });
});

describe('a bad scenario', () => {
  const withOptions = (options: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    JSON.stringify({ schema: SCENARIO_SCHEMA, name: 'x', model: 'two-tier', options, ...more });

  it.each<[string, string, number, RegExp]>([
    [
      'an unknown option',
      withOptions({ sillent: 0.1 }),
      3,
      /unknown option "sillent": did you mean silent\?/,
    ],
    ['an option of the command', withOptions({ out: 'x' }), 3, /unknown option "out"/],
    [
      'an option in kebab case',
      withOptions({ 'sybil-nets': 1 }),
      3,
      /"sybil-nets": did you mean sybilNets\?/,
    ],
    ['a list for a number', withOptions({ silent: [0.1, 0.2] }), 3, /--silent must be a number from 0 to 1/],
    ['a list of lists', withOptions({ lies: [[1]] }), 3, /is no scenario: options\.lies: /],
    ['nothing as an option', withOptions({ silent: null }), 3, /is no scenario: options\.silent: /],
    ['text for a number', withOptions({ peers: 'many' }), 3, /--peers must be a whole number.*"many"/],
    ['a flag for a number', withOptions({ peers: true }), 3, /--peers must be a whole number.*"true"/],
    [
      'a share above 1',
      withOptions({ silent: 1.1 }),
      3,
      /--silent must be a number from 0 to 1 \(it is "1\.1"\)/,
    ],
    [
      'a negative share',
      withOptions({ busy: -0.1 }),
      3,
      /--busy must be a number from 0 to 1 \(it is "-0\.1"\)/,
    ],
    [
      'shares that add up to more than 1',
      withOptions({ silent: 0.6, busy: 0.6 }),
      3,
      /add up to more than 1: silent 0\.6, busy 0\.6\nA peer behaves in one way only/,
    ],
    [
      'an unknown model',
      withOptions({}, { model: 'two-teir' }),
      3,
      /unknown model "two-teir": did you mean two-tier\?/,
    ],
    [
      'an option of another model',
      withOptions({ rewiring: 0.1 }),
      3,
      /the model two-tier has no option --rewiring/,
    ],
    ['no JSON', '{"schema": ', 3, /is no JSON document/],
    ['an empty file', '', 3, /is no JSON document/],
    ['a list', '[]', 3, /is no scenario: it: /],
    [
      'another schema',
      '{"schema": "peerscope/scenario/9"}',
      3,
      /is no scenario: schema: .*peerscope\/scenario\/1/,
    ],
    ['no model', JSON.stringify({ schema: SCENARIO_SCHEMA, name: 'x' }), 3, /is no scenario: model: /],
    ['an unknown key', withOptions({}, { sead: 1 }), 3, /is no scenario: it: .*sead/],
    [
      'a name that is none',
      withOptions({}, { name: 'Mein Netz' }),
      3,
      /name: must be a name of small letters/,
    ],
    ['an unknown law of sessions', withOptions({ churn: 'sometimes' }), 3, /unknown session law "sometimes"/],
    [
      'a law without sense',
      withOptions({ churn: 'weibull:0:40' }),
      3,
      /"0" in the session law .* is no number above 0/,
    ],
    [
      'an unknown lie',
      withOptions({ lying: 0.1, lies: 'fakes' }),
      3,
      /unknown lie "fakes": did you mean fake\?/,
    ],
    [
      'a status that is none',
      withOptions({ refusing: 0.1, refusalCodes: 'no' }),
      3,
      /--refusal-codes must be status codes/,
    ],
    [
      'a status that accepts',
      withOptions({ refusing: 0.1, refusalCodes: 200 }),
      2,
      /nobody refuses with the status 200/,
    ],
    ['an unknown delay', withOptions({ delay: 'long' }), 3, /unknown latency "long"/],
    ['an unknown latency', withOptions({ latency: 'long' }), 2, /unknown latency "long"/],
    [
      'too many nets',
      withOptions({ sybilNets: 257 }),
      3,
      /--sybil-nets must be a whole number from 0 to 256/,
    ],
    ['a seed that is none', withOptions({ seed: -1 }), 3, /--seed must be a whole number from 0/],
    [
      'too few peers',
      withOptions({ peers: 10 }, { model: 'hybrid' }),
      2,
      /10 peers cannot have degrees up to 20/,
    ],
  ])('with %s is one clear sentence, before anything starts', async (_, text, code, message) => {
    const folder = temporaryFolder();
    const file = temporaryFile(folder, 'x.json', text);
    const out = join(folder, 'snapshot');
    const run = await peerscope(['crawl', '--simulate', file, '--virtual', '--out', out]);
    expectFailure(run, code, message);
    expect(existsSync(out)).toBe(false);
  });

  it.each<[string, (folder: string) => string, RegExp]>([
    ['that is missing', (folder) => join(folder, 'none.json'), /the scenario .*none\.json does not exist/],
    ['that is a folder', (folder) => `${folder}/`, /the scenario .* cannot be read/],
  ])('%s is one clear sentence', async (_, file, message) => {
    expectFailure(await peerscope(['simulate', file(temporaryFolder())]), 3, message);
  });
});

describe('a trace of sessions', () => {
  it('is read where the scenario or the command line names it', async () => {
    const folder = temporaryFolder();
    const trace = temporaryFile(folder, 'lengths.csv', 'minutes\n1\n2\n3\n');
    const argv = ['--peers', '100', '--churn', `trace:${trace}`];
    await crawlVirtually('two-tier', join(folder, 'a'), ...argv);
    expect(readManifest(join(folder, 'a')).options).toMatchObject({ churn: `trace:${trace}` });
  });

  it.each<[string, string | undefined, RegExp]>([
    ['missing', undefined, /the trace .*t\.csv does not exist\nA trace is a CSV file/],
    ['empty', '', /t\.csv holds no session lengths/],
    ['without the column', 'a,b\n1,2\n', /needs a column "minutes"/],
    ['with a negative length', 'minutes\n5\n-1\n', /t\.csv line 3 has the session length "-1"/],
    ['with words', 'minutes\nlong\n', /line 2 has the session length "long"/],
    ['of sessions that are too short', 'minutes\n0.001\n', /less than a second on average/],
  ])('that is %s is one clear sentence', async (_, text, message) => {
    const folder = temporaryFolder();
    const trace = text === undefined ? join(folder, 't.csv') : temporaryFile(folder, 't.csv', text);
    const out = join(folder, 'snapshot');
    const argv = ['crawl', '--simulate', 'quiet', '--virtual', '--churn', `trace:${trace}`, '--out', out];
    expectFailure(await peerscope(argv), 3, message);
    expect(existsSync(out)).toBe(false);
  });
});
