import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = `${root}notebooks/`;
const notebooks = readdirSync(folder).filter((name) => name.endsWith('.ipynb'));
const built = existsSync(`${root}dist/index.js`);
/** Where SNAP's snapshots of Gnutella lie, which only notebook 6 reads. */
const datasets = fileURLToPath(new URL('../../../shared/data/snap/', import.meta.url));

/** Words that a notebook only prints if it has done what it is about. */
const TELLING_WORDS: Readonly<Record<string, readonly string[]>> = {
  '01-paradigms.ipynb': ['A query among 3,000 peers', 'Success after failures, 3,000 peers'],
  '02-crawl.ipynb': ['222 servents', 'GNUTELLA CONNECT/0.6', '200 OK; outcome: ok', 'mentioned'],
  // The moments of the two laws, computed by hand from the formulas (docs/models.md).
  '03-degree-laws.ipynb': ['2.7976', '10.6425', 'hybrid: Agrees with the law'],
  '04-superpeers.ipynb': ['Share of the remaining peers in the largest piece', 'leaf-adjacency'],
  // The six peers by hand (docs/search.md): 9 messages, 5 reached, 4 duplicates.
  '05-search-load.ipynb': ['  3         9        5           4\n', '200 searches, means'],
  '06-crawl-of-2002.ipynb': ['Marks of our own crawl', 'For a degree fit: artefact.'],
};

// The parts of nbformat 4.5 that a notebook here may have: https://nbformat.readthedocs.io, "The Notebook file format".
const text = z.union([z.string(), z.array(z.string())]);
/** Stored are figures and nothing else. */
const output = z.strictObject({
  output_type: z.literal('display_data'),
  data: z.union([z.strictObject({ 'image/svg+xml': text }), z.strictObject({ 'image/png': text })]),
  metadata: z.strictObject({}),
});
const cellId = z.string().regex(/^[a-zA-Z0-9-_]{1,64}$/);
const cell = z.discriminatedUnion('cell_type', [
  z.strictObject({
    cell_type: z.literal('markdown'),
    id: cellId,
    metadata: z.strictObject({}),
    source: text,
  }),
  z.strictObject({
    cell_type: z.literal('code'),
    id: cellId,
    // Empty: times and machine settings do not belong into the repository.
    metadata: z.strictObject({}),
    execution_count: z.null(),
    outputs: z.array(output),
    source: text,
  }),
]);
const notebook = z.strictObject({
  nbformat: z.literal(4),
  nbformat_minor: z.number().int().min(5),
  metadata: z.strictObject({
    kernelspec: z.strictObject({
      display_name: z.literal('JavaScript'),
      language: z.literal('javascript'),
      name: z.literal('jslab'),
    }),
    language_info: z.strictObject({
      name: z.literal('javascript'),
      file_extension: z.string(),
      mimetype: z.string(),
      version: z.string().optional(),
    }),
  }),
  cells: z.array(cell).min(1),
});

const read = (name: string) => notebook.parse(JSON.parse(readFileSync(folder + name, 'utf8')));

/** Figures stay small enough to be read in a diff's list of files. */
const LARGEST_FIGURE = 100_000;

const joined = (source: z.infer<typeof text>) => [source].flat().join('');
const figuresOf = (name: string) =>
  read(name).cells.flatMap((cell) => (cell.cell_type === 'code' ? cell.outputs : []));

/** The numbers in bold of the text, which a cell has to print: `**2.7976**`. */
function numbersInBold(name: string): string[] {
  const words = read(name).cells.map((cell) => (cell.cell_type === 'markdown' ? joined(cell.source) : ''));
  return Array.from(words.join('\n').matchAll(/\*\*([\d.,]*\d)\*\*/g), ([, number = '']) => number);
}

describe.each(notebooks)('notebook %s', (name) => {
  it('is nbformat 4 with unique cell ids, for the kernel jslab, and with no other metadata', () => {
    const ids = read(name).cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('stores small figures and no other output, and no paths of a machine', () => {
    const figures = figuresOf(name);
    expect(figures.length).toBeGreaterThan(0);
    for (const figure of figures) expect(JSON.stringify(figure).length).toBeLessThan(LARGEST_FIGURE);
    // A path from the root in a text of its own: "/home/somebody", "C:\\Users", "file:///"; not "CONNECT/0.6" or "</g>".
    expect(JSON.stringify(read(name))).not.toMatch(/(?<![\w.*)\]<])\/[a-z]+\/[\w.-]|[A-Z]:\\\\|file:\/\//);
  });

  it('asks a question, and has exercises at its end', () => {
    const words = read(name).cells.map(({ source }) => joined(source));
    expect(words[0]).toContain('**Question.**');
    expect(words.at(-1)).toContain('## Exercises');
  });

  it('is one of those whose output is checked here', () => {
    expect(Object.keys(TELLING_WORDS)).toContain(name);
  });
});

describe.skipIf(!built)('the code cells, run as one program (skipped where dist/ is not built)', () => {
  const run = (name: string, env: Record<string, string> = {}) =>
    spawnSync(process.execPath, [`${folder}run.js`, folder + name], {
      encoding: 'utf8',
      env: { ...process.env, PEERSCOPE_DATASETS: '', ...env },
    });

  it.each(notebooks)('%s runs to its end and prints what it is about', (name) => {
    const { stderr, status, stdout } = run(name);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    for (const words of [...(TELLING_WORDS[name] ?? []), ...numbersInBold(name)])
      expect(stdout).toContain(words);
  });

  it('notebook 6 says how to get its data where they are not there', () => {
    expect(run('06-crawl-of-2002.ipynb').stdout).toContain(
      'peerscope dataset fetch p2p-Gnutella08 gets it from https://snap.stanford.edu',
    );
  });

  // The counts of the snapshot are SNAP's own; of its marks docs/audit.md has the same shares.
  it.skipIf(!existsSync(datasets))(
    'notebook 6 finds the marks of 2002 (skipped where ../shared is absent)',
    () => {
      const { stdout, stderr } = run('06-crawl-of-2002.ipynb', { PEERSCOPE_DATASETS: datasets });
      expect(stderr).toBe('');
      expect(stdout).toContain('p2p-Gnutella08: 6301 peers, 20777 links');
      for (const share of ['0.609', '0.621', '0.011']) expect(stdout).toContain(share);
    },
  );

  it('run.js fails where a cell fails, and without a notebook', () => {
    expect(spawnSync(process.execPath, [`${folder}run.js`]).status).toBe(2);
    expect(spawnSync(process.execPath, [`${folder}run.js`, 'no-such-notebook.ipynb']).status).not.toBe(0);
  });
});

/** Milliseconds: they take half a minute, but tests of other files run at the same time. */
const PATIENCE = 400_000;

const tslab = `${folder}node_modules/.bin/tslab`;
const jupyterMissing = spawnSync('jupyter-nbconvert', ['--version']).status !== 0;
const missing = [
  ...(built ? [] : ['dist/ is not built']),
  ...(jupyterMissing ? ['jupyter-nbconvert is not installed'] : []),
  ...(existsSync(tslab) ? [] : ['the kernel is not installed: npm ci --prefix notebooks']),
];

describe.skipIf(missing.length > 0)(
  `the notebooks in Jupyter (${missing.join('; ') || 'all is there'})`,
  () => {
    let place = '';

    // One process for all of them: it takes as long to begin as a notebook to run.
    beforeAll(() => {
      place = mkdtempSync(join(tmpdir(), 'peerscope-test-'));
      const kernel = join(place, 'kernels', 'jslab');
      mkdirSync(kernel, { recursive: true });
      const argv = [tslab, 'kernel', '--js', '--config-path', '{connection_file}'];
      const spec = { argv, display_name: 'JavaScript', language: 'javascript' };
      writeFileSync(join(kernel, 'kernel.json'), JSON.stringify(spec));
      const how = [
        '--to',
        'notebook',
        '--execute',
        '--allow-errors',
        '--log-level',
        'ERROR',
        '--output-dir',
        place,
      ];
      const { stderr, status } = spawnSync(
        'jupyter-nbconvert',
        [...how, ...notebooks.map((name) => folder + name)],
        {
          encoding: 'utf8',
          env: {
            ...process.env,
            JUPYTER_PATH: place,
            JUPYTER_RUNTIME_DIR: place,
            PEERSCOPE_DATASETS: datasets,
          },
        },
      );
      expect(status, stderr).toBe(0);
    }, PATIENCE);

    afterAll(() => {
      rmSync(place, { recursive: true, force: true });
    });

    it.each(notebooks)('%s runs from top to bottom, and draws the figures that it stores', (name) => {
      const executed = executedSchema.parse(JSON.parse(readFileSync(join(place, name), 'utf8')));
      const outputs = executed.cells.flatMap((cell) => cell.outputs ?? []);
      const wrong = outputs.filter((one) => one.output_type === 'error' || one.name === 'stderr');
      expect(wrong).toEqual([]);
      const titles = (figures: readonly unknown[]) =>
        figures.map((figure) => /<title>(.*?)<\/title>/.exec(JSON.stringify(figure))?.[1]);
      const drawn = titles(outputs.filter(({ output_type }) => output_type === 'display_data'));
      // Without its data notebook 6 draws fewer.
      if (existsSync(datasets) || !name.startsWith('06')) expect(drawn).toEqual(titles(figuresOf(name)));
    });
  },
);

/** What is looked at in a notebook that has run. */
const executedSchema = z.object({
  cells: z.array(
    z.object({
      outputs: z
        .array(
          z.object({ output_type: z.string(), name: z.string().optional(), data: z.unknown().optional() }),
        )
        .optional(),
    }),
  ),
});
