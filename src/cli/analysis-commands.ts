import type { Command } from './command.ts';
import { flag, format, locationOptions, modelOptions, seed, value, values } from './option-lists.ts';

/** What `topologyInputs` takes. */
const INPUT = 'snapshot directory, topology file, name of a dataset or model, or -';

const CONTENT = 'Content:';

/** What is asked of a topology, or of a column of numbers. */
export const ANALYSIS_COMMANDS: readonly Command[] = [
  {
    usage: 'analyze <input..>',
    summary: 'Measure a topology: a snapshot, a file, a dataset, a model, or - for standard input',
    positionals: {
      input: {
        type: 'string',
        array: true,
        describe: INPUT,
      },
    },
    options: {
      only: value('the analyses to run, by name, separated by commas'),
      all: flag('run every analysis'),
      out: value('folder for one CSV file a table'),
      directed: flag('links have a direction (--no-directed: they have none)'),
      source: value('CSV input: the column with one end of a link'),
      target: value('CSV input: the column with the other end'),
      laws: value('degree-model: laws to test [pure,hybrid]'),
      bootstrap: value('degree-model: replicates of the bootstrap [999]'),
      exact: flag('exact answers where the size suggests a sample'),
      sources: value('distances: peers to measure from where they are sampled [1024]'),
      epsilon: value('centrality: largest error of sampled betweenness, as a share of all pairs [0.01]'),
      delta: value('centrality: probability that some error is larger [0.01]'),
      runs: value('resilience, mixing, small-world: random orders, or random graphs to compare with [10]'),
      measures: value('centrality: what to measure [betweenness,closeness,page-rank]'),
      strategies: value(
        'resilience: orders of removal [random,degree,degree-recomputed,superpeers where declared]',
      ),
      table: value('snap: the table that SNAP publishes of a network, exact, beside the published figures'),
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
    load: () => import('./analyze.ts'),
  },
  {
    usage: 'classify <input..>',
    summary:
      'Say which paradigm an overlay belongs to: client-server, centralized, pure, hybrid, structured, or none',
    positionals: {
      input: {
        type: 'string',
        array: true,
        describe: 'snapshot directory, topology file, name of a dataset or model, or -',
      },
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
      laws: value('laws to fit, by name, separated by commas [all families]'),
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
    load: () => import('./fit.ts'),
  },
  {
    usage: 'search <input>',
    summary: 'Search on a topology, and count messages, duplicates, reach and bytes',
    positionals: {
      input: { type: 'string', describe: INPUT },
    },
    options: {
      strategy: value('flood, expanding-ring, walk, superpeer, central or greedy [flood]'),
      source: value('id of the peer that searches [a random one for each query]'),
      ttl: value('hops that a request goes at most [flood: 7, superpeer: 4, walk: 1000]'),
      request: value('query, or ping, which everybody answers [query]'),
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
      replication: value('content: copies uniform, proportional or square-root [proportional]', CONTENT),
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
    load: () => import('./search.ts'),
  },
  {
    usage: 'paradigms',
    summary: "The lecture's table, measured: client-server, centralized, pure, hybrid and DHT side by side",
    positionals: {},
    options: {
      peers: value('numbers of peers, separated by commas [100,300,1000,3000,10000,30000,100000]'),
      only: value('paradigms by name, separated by commas [all]'),
      show: value('search, growth, load or failures: each a table and a chart [all]'),
      queries: value('queries whose cost is counted, the same for all [200]'),
      copies: value('copies of each item; there are as many items as peers [10]'),
      zipf: value('exponent of the law by which items are asked for [1]'),
      rate: value('queries of each peer a minute, for what peers have to remember [0.3]'),
      hold: value('minutes for which a query is remembered [10]'),
      runs: value('overlays of each size [as many as have 10,000 peers together, up to 10]'),
      out: value('folder for one CSV file a table, and a JSON document'),
      seed,
      format,
    },
    examples: [
      ['$0 paradigms --show failures --only centralized,pure,dht', 'why did Napster fail?'],
      ['$0 paradigms --show growth --only pure,pure-ttl-7,dht', 'why did Gnutella 0.4 not scale?'],
      ['$0 paradigms --peers 100,1000,10000 --format csv > paradigms.csv', 'everything, for a spreadsheet'],
    ],
    load: () => import('./paradigms.ts'),
  },
  {
    usage: 'sequence <name>',
    summary: 'Play how a kind of overlay finds a file, and draw who said what to whom',
    positionals: { name: { type: 'string', describe: 'centralized, pure or hybrid' } },
    options: {
      as: value('the chart alone: text, svg or mermaid'),
      out: value('write the chart to this file: .svg, .mmd or .txt'),
      format: {
        ...format,
        describe:
          'table (with the chart), csv (messages), json or ndjson [table on a terminal, csv in a pipe]',
      },
    },
    examples: [
      ['$0 sequence pure', 'Ping, Pong, Query, Query Hit and a download in a flat overlay, as a chart'],
      ['$0 sequence hybrid --out hybrid.svg', 'the same with superpeers and leaves, for a slide'],
      ['$0 sequence centralized --as mermaid', 'a Mermaid diagram, for Markdown'],
    ],
    load: () => import('./sequence.ts'),
  },
  {
    usage: 'vehicular [trace]',
    summary: 'Measure a network of vehicles over time: components and how long links last',
    positionals: {
      trace: {
        type: 'string',
        describe:
          'FCD export of SUMO (XML), CSV with time, vehicle, x and y, or -; a made-up town without it',
      },
    },
    options: {
      range: value('metres within which two vehicles are linked [250]'),
      out: value('folder for one CSV file a table, and a JSON document'),
      vehicles: value('vehicles of the made-up town [200]', 'Made-up town:'),
      seconds: value('seconds of its trace, a step each [300]', 'Made-up town:'),
      blocks: value('blocks of 100 m on a side of it [20]', 'Made-up town:'),
      seed,
      format,
    },
    examples: [
      ['$0 vehicular fcd.xml.gz --range 100', 'how connected the vehicles of a trace are'],
      ['$0 vehicular --vehicles 500 --seconds 60', 'the same of a made-up town'],
    ],
    load: () => import('./vehicular.ts'),
  },
  {
    usage: 'underlay <input>',
    summary:
      'Lay an overlay over the map or over routers: stretch, detours, link stress, links within a country',
    positionals: {
      input: { type: 'string', describe: INPUT },
    },
    options: {
      from: value('id of a peer: tell of the path from it'),
      to: value('id of the peer that this path leads to'),
      root: value('id of a peer: multicast from it to all others'),
      pairs: value('pairs of peers to measure; all where there are no more [50000]'),
      shuffles: value('times that peers change places for the null, 99 or more [199]'),
      ttl: value('hops of the floods whose traffic is counted, on routers [7]'),
      floods: value('how many floods [10]'),
      map: value('an SVG file to draw: the chosen path, else the worst one, as a graph and on the map'),
      out: value('folder for one CSV file a table, and a JSON document'),
      seed,
      format,
      ...locationOptions,
      ...modelOptions,
    },
    examples: [
      [
        '$0 underlay overlay.txt --from 118 --to 18 --map path.svg',
        'one path, hop by hop and on the map, at generated places',
      ],
      ['$0 underlay snapshot/ --address-table table.csv', 'do peers prefer their own country?'],
      ['$0 underlay overlay.txt --routers generated --root 0', 'link stress of floods, and of a multicast'],
    ],
    load: () => import('./underlay.ts'),
  },
  {
    usage: 'view <input>',
    summary:
      'Look at an overlay in the browser: pan, zoom, search, paths, degrees, a map, a series over time',
    positionals: {
      input: { type: 'string', describe: `${INPUT}; or the directory of a series` },
    },
    options: {
      places: value('CSV file that says where peers are, or generated: a map beside the picture'),
      'address-table': value('CSV file that says where IP prefixes are'),
      port: value('port to serve the page on [a free one]'),
      host: value('address to serve it on; others than loopback let other machines look [127.0.0.1]'),
      open: flag('open a browser; --no-open only prints the URL'),
      seed,
      ...modelOptions,
    },
    examples: [
      ['$0 view snapshot/', 'a page on this machine, until Ctrl-C'],
      ['$0 view hybrid --places generated --no-open', 'the graph and the map side by side'],
    ],
    load: () => import('./view.ts'),
  },
];
