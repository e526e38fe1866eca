import type { Command } from './command.ts';
import { flag, format, input, model, modelOptions, named, seed, value } from './option-lists.ts';

/** What makes topologies, turns them into other files, and has some ready. */
export const TOPOLOGY_COMMANDS: readonly Command[] = [
  {
    usage: 'generate <model>',
    summary: 'Write a topology to a file, without servents',
    positionals: { model },
    options: {
      out: value(
        'the file: .txt (edge list), .csv, .graphml, .gexf, .net (Pajek), .dot, .json or .parquet, also with .gz',
      ),
      to: named(
        'file-formats',
        'format of the file, where its name does not tell: edge-list, csv, graphml …',
      ),
      seed,
      format,
      ...modelOptions,
    },
    examples: [
      ['$0 generate two-tier --peers 1000000 --out overlay.txt', 'a million peers, 4.8 million links'],
    ],
    docs: 'docs/models.md',
    load: () => import('./generate.ts'),
  },
  {
    usage: 'convert <input> <output>',
    summary: 'Write a topology in another format: edge list, CSV, GraphML, GEXF, Pajek, DOT, JSON, Parquet',
    positionals: {
      input,
      output: {
        type: 'string',
        describe:
          'the file: .txt (edge list), .csv, .graphml, .gexf, .net (Pajek), .dot, .json or .parquet, also with .gz; or -',
      },
    },
    options: {
      to: named(
        'file-formats',
        'format of the output, where its name does not tell: edge-list, csv, graphml …',
      ),
      from: named('file-formats', 'format of the input, where neither its name nor its beginning tells'),
      directed: flag('links have a direction (--no-directed: they have none)'),
      source: value('CSV or Parquet input: the column with one end of a link'),
      target: value('CSV or Parquet input: the column with the other end'),
      ends: value('CSV or Parquet output: names of the two columns with the ends of a link [source,target]'),
      force: flag('replace a file that is there'),
      seed,
      format,
      ...modelOptions,
    },
    examples: [
      ['$0 convert snapshot/ overlay.gexf', 'an overlay for Gephi, with what is known of its peers'],
      ['$0 convert links.csv overlay.graphml --source from --target to', 'a table of links for igraph'],
      ['$0 convert p2p-Gnutella08.txt.gz - --to json', 'to standard output, for another program'],
    ],
    docs: 'docs/formats.md',
    load: () => import('./convert.ts'),
  },
  {
    usage: 'dataset <action> [name..]',
    summary: 'List the datasets that are known by name, show one, or fetch them',
    positionals: {
      action: { type: 'string', names: ['list', 'show', 'fetch'], describe: 'list, show or fetch' },
      name: { type: 'string', array: true, names: 'datasets', describe: 'the datasets to show or fetch' },
    },
    options: {
      all: flag('fetch: all of them'),
      from: value(
        'fetch: a folder that has the files, or a URL below which they lie [where they are published]',
      ),
      timeout: value('fetch: seconds without a byte after which a server is given up [30]'),
      format,
    },
    examples: [
      ['$0 dataset list', 'what there is, and what is on this machine'],
      ['$0 dataset show p2p-Gnutella08', 'origin, licence, checksum, and the published figures'],
      ['$0 dataset fetch p2p-Gnutella08 p2p-Gnutella31', 'download two of them, once for all'],
    ],
    docs: 'docs/formats.md',
    load: () => import('./dataset.ts'),
  },
];
