import { describe, expect, it } from 'vitest';
import { kebabCase } from '../../src/cli/arguments.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { modelArguments } from '../../src/cli/model-arguments.ts';
import { MODELS } from '../../src/models/index.ts';
import { temporaryFile, temporaryFolder } from '../support/temporary.ts';

describe('the options of models', () => {
  it.each(MODELS.flatMap((model) => model.options.map((option) => [model.name, kebabCase(option)] as const)))(
    'of %s stand in help: --%s',
    (_, option) => {
      const simulate = COMMANDS.find(({ usage }) => usage.startsWith('simulate'));
      expect(Object.keys(simulate?.options ?? {})).toContain(option);
    },
  );

  it('become numbers, under the names that models know', () => {
    const options = (model: string, raw: Record<string, string>) => modelArguments(model, raw).modelOptions;
    expect(options('watts-strogatz', { neighbours: '6', rewiring: '.25' })).toMatchObject({
      neighbours: 6,
      rewiring: 0.25,
    });
    expect(options('power-law-random-graph', { exponent: '2.3', maxDegree: '50' })).toMatchObject({
      exponent: 2.3,
      maxDegree: 50,
    });
    expect(options('two-tier', { superpeersPerLeaf: '1-3', superpeerDegreeCap: '32' })).toMatchObject({
      superpeersPerLeaf: { least: 1, most: 3 },
      superpeerDegreeCap: 32,
    });
    expect(options('two-tier', { uptimeBias: '.7' }).uptimeBias).toBe(0.7);
    expect(options('two-tier', { superpeersPerLeaf: '2' }).superpeersPerLeaf).toBe(2);
  });

  it.each(['3-1', '0-2', '1-', '-3', '1-2-3', 'x', '1-9999'])('refuse %s superpeers of a leaf', (given) => {
    expect(() => modelArguments('two-tier', { superpeersPerLeaf: given })).toThrow(
      /^--superpeers-per-leaf must be a whole number from 1 to 1000, or a range of them such as 1-3/,
    );
  });

  it('are refused where the model does not heed them', () => {
    expect(() => modelArguments('star', { meanDegree: '3' })).toThrow(
      'the model star has no option --mean-degree',
    );
  });
});

describe('--law', () => {
  it('is the name of a law, or a CSV file that is read', () => {
    expect(modelArguments('configuration', { law: 'power-law:1-32:1.4' }).modelOptions.law).toBe(
      'power-law:1-32:1.4',
    );
    const file = temporaryFile(temporaryFolder(), 'law.csv', 'degree,count\n1,3\n2,1\n');
    expect(modelArguments('configuration', { law: file }).modelOptions.law).toEqual({
      name: file,
      degrees: [1, 2],
      probabilities: [0.75, 0.25],
    });
  });

  it('of a file that does not exist is bad input', () => {
    expect(() => modelArguments('configuration', { law: 'no-such-law.csv' })).toThrow(
      expect.objectContaining({ kind: 'bad-input', message: 'the law no-such-law.csv does not exist' }),
    );
  });
});
