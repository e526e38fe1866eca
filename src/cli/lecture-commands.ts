import type { Command } from './command.ts';
import { flag, format, listed, named, seed, value } from './option-lists.ts';

/** What shows the lecture's paradigms, and findings of the literature: no overlay has to be there. */
export const LECTURE_COMMANDS: readonly Command[] = [
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
    usage: 'experiment <name>',
    summary: 'Reproduce a finding of the literature on a simulated overlay',
    positionals: {
      name: { type: 'string', names: ['slow-crawl', 'ritter'], describe: 'slow-crawl, or ritter' },
    },
    options: {
      peers: value('peers of the overlay; slow-crawl: about 15 % of them superpeers [40000]'),
      churn: value('slow-crawl: session lengths in minutes [weibull:0.59:41.9]'),
      slower: value('slow-crawl: how many times slower than the first pace each crawl is [1,6,20,60]'),
      out: value('folder for one CSV file a table, and a JSON document'),
      seed,
      format,
    },
    examples: [
      ['$0 experiment slow-crawl', 'how a slow crawl makes a straight line out of capped degrees'],
      ['$0 experiment ritter', "Ritter's reach table of flooding, and what finite overlays make of it"],
    ],
    docs: 'docs/experiments.md',
    load: () => import('./experiment.ts'),
  },
  {
    usage: 'figures [id..]',
    summary: "Draw the lecture's figures: pictures, the numbers behind them, captions",
    positionals: {
      id: { type: 'string', array: true, names: 'figures', describe: 'the figures to draw, by name [all]' },
    },
    options: {
      out: value('folder for the files [figures]'),
      list: flag('list the figures and draw nothing'),
      theme: named(['light', 'dark'], 'light, or dark for slides with a dark ground [light]'),
      input: {
        ...named(
          'inputs',
          'gnutella-crawl: draw this snapshot, topology file, dataset or model [a crawl of a simulated overlay]',
        ),
        orFile: true,
      },
      abilene: value('abilene: CSV file with the columns date, type, percent'),
      seed,
      format,
    },
    examples: [['$0 figures pure-law pure-graph --out slides/', 'the two figures of the slide on pure P2P']],
    load: () => import('./figures.ts'),
  },
];
