import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Figure, FigureFiles, FigureOptions } from '../../../src/reports/figures/figure.ts';
import { crawlForFigure } from '../../../src/cli/figure-crawl.ts';
import { QUIET_LAYOUT } from '../../../src/topology/layout.ts';
import { FIGURES } from '../../../src/reports/figures/index.ts';

const figure = (id: string): Figure => {
  const found = FIGURES.find((candidate) => candidate.id === id);
  if (found === undefined) throw new RangeError(id);
  return found;
};
const options = (seed: number): FigureOptions => ({
  seed,
  crawl: async () => ({ name: 'a simulated overlay', ...(await crawlForFigure(seed)) }),
  layout: QUIET_LAYOUT,
});
/** Figures of given numbers, and of a fixed example: the seed changes nothing. */
const FIXED = ['setiathome', 'napster', 'abilene', 'ipoque-2007', 'flooding'];
const records = (csv: string | undefined): Record<string, string>[] => parse(csv ?? '', { columns: true });
const numbers = (csv: string | undefined, column: string) => records(csv).map((row) => Number(row[column]));
/** The names of all elements, opened and closed in the right order; undefined where they are not. */
function elementsOf(svg: string): string[] | undefined {
  const open: string[] = [];
  const names: string[] = [];
  for (const [, closing, name = '', empty] of svg.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/gi)) {
    if (closing === '/') {
      if (open.pop() !== name) return undefined;
      continue;
    }
    names.push(name);
    if (empty !== '/') open.push(name);
  }
  return open.length === 0 ? names : undefined;
}

describe.each(FIGURES.map(({ id }) => id))('the figure %s', (id) => {
  let files: FigureFiles = {};
  beforeAll(async () => {
    files = await figure(id).draw(options(1));
  });

  it('has a picture, numbers and a caption, all named after it', () => {
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining([`${id}.svg`, `${id}.csv`, `${id}.caption.txt`]),
    );
    for (const [name, content] of Object.entries(files)) {
      expect(name.startsWith(id)).toBe(true);
      expect(content).not.toBe('');
    }
  });

  it('has the same bytes for the same seed, others for another unless it has no chance in it', async () => {
    expect(await figure(id).draw(options(1))).toEqual(files);
    const other = await figure(id).draw(options(2));
    if (FIXED.includes(id) || id.startsWith('routing-')) expect(other).toEqual(files);
    else expect(other[`${id}.svg`]).not.toBe(files[`${id}.svg`]);
  });

  it('is a well-formed SVG file with title and description', () => {
    const svg = files[`${id}.svg`] ?? '';
    expect(svg).not.toMatch(/[\0-\x08\x0B-\x1F\x7F]/);
    expect(svg).not.toMatch(/NaN|Infinity|undefined|&(?!#\d+;|amp;|lt;|gt;|quot;|apos;)/);
    const names = elementsOf(svg);
    expect(names?.slice(0, 3)).toEqual(['svg', 'title', 'desc']);
  });

  it('says in the caption which slide it is after, and its grade', () => {
    const { slide, grade } = figure(id);
    expect(files[`${id}.caption.txt`]).toContain(`After the slide "${slide}". Grade: ${grade} (`);
  });
});

describe('the figures of the degree laws', () => {
  // reference: the probabilities were summed up independently of this code, to six digits.
  const PURE = [0.502674, 0.190478, 0.107973, 0.072178, 0.052811, 0.040914, 0.032972];
  let pure: FigureFiles = {};
  let hybrid: FigureFiles = {};
  beforeAll(async () => {
    pure = await figure('pure-law').draw(options(1));
    hybrid = await figure('hybrid-law').draw(options(1));
  });

  it('have the probabilities of the lecture', () => {
    const degrees = numbers(pure['pure-law.csv'], 'degree');
    const law = new Map(numbers(pure['pure-law.csv'], 'probability').map((p, i) => [degrees[i], p]));
    PURE.forEach((p, i) => {
      expect(law.get(i + 1)).toBeCloseTo(p, 6);
    });
    const rows = records(hybrid['hybrid-law.csv']);
    const at = (degree: string) => Number(rows.find((row) => row['degree'] === degree)?.['probability']);
    expect(at('1')).toBeCloseTo(0.4649, 4);
    expect(at('20')).toBeCloseTo(0.0257, 4);
    expect(at('13')).not.toBeGreaterThan(0);
  });

  it.each(['probability', 'drawn_share', 'realised_share'])('have a %s that adds up to 1', (column) => {
    for (const csv of [pure['pure-law.csv'], hybrid['hybrid-law.csv']])
      expect(numbers(csv, column).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it('lose links between drawn and realised degrees, never win any', () => {
    const links = (column: string) =>
      records(hybrid['hybrid-law.csv']).reduce(
        (sum, row) => sum + Number(row['degree']) * Number(row[column]),
        0,
      );
    expect(links('realised_peers')).toBeLessThan(links('drawn_peers'));
  });

  it('say in the caption what the formula gives, and that the stated "var" is none', () => {
    const caption = pure['pure-law.caption.txt'] ?? '';
    for (const text of [
      'average 2.2',
      '1.63',
      '2.2366',
      '2.7976',
      '2.80',
      '1.67',
      'does not',
      'standard deviation',
    ])
      expect(caption).toContain(text);
    const other = hybrid['hybrid-law.caption.txt'] ?? '';
    for (const text of ['average 2.8', '3.55', '2.7557', '10.64', '3.26', '0.514867'])
      expect(other).toContain(text);
  });

  it('say which reading of the hybrid formula ran, and what the others would give', () => {
    const caption = hybrid['hybrid-law.caption.txt'] ?? '';
    expect(caption).toContain('Reading B ran');
    expect(caption).toMatch(/reading A, .* mean 2\.7141, variance 10\.4618, standard deviation 3\.2345/);
    expect(caption).toMatch(/reading C, .* mean 3\.1866, variance 17\.5956, standard deviation 4\.1947/);
  });

  it('have a specification that holds the data of the chart', () => {
    const specification: unknown = JSON.parse(pure['pure-law.vl.json'] ?? '');
    expect(specification).toMatchObject({
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      data: {
        values: expect.arrayContaining([
          expect.objectContaining({ series: 'Law p(d)', degree: 7 }),
        ]) as unknown,
      },
    });
  });

  it('chart each series in a shape of its own', () => {
    for (const name of ['Law p(d)', 'Drawn degrees', 'Realised degrees'])
      expect(pure['pure-law.svg']).toContain(`>${name}<`);
    expect(JSON.parse(pure['pure-law.vl.json'] ?? '')).toMatchObject({
      hconcat: [{ layer: expect.anything() as unknown }, { layer: expect.anything() as unknown }],
    });
    expect(pure['pure-law.vl.json']).toContain('"triangle-up"');
  });
});

describe('the figures of the sample graphs', () => {
  let files: FigureFiles = {};
  beforeAll(async () => {
    files = {
      ...(await figure('pure-graph').draw(options(1))),
      ...(await figure('hybrid-graph').draw(options(1))),
    };
  });

  it.each(['pure', 'hybrid'])('%s: have a row for each of the 222 peers', (model) => {
    const rows = records(files[`${model}-graph.csv`]);
    expect(Object.keys(rows[0] ?? {})).toEqual(['id', 'x', 'y', 'degree', 'component', 'role']);
    expect(new Set(rows.map((row) => row['id'])).size).toBe(222);
    expect(files[`${model}-graph.svg`]?.match(/<title>(super)?peer \d/g)).toHaveLength(222);
  });

  it.each(['pure', 'hybrid'])(
    '%s: have links that make up the degrees and stay inside of components',
    (model) => {
      const rows = records(files[`${model}-graph.csv`]);
      const component = new Map(rows.map((row) => [row['id'], row['component']]));
      const ends = records(files[`${model}-graph-links.csv`]).map((row) => [row['source'], row['target']]);
      for (const [source, target] of ends) expect(component.get(source)).toBe(component.get(target));
      for (const { id, degree } of rows)
        expect(ends.flat().filter((end) => end === id)).toHaveLength(Number(degree));
      const sizes = [...new Set(component.values())].map(
        (which) => rows.filter((row) => row['component'] === which).length,
      );
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    },
  );

  it('name the two kinds of components as the slide does', () => {
    for (const label of ['>Major component<', '>Separate sub networks<'])
      expect(files['pure-graph.svg']).toContain(label);
  });

  it('draw superpeers as diamonds, where the model has any', () => {
    const superpeers = records(files['hybrid-graph.csv']).filter((row) => row['role'] === 'superpeer').length;
    expect(superpeers).toBeGreaterThan(0);
    expect(files['hybrid-graph.svg']?.match(/<polygon /g)).toHaveLength(superpeers + 1);
    expect(files['pure-graph.svg']).not.toContain('<polygon');
    expect(records(files['pure-graph.csv']).every((row) => row['role'] === '')).toBe(true);
  });
});

describe('the figures of routing', () => {
  it.each(['centralized', 'pure', 'hybrid'])(
    '%s: have the chart as text and as Mermaid too',
    async (name) => {
      const files = await figure(`routing-${name}`).draw(options(1));
      expect(files[`routing-${name}.mmd`]).toMatch(/^sequenceDiagram\n/);
      expect(files[`routing-${name}.txt`]).toContain('out of band');
      const rows = records(files[`routing-${name}.csv`]);
      const drawn = rows.filter((row) => row['drawn'] === 'true');
      const arrows = files[`routing-${name}.mmd`]?.match(/->>|-x/g)?.length ?? 0;
      expect(drawn.length).toBeGreaterThanOrEqual(arrows);
    },
  );
});
