import type { Command } from './command.ts';
import { flag, format, input, listed, modelOptions, seed, value } from './option-lists.ts';

/** What shows an overlay as a page. */
export const PAGE_COMMANDS: readonly Command[] = [
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
