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
} from './option-lists.ts';

/** What puts overlays beside each other, below each other, or before somebody's eyes. */
export const COMPARISON_COMMANDS: readonly Command[] = [
  {
    usage: 'report <input> [other]',
    summary:
      'Make one self-contained HTML page of everything about a snapshot, series or topology, or of two beside each other',
    positionals: {
      input,
      other: { ...input, describe: 'another one, to compare it with' },
    },
    options: {
      out: value('the page to write, or - for standard output [report.html]'),
      title: value('what stands above it [the name of the input]'),
      only: listed('analyses', 'the analyses to show, by name, separated by commas'),
      all: flag('every analysis'),
      places: value('draw a map: a CSV file with peer, latitude, longitude [, country, asn], or generated'),
      'address-table': value('draw a map: a CSV file with prefix, latitude, longitude [, country, asn]'),
      directed: flag('links have a direction (--no-directed: they have none)'),
      source: value('CSV input: the column with one end of a link'),
      target: value('CSV input: the column with the other end'),
      workers: value('threads [as many as there are processors]'),
      force: flag('also do what would take very long or much memory'),
      seed,
      format: {
        ...format,
        describe: 'how to tell what was written: table, csv, json or ndjson [table on a terminal, else csv]',
      },
      ...modelOptions,
    },
    examples: [
      ['$0 report snapshot/ --out report.html', 'what was measured, how, and how wrong it may be'],
      ['$0 report monday.snapshot tuesday.snapshot', 'two of them, and what changed'],
      ['$0 report snapshot/ --address-table table.csv', 'with a map'],
    ],
    docs: 'docs/report.md',
    load: () => import('./report.ts'),
  },
  {
    usage: 'paradigms',
    summary: "The lecture's table, measured: client-server, centralized, pure, hybrid and DHT side by side",
    positionals: {},
    options: {
      peers: value('numbers of peers, separated by commas [100,300,1000,3000,10000,30000,100000]'),
      only: listed('paradigms', 'paradigms by name, separated by commas [all]'),
      show: named(
        ['all', 'search', 'growth', 'load', 'failures'],
        'search, growth, load or failures: each a table and a chart [all]',
      ),
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
    docs: 'docs/paradigms.md',
    load: () => import('./paradigms.ts'),
  },
  {
    usage: 'sequence <name>',
    summary: 'Play how a kind of overlay finds a file, and draw who said what to whom',
    positionals: { name: { type: 'string', names: 'sequences', describe: 'centralized, pure or hybrid' } },
    options: {
      as: named(['text', 'svg', 'mermaid'], 'the chart alone: text, svg or mermaid'),
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
    docs: 'docs/sequence.md',
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
    docs: 'docs/models.md',
    load: () => import('./vehicular.ts'),
  },
  {
    usage: 'underlay <input>',
    summary:
      'Lay an overlay over the map or over routers: stretch, detours, link stress, links within a country',
    positionals: {
      input,
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
    docs: 'docs/underlay.md',
    load: () => import('./underlay.ts'),
  },
  {
    usage: 'view <input>',
    summary:
      'Look at an overlay in the browser: pan, zoom, search, paths, degrees, a map, a series over time',
    positionals: {
      input: { ...input, describe: `${input.describe ?? ''}; or the directory of a series` },
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
    docs: 'docs/viewer.md',
    load: () => import('./view.ts'),
  },
];
