import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { modelOptions } from '../../src/cli/option-lists.ts';
import { MODELS } from '../../src/models/index.ts';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFolder } from '../support/temporary.ts';

const CATALOGUE = fileURLToPath(new URL('../../datasets/catalogue.json', import.meta.url));
const HERE = process.cwd();

afterEach(() => {
  process.chdir(HERE);
});

async function documentOf(...argv: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await peerscope([...argv, '--format', 'json']);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('the name of a model as INPUT', () => {
  it('is not the name of a dataset', () => {
    const { datasets } = JSON.parse(readFileSync(CATALOGUE, 'utf8')) as { datasets: { name: string }[] };
    const names = datasets.map(({ name }) => name.toLowerCase());
    expect(MODELS.filter(({ name }) => names.includes(name))).toEqual([]);
  });

  it('is the topology that generate writes of the same options and seed', async () => {
    const file = join(temporaryFolder(), 'overlay.txt');
    const options = ['--peers', '300', '--neighbours', '8', '--seed', '5'];
    await peerscope(['generate', 'watts-strogatz', ...options, '--out', file]);
    const only = ['--only', 'degree,components', '--seed', '5'];
    const [model, written] = await Promise.all([
      documentOf('analyze', 'watts-strogatz', ...options, ...only.slice(0, 2)),
      documentOf('analyze', file, ...only),
    ]);
    expect(model['analyses']).toEqual(written['analyses']);
    expect(model).toMatchObject({ input: 'watts-strogatz', digests: {} });
    expect(JSON.stringify(model)).toContain(
      'The topology that peerscope generate watts-strogatz --peers 300 --neighbours 8 --seed 5 makes.',
    );
  });

  it('is what a search takes place on', async () => {
    const document = await documentOf('search', 'star', '--peers', '9', '--source', '1', '--ttl', '2');
    // From a leaf to the server, and from there to the eight other leaves.
    expect(document).toMatchObject({ input: 'star', result: { messages: 9, reached: 9, duplicates: 0 } });
  });

  it('stands among other inputs, to which its options mean nothing', async () => {
    const file = join(temporaryFolder(), 'links.txt');
    writeFileSync(file, '1 2\n2 3\n');
    const documents = await documentOf('analyze', file, 'ring', '--peers', '7', '--only', 'summary');
    expect(documents).toMatchObject([
      { analyses: { summary: { nodes: 3 } } },
      { analyses: { summary: { nodes: 7 } } },
    ]);
  });

  it('gives way to a file of that name, and not to any folder', async () => {
    process.chdir(temporaryFolder());
    writeFileSync('ring', '1 2\n2 3\n');
    mkdirSync('star');
    expect(await documentOf('analyze', 'ring', '--only', 'summary')).toMatchObject({
      analyses: { summary: { nodes: 3 } },
    });
    expect(await documentOf('analyze', 'star', '--only', 'summary')).toMatchObject({
      analyses: { summary: { nodes: 223 } },
    });
    const { stderr } = await peerscope(['analyze', 'ring', '--peers', '7']);
    expect(stderr).toContain('--peers is for models, and ring is none\nWhat there is a file');
  });

  it.each([
    [['analyze', 'two-teir'], 3, 'dataset or model "two-teir"\nDid you mean the model two-tier?'],
    [
      ['search', 'p2p-Gnutela08'],
      3,
      'dataset or model "p2p-Gnutela08"\nDid you mean the dataset p2p-Gnutella08?',
    ],
    [['search', 'zzzzzz'], 3, 'model "zzzzzz"\nA path has a slash or an extension.'],
    [['analyze', '-', '--peers', '9'], 2, '--peers is for models, and - is none'],
    [['search', '-', '--superpeer-degree', '9'], 2, '--superpeer-degree is for models, and - is none'],
    [['analyze', 'star', '--rewiring', '.1'], 2, 'the model star has no option --rewiring'],
    [['analyze', 'star', '--peers', 'many'], 2, '--peers must be a whole number'],
    [['analyze', 'star', '--directed'], 2, '--directed is of no use: the model star says itself'],
    [['analyze', 'star', '--source', 'a'], 2, '--source and --target are for CSV, and star is a model'],
    [['search', 'kademlia', '--peers', '1'], 2, '--peers must be a whole number from 2'],
    [['search', 'chord', '--peers', '5', '--successors', '9'], 2, '5 peers cannot have 9 neighbours'],
  ] as const)('%j is refused', async (argv, code, message) => {
    const run = await peerscope(argv, { stdin: '1 2\n' });
    expectFailure(run, code, /^/);
    expect(run.stderr).toContain(message);
  });
});

describe('commands that take a model as INPUT', () => {
  it.each(['analyze', 'search'])(
    '%s has the options of models, and none of its own by their names',
    (name) => {
      const command = COMMANDS.find(({ usage }) => usage.split(' ')[0] === name);
      expect(command?.options).toMatchObject(modelOptions);
    },
  );
});
