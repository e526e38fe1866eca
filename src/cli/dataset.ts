import { join } from 'node:path';
import * as z from 'zod';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import type { Table } from '../core/table.ts';
import { datasetNamed, pathOfDataset, readCatalogue, type Dataset } from '../formats/datasets.ts';
import { fetchDataset, type Fetched } from '../formats/fetch-dataset.ts';
import { FORMATS } from '../reports/format.ts';
import { formatTables, type TablesReport } from '../reports/format-tables.ts';
import { flag, oneOf, parseArguments, realNumber, text, type RawArguments } from './arguments.ts';
import { datasetCache, datasetFolders, type CliContext } from './context.ts';
import { print } from './print.ts';
import { statusLine } from './progress.ts';

const ACTIONS = ['list', 'show', 'fetch'] as const;

const schema = z.object({
  action: oneOf(ACTIONS, 'action'),
  name: z.array(text).default([]),
  all: flag.default(false),
  from: text.optional(),
  timeout: realNumber(0.001, 86_400).default(30),
  format: oneOf(FORMATS, 'format').optional(),
});

type Arguments = z.infer<typeof schema>;

/** Lists the datasets that are known by name, shows what is known of one, or gets them onto this machine. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  const datasets = readCatalogue(join(context.packageDir, 'datasets', 'catalogue.json'));
  if (args.action !== 'fetch' && (args.all || args.from !== undefined)) {
    throw new PeerscopeError('usage', `--${args.all ? 'all' : 'from'} is for dataset fetch`);
  }
  const report = await REPORTS[args.action](args, datasets, context);
  await print(context, args.format, (...how) => formatTables(report, ...how));
  return EXIT_CODES.ok;
}

const REPORTS: Readonly<
  Record<
    (typeof ACTIONS)[number],
    (
      args: Arguments,
      datasets: readonly Dataset[],
      context: CliContext,
    ) => TablesReport | Promise<TablesReport>
  >
> = { list, show, fetch };

function list({ name }: Arguments, datasets: readonly Dataset[], context: CliContext): TablesReport {
  if (name.length > 0) {
    throw new PeerscopeError('usage', 'dataset list lists all of them', {
      hint: `peerscope dataset show ${name.join(' ')}`,
    });
  }
  const folders = datasetFolders(context);
  const entries = datasets.map((dataset) => ({ dataset, path: pathOfDataset(dataset, folders) ?? null }));
  const table: Table = {
    name: 'datasets',
    title: 'Datasets',
    columns: [{ name: 'name' }, { name: 'bytes' }, { name: 'here' }, { name: 'title' }],
    rows: entries.map(({ dataset, path }) => [dataset.name, dataset.bytes, path !== null, dataset.title]),
    notes: ['peerscope dataset show NAME tells more of one; peerscope dataset fetch NAME gets it.'],
  };
  return {
    tables: [table],
    document: {
      schema: 'peerscope/dataset-list/1',
      datasets: entries.map(({ dataset, path }) => ({ ...dataset, path })),
    },
  };
}

function show({ name }: Arguments, datasets: readonly Dataset[], context: CliContext): TablesReport {
  const [wanted, another] = name;
  if (wanted === undefined || another !== undefined) {
    throw new PeerscopeError('usage', 'dataset show needs the name of one dataset', {
      hint: 'peerscope dataset list names them.',
    });
  }
  const dataset = datasetNamed(wanted, datasets);
  const path = pathOfDataset(dataset, datasetFolders(context)) ?? null;
  const { published, publishedStatus, title, ...facts } = dataset;
  const about: Table = {
    name: 'dataset',
    title,
    columns: [{ name: 'property' }, { name: 'value' }],
    rows: [
      ...Object.entries(facts).map(([property, value]) => [property, String(value)]),
      ['path', path ?? `not on this machine: peerscope dataset fetch ${dataset.name} gets it`],
    ],
    notes: [],
  };
  const figures: Table = {
    name: 'published',
    title: "The publisher's figures",
    columns: [{ name: 'statistic' }, { name: 'published' }],
    rows: Object.entries(published),
    notes: [`Figures: ${publishedStatus}. peerscope analyze ${dataset.name} --table snap measures them.`],
  };
  return {
    tables: [about, figures],
    document: { schema: 'peerscope/dataset/1', ...dataset, path },
  };
}

async function fetch(
  args: Arguments,
  datasets: readonly Dataset[],
  context: CliContext,
): Promise<TablesReport> {
  const { name: names, all, from, timeout } = args;
  if (all === names.length > 0) {
    throw new PeerscopeError('usage', 'dataset fetch needs the names of datasets, or --all', {
      hint: 'peerscope dataset list names them.',
    });
  }
  const wanted = all ? datasets : names.map((name) => datasetNamed(name, datasets));
  const status = statusLine(context.stderr, context.monotonic);
  const fetched: (Fetched & { readonly dataset: Dataset })[] = [];
  try {
    for (const dataset of new Set(wanted)) {
      const result = await fetchDataset(dataset, {
        from,
        into: datasetCache(context),
        folders: datasetFolders(context),
        silence: 1000 * timeout,
        progress: (place, bytes) => {
          // Whoever waits is told first whom this asks.
          if (bytes === 0 && context.stderr.isTTY) {
            status.clear();
            context.stderr.stream.write(`${dataset.name} from ${place}\n`);
          }
          status.show(`${dataset.name}: ${bytes} of ${dataset.bytes} bytes`);
        },
      });
      fetched.push({ dataset, ...result });
    }
  } finally {
    status.clear();
  }
  return fetchReport(fetched);
}

function fetchReport(fetched: readonly (Fetched & { readonly dataset: Dataset })[]): TablesReport {
  const table: Table = {
    name: 'fetch',
    title: 'Datasets on this machine',
    columns: [
      { name: 'name' },
      { name: 'bytes' },
      { name: 'resumed_at' },
      { name: 'from' },
      { name: 'file' },
    ],
    rows: fetched.map(({ dataset, place, resumed, path }) => [
      dataset.name,
      dataset.bytes,
      resumed,
      place ?? 'was there',
      path,
    ]),
    notes: [...new Set(fetched.map(({ dataset }) => `Licence: ${dataset.licence}. ${dataset.citation}.`))],
  };
  return {
    tables: [table],
    document: {
      schema: 'peerscope/dataset-fetch/1',
      datasets: fetched.map(({ dataset, place, resumed, path }) => ({
        ...{ name: dataset.name, bytes: dataset.bytes, sha256: dataset.sha256 },
        ...{ resumedAt: resumed, from: place ?? null, path },
      })),
    },
  };
}
