import type { Command } from './command.ts';
import {
  flag,
  format,
  input,
  listed,
  locationOptions,
  modelOptions,
  named,
  seed,
  value,
  values,
} from './option-lists.ts';

const CONTENT = 'Content:';

/** What is asked of a topology, or of a column of numbers. */
export const ANALYSIS_COMMANDS: readonly Command[] = [
  {
    usage: 'analyze <input..>',
    summary: 'Measure a topology: a snapshot, a file, a dataset, a model, or - for standard input',
    positionals: {
      input: { ...input, array: true },
    },
    options: {
      only: listed('analyses', 'the analyses to run, by name, separated by commas'),
      all: flag('run every analysis'),
      out: value('folder for one CSV file a table'),
      directed: flag('links have a direction (--no-directed: they have none)'),
      source: value('CSV input: the column with one end of a link'),
      target: value('CSV input: the column with the other end'),
      laws: listed('laws', 'degree-model: laws to test [pure,hybrid]'),
      bootstrap: value('degree-model: replicates of the bootstrap [999]'),
      exact: flag('exact answers where the size suggests a sample'),
      sources: value('distances: peers to measure from where they are sampled [1024]'),
      epsilon: value('centrality: largest error of sampled betweenness, as a share of all pairs [0.01]'),
      delta: value('centrality: probability that some error is larger [0.01]'),
      runs: value('resilience, mixing, small-world: random orders, or random graphs to compare with [10]'),
      measures: listed(
        ['betweenness', 'closeness', 'page-rank'],
        'centrality: what to measure [betweenness,closeness,page-rank]',
      ),
      strategies: listed(
        ['random', 'degree', 'degree-recomputed', 'superpeers'],
        'resilience: orders of removal [random,degree,degree-recomputed,superpeers where declared]',
      ),
      table: named(
        ['snap'],
        'snap: the table that SNAP publishes of a network, exact, beside the published figures',
      ),
      methods: flag('add a methods paragraph with its references, for a paper'),
      workers: value('threads [as many as there are processors]'),
      force: flag('also do what would take very long or much memory'),
      seed,
      format,
      ...modelOptions,
    },
    examples: [
      ['$0 analyze snapshot/', 'tables and charts'],
      [
        '$0 analyze p2p-Gnutella08.txt.gz --only degree --format csv > degree.csv',
        'the degree table for a spreadsheet',
      ],
      ['$0 analyze p2p-Gnutella04 p2p-Gnutella31 --table snap', "SNAP's own tables, recomputed"],
      ['$0 analyze two-tier --peers 10000 --only components', 'a topology that a model makes'],
      ['$0 analyze snapshot/ --all --methods', 'everything, and how to describe it in a paper'],
    ],
    docs: 'docs/analyses.md',
    load: () => import('./analyze.ts'),
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
  {
    usage: 'classify <input..>',
    summary:
      'Say which paradigm an overlay belongs to: client-server, centralized, pure, hybrid, structured, or none',
    positionals: {
      input: { ...input, array: true },
    },
    options: {
      out: value('folder for one CSV file a table, and a JSON document'),
      directed: flag('links have a direction (--no-directed: they have none)'),
      source: value('CSV input: the column with one end of a link'),
      target: value('CSV input: the column with the other end'),
      force: flag('also read what would take much memory'),
      ...modelOptions,
      seed,
      format,
    },
    examples: [
      ['$0 classify snapshot/', 'which column of the lecture, how sure, and on what evidence'],
      ['$0 classify p2p-Gnutella04 p2p-Gnutella31 --format csv', 'a row an input'],
    ],
    docs: 'docs/classify.md',
    load: () => import('./classify.ts'),
  },
  {
    usage: 'fit <file>',
    summary: 'Say which law describes a column of whole numbers, and how sure that is',
    positionals: {
      file: { type: 'string', describe: 'CSV with a header, a list of one number a line, or -' },
    },
    options: {
      column: value('the column with the values [the only one]'),
      weights: value('the column that says how often each value occurs [once each]'),
      where: values('only rows with COLUMN=TEXT'),
      laws: listed('families', 'laws to fit, by name, separated by commas [all families]'),
      xmin: value('values below are left out; scan: from where a power law fits best [1]'),
      xmax: value('values above are left out, and every law ends there [no end]'),
      bootstrap: value('replicates of the bootstraps; 0 for none [499]'),
      workers: value('threads [as many as there are processors]'),
      force: flag('also do what would take very long'),
      seed,
      format,
    },
    examples: [
      ['$0 fit degrees.csv --column degree --weights count', 'ten laws, tested and compared'],
      [
        '$0 fit sessions.txt --laws zeta,lognormal --xmin scan',
        'does the tail of a list follow a power law?',
      ],
    ],
    docs: 'docs/statistics.md',
    load: () => import('./fit.ts'),
  },
  {
    usage: 'search <input>',
    summary: 'Search on a topology, and count messages, duplicates, reach and bytes',
    positionals: {
      input,
    },
    options: {
      strategy: named('strategies', 'flood, expanding-ring, walk, superpeer, central or greedy [flood]'),
      source: value('id of the peer that searches [a random one for each query]'),
      ttl: value('hops that a request goes at most [flood: 7, superpeer: 4, walk: 1000]'),
      request: named(['query', 'ping'], 'query, or ping, which everybody answers [query]'),
      queries: value('so many searches; counts are means [1]'),
      rings: value('expanding-ring: the TTLs to try, as 1,3,7 [1 to the TTL]'),
      walkers: value('walk: walkers at the same time [16]'),
      'check-every': value('walk: steps after which a walker asks whether it goes on [4]'),
      server: value('central: id of the server [whom all are linked to, else one outside]'),
      'superpeer-links': value('superpeer: whoever has so many links is one [as declared]'),
      target: value('greedy: id of the peer that is looked for [a random one for each query]'),
      backtrack: flag('greedy: where nobody is nearer, go on to the nearest that was not asked, and back'),
      items: value('content: so many items, asked for by Zipf [100 with another option of content]', CONTENT),
      zipf: value('content: exponent of Zipf [1]', CONTENT),
      replication: named(
        ['uniform', 'proportional', 'square-root'],
        'content: copies uniform, proportional or square-root [proportional]',
        CONTENT,
      ),
      capacity: value('content: copies that a peer has room for, in the mean [1]', CONTENT),
      content: value('content: a CSV file with the columns peer, item and perhaps popularity', CONTENT),
      item: value('the item that is searched for [drawn by its popularity]', CONTENT),
      out: value('folder for one CSV file a table, and a JSON document'),
      seed,
      format,
      ...locationOptions,
      ...modelOptions,
    },
    examples: [
      [
        '$0 search p2p-Gnutella08 --source 0 --ttl 7',
        'how far a flood of seven hops gets, and what it costs',
      ],
      [
        '$0 search snapshot/ --strategy superpeer --items 1000 --queries 500',
        'what superpeers and query routing tables save',
      ],
      [
        '$0 search ring --peers 1024 --strategy greedy --queries 500',
        'the same on a topology that a model makes',
      ],
      ['$0 search overlay.txt --items 100 --places generated', 'and how long until the first hit'],
    ],
    docs: 'docs/search.md',
    load: () => import('./search.ts'),
  },
];
