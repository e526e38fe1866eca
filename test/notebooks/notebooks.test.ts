import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = `${root}notebooks/`;
const notebooks = readdirSync(folder).filter((name) => name.endsWith('.ipynb'));
const built = existsSync(`${root}dist/index.js`);

/** Words of each notebook's output that only come out if the thing was done. */
const TELLING_WORDS: Readonly<Record<string, readonly string[]>> = {
  '01-main-thread.ipynb': [
    // The moments of the two laws, computed by hand from the formulas (docs/models.md).
    '2.7976',
    '10.6425',
    '222 servents',
    'GNUTELLA CONNECT/0.6',
    '200 OK; outcome: ok',
    'The snapshot against the truth',
    'Degree distribution against the laws',
    'mentioned',
  ],
};

// The parts of nbformat 4.5 that a notebook here may have: https://nbformat.readthedocs.io, "The Notebook file format".
const text = z.union([z.string(), z.array(z.string())]);
const output = z.discriminatedUnion('output_type', [
  z.strictObject({ output_type: z.literal('stream'), name: z.enum(['stdout', 'stderr']), text }),
  z.strictObject({
    output_type: z.literal('display_data'),
    data: z.record(z.string(), z.unknown()),
    metadata: z.record(z.string(), z.unknown()),
  }),
]);
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
    execution_count: z.number().int().nullable(),
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

describe.each(notebooks)('notebook %s', (name) => {
  it('is nbformat 4 with unique cell ids, for the kernel jslab, and with no other metadata', () => {
    const ids = read(name).cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('stores what its cells printed, without errors and without paths of a machine', () => {
    const outputs = read(name).cells.flatMap((cell) => (cell.cell_type === 'code' ? cell.outputs : []));
    expect(outputs.length).toBeGreaterThan(0);
    expect(outputs.filter((entry) => entry.output_type === 'stream' && entry.name === 'stderr')).toEqual([]);
    // A path from the root in a text of its own: "/home/somebody", "C:\Users", "file:///"; not "CONNECT/0.6".
    expect(JSON.stringify(read(name))).not.toMatch(/(?<![\w.*)\]])\/[a-z]+\/[\w.-]|[A-Z]:\\\\|file:\/\//);
  });

  it('is one of those whose output is checked here', () => {
    expect(Object.keys(TELLING_WORDS)).toContain(name);
  });
});

describe.skipIf(!built)('the code cells, run as one program (skipped where dist/ is not built)', () => {
  it.each(notebooks)('%s runs to its end and prints what it is about', (name) => {
    const run = spawnSync(process.execPath, [`${folder}run.js`, folder + name], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
    for (const words of TELLING_WORDS[name] ?? []) expect(run.stdout).toContain(words);
  });

  it('run.js fails where a cell fails, and without a notebook', () => {
    expect(spawnSync(process.execPath, [`${folder}run.js`]).status).toBe(2);
    expect(spawnSync(process.execPath, [`${folder}run.js`, 'no-such-notebook.ipynb']).status).not.toBe(0);
  });
});
