import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { findDataset, readCatalogue, type DatasetPlaces } from '../../src/formats/datasets.ts';
import { readInput } from '../../src/formats/input.ts';
import { PeerscopeError } from '../../src/core/errors.ts';
import { errorOf, namedLinks, sourcesOf, temporaryFolder } from './support.ts';

const shipped = fileURLToPath(new URL('../../datasets/catalogue.json', import.meta.url));
const snap = fileURLToPath(new URL('../../../shared/data/snap/', import.meta.url));

const CONTENT = gzipSync('# Directed\n1 2\n2 3\n');

/** A catalogue of one dataset, and two folders of which the second holds its file. */
function places(content: Uint8Array = CONTENT): DatasetPlaces & { folders: string[] } {
  const root = temporaryFolder();
  const folders = ['first', 'second'].map((name) => join(root, name));
  for (const folder of folders) mkdirSync(folder);
  writeFileSync(join(folders[1]!, 'Tiny.txt.gz'), content);
  const catalogue = join(root, 'catalogue.json');
  const dataset = {
    ...{
      name: 'Tiny-Overlay',
      title: 'Tiny',
      file: 'Tiny.txt.gz',
      bytes: CONTENT.length,
      origin: 'https://example.org/tiny',
      licence: '',
    },
    ...{ citation: '', published: { nodes: 3 }, publishedStatus: '' },
    sha256: createHash('sha256').update(CONTENT).digest('hex'),
  };
  writeFileSync(catalogue, JSON.stringify({ schema: 'peerscope/catalogue/1', datasets: [dataset] }));
  return { catalogue, folders };
}

function failure(action: () => unknown): PeerscopeError {
  try {
    action();
  } catch (error) {
    if (error instanceof PeerscopeError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('a dataset', () => {
  it('is found by its name, in any case, in the folders of the user', async () => {
    for (const name of ['Tiny-Overlay', 'tiny-overlay']) {
      const { topology } = await readInput(name, { ...sourcesOf(), ...places() }, {});
      expect(namedLinks(topology)).toEqual(['1-2', '2-3']);
    }
  });

  it('is taken from the first folder that has it', () => {
    const { catalogue, folders } = places();
    writeFileSync(join(folders[0]!, 'Tiny.txt.gz'), CONTENT);
    expect(findDataset('Tiny-Overlay', { catalogue, folders })).toBe(join(folders[0]!, 'Tiny.txt.gz'));
  });

  it('with another checksum is refused, with both', () => {
    const other = gzipSync('1 2\n');
    const error = failure(() => findDataset('Tiny-Overlay', places(other)));
    expect(error.kind).toBe('bad-input');
    for (const content of [other, CONTENT])
      expect(error.message).toContain(createHash('sha256').update(content).digest('hex'));
    expect(error.message).toMatch(/second.Tiny\.txt\.gz is not the published Tiny\.txt\.gz/);
  });

  it('that is not on this machine is named with the way to get it', () => {
    const { catalogue } = places();
    for (const folders of [[], [temporaryFolder()], ['no-such-folder']]) {
      expect(failure(() => findDataset('tiny-overlay', { catalogue, folders }))).toMatchObject({
        kind: 'bad-input',
        message: 'the dataset Tiny-Overlay is not on this machine',
        hint: 'peerscope dataset fetch Tiny-Overlay gets it from https://example.org/tiny; or name a folder that has Tiny.txt.gz in PEERSCOPE_DATASETS.',
      });
    }
  });

  it.each([
    ['Tiny-Overly', 'Did you mean the dataset Tiny-Overlay?'],
    ['tinyoverlay', 'Did you mean the dataset Tiny-Overlay?'],
    ['something-else', 'A path has a slash or an extension.'],
  ])('"%s" that nobody knows is an error with the hint "%s"', async (name, hint) => {
    const error = await errorOf(readInput(name, { ...sourcesOf(), ...places() }, {}));
    expect(error).toMatchObject({
      kind: 'bad-input',
      hint,
      message: `there is no file, snapshot or dataset "${name}"`,
    });
  });

  it('is never looked for where the input is a path', async () => {
    for (const path of ['./Tiny-Overlay', 'Tiny-Overlay.txt'])
      expect((await errorOf(readInput(path, { ...sourcesOf(), ...places() }, {}))).message).toBe(
        `${path} does not exist`,
      );
  });
});

describe('the catalogue', () => {
  it('names the nine Gnutella snapshots, each with checksum, origin, and what its published figures are worth', () => {
    const datasets = readCatalogue(shipped);
    const names = ['04', '05', '06', '08', '09', '24', '25', '30', '31'].map((day) => `p2p-Gnutella${day}`);
    expect(datasets.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    for (const { sha256, origin, file, publishedStatus } of datasets) {
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(origin).toMatch(/^https:\/\//);
      expect(file).not.toMatch(/[/\\]/);
      expect(publishedStatus).not.toBe('');
    }
  });

  it.skipIf(!existsSync(snap))(
    'has the checksums of the published files (skipped where ../shared is absent)',
    () => {
      for (const { name, file } of readCatalogue(shipped).filter((dataset) =>
        dataset.name.startsWith('p2p-Gnutella'),
      ))
        expect(findDataset(name, { catalogue: shipped, folders: [snap] })).toBe(join(snap, file));
    },
  );
});
