import { ANALYSIS_COMMANDS } from './analysis-commands.ts';
import type { Command } from './command.ts';
import { LECTURE_COMMANDS } from './lecture-commands.ts';
import { PAGE_COMMANDS } from './page-commands.ts';
import { PROGRAM_COMMANDS } from './program-commands.ts';
import { TOPOLOGY_COMMANDS } from './topology-commands.ts';
import {
  flag,
  format,
  heedsView,
  model,
  mannersOptions,
  modelOptions,
  named,
  listed,
  seed,
  troubleOfPeers,
  troubleOptions,
  value,
  values,
  viewOptions,
} from './option-lists.ts';

/** Options of `crawl` that only simulated overlays have. */
const SIMULATED = [
  'seed',
  'virtual',
  'latency',
  'truth',
  ...Object.keys({ ...modelOptions, ...troubleOptions }),
];

/** Every command, in the order of help: first those that make overlays of servents and talk to them. */
export const COMMANDS: readonly Command[] = [
  {
    usage: 'demo',
    summary: 'The ten-second tour: simulate, crawl, analyse, chart',
    positionals: {},
    options: { out: value('folder for the results [peerscope-demo]'), seed },
    examples: [['$0 demo', "crawl the lecture's overlay of 222 peers on this machine"]],
    load: () => import('./demo.ts'),
  },
  {
    usage: 'simulate <model>',
    summary: 'Serve an overlay on loopback until Ctrl-C',
    positionals: { model: { ...model, describe: `${model.describe ?? ''}; or self-organised (live)` } },
    options: {
      port: value(
        'port of the peers (of the first one with port-per-peer); a free one where it is in use [6346]',
      ),
      truth: value('folder for the true peers and links'),
      'truth-every': value('seconds after which the truth is written anew, where the overlay changes [10]'),
      addresses: named(
        ['one-port', 'port-per-peer', 'ipv6'],
        'one-port, port-per-peer or ipv6 [one-port where 127.0.0.0/8 is routed]',
      ),
      'save-scenario': value('write the experiment to this file, and end'),
      'web-cache': flag('let a web cache (GWebCache) stand beside it, which knows some superpeers'),
      'udp-host-cache': flag('let a UDP host cache stand beside it, which knows some superpeers'),
      live: flag('peers are connected to each other and speak all of Gnutella on it; up to 1,000 of them'),
      searches: value('live: searches a second, by random peers for random files of others [0]'),
      capable: value('self-organised: share of peers that are fit to be superpeers [0.4]'),
      ...viewOptions,
      seed,
      ...modelOptions,
      ...troubleOfPeers,
    },
    examples: [
      ['$0 simulate two-tier --peers 5000 --truth truth/', 'serve 5,000 peers and write down who they are'],
      [
        '$0 simulate self-organised --searches 2',
        '60 live peers that find each other, elect superpeers and search',
      ],
      ['$0 simulate quiet --silent 0.3 --save-scenario silent.json', 'an experiment as a file'],
    ],
    heeds: heedsView,
    docs: 'docs/simulation.md',
    load: () => import('./simulate.ts'),
  },
  {
    usage: 'bootstrap',
    summary: 'Find first peers: in files of hosts, at web caches and UDP host caches',
    positionals: {},
    options: {
      peer: values('IP:PORT of peers that are known'),
      hosts: values('files of hosts: ours, of gtk-gnutella (hosts, ultras) or LimeWire (gnutella.net)'),
      'web-cache': values('URLs of web caches (GWebCache, version 1 or 2)'),
      'udp-host-cache': values('IP:PORT of UDP host caches'),
      out: value('a file of ours to put the hosts in, with those that are there already'),
      enough: value('caches that others name are asked only until so many hosts are known [20]'),
      'answer-timeout': value('milliseconds to wait for an answer [8000]'),
      format,
    },
    examples: [
      ['$0 bootstrap --web-cache http://127.0.0.1:8080/', 'whom a web cache names'],
      [
        '$0 bootstrap --hosts ~/.gtk-gnutella/ultras hosts.csv --out hosts.csv',
        'bring the hosts of another program into a file of ours',
      ],
    ],
    docs: 'docs/gnutella.md',
    load: () => import('./bootstrap.ts'),
  },
  {
    usage: 'crawl [bootstrap..]',
    summary: 'Take a snapshot of an overlay',
    positionals: { bootstrap: { type: 'string', array: true, describe: 'IP:PORT of peers to begin at' } },
    options: {
      out: value('the snapshot directory to make'),
      hosts: values('begin at hosts of these files: of bootstrap --out, gtk-gnutella or LimeWire'),
      simulate: {
        ...named('models', 'crawl a simulated overlay of this model or scenario, and score the snapshot'),
        orFile: true,
      },
      virtual: flag('with --simulate: in virtual time, without sockets; the same seed gives the same bytes'),
      latency: value(
        'with --virtual: constant:MS, uniform:MIN-MAX, log-normal:MEDIAN:P99 or coordinates:NEAR-FAR [constant:50]',
      ),
      truth: value('with --simulate: folder for the true peers and links at the end'),
      record: value('a new folder to keep every conversation in, byte by byte'),
      replay: value('make the snapshot of such a folder again, without a packet'),
      resume: value(
        'go on with the crawl or series in this directory, which was cut off; it has all other options',
      ),
      network: named('networks', 'the system that the peers speak [gnutella]'),
      concurrency: value('connections at the same time [as many as keep the program at work, 256 to 10000]'),
      'connect-timeout': value('most milliseconds to wait for a connection [5000]'),
      'answer-timeout': value('most milliseconds to wait for an answer [8000]'),
      ...mannersOptions,
      'explain-timeouts': flag('say what shorter and longer timeouts would have won and lost'),
      leaves: flag('contact leaves too, not only learn them from their superpeers'),
      tls: flag('speak TLS with the peers, on the same ports'),
      'max-peers': value('end, incomplete, when more addresses are known [16000000]'),
      repeat: value(
        'crawl so many times, one after the other, into directories below --out; begins at peers of the last crawl too',
      ),
      every: value('begin a crawl every so many seconds [at once after the last]'),
      until: value('crawl until then: 90m, 24h, 7d, or an instant'),
      sample: named(['mrwb', 'rds'], 'sample by random walks instead of asking everybody: rds or mrwb'),
      contacts: value('with --sample: peers that may be contacted'),
      walks: value('with --sample: walks at the same time [at most 32]'),
      'leaf-share': value('with --sample: share of the contacts that goes to leaves [0.25]'),
      'second-look': value('peers to ask once more at the end, to estimate what has changed [2000; live: 0]'),
      metrics: value('serve metrics for Prometheus while it runs: PORT, or IP:PORT of this machine'),
      verbose: {
        ...flag('tell how it goes even where stderr is no terminal: a line every 10 seconds'),
        alias: 'v',
      },
      ...viewOptions,
      seed,
      format,
      ...modelOptions,
      ...troubleOptions,
    },
    heeds: (option, isSet) => {
      if (!heedsView(option, isSet)) return false;
      // What goes on, or is made again, has settled all but that.
      if (isSet('resume'))
        return [
          'resume',
          'network',
          'exclude',
          'format',
          'metrics',
          'verbose',
          ...Object.keys(viewOptions),
        ].includes(option);
      if (isSet('replay')) return ['out', 'format', 'replay'].includes(option);
      return isSet('simulate') || !SIMULATED.includes(option);
    },
    examples: [
      ['$0 crawl 127.1.0.1:6346 --out snapshot/', 'crawl the overlay that peer belongs to'],
      [
        '$0 crawl --simulate two-tier --peers 5000 --out snapshot/',
        'both sides in one command, scored against the truth',
      ],
    ],
    docs: 'docs/gnutella.md',
    load: () => import('./crawl.ts'),
  },
  {
    usage: 'probe <peer>',
    summary: 'Put every question to one peer, and show what it says',
    positionals: { peer: { type: 'string', describe: 'IP:PORT of the peer' } },
    options: {
      question: listed('questions', 'the questions to put, by name, separated by commas [all]'),
      bytes: flag('show every byte that was said, with its meaning'),
      network: named('networks', 'the system that the peer speaks [gnutella]'),
      'connect-timeout': value('milliseconds to wait for a connection, and for a datagram [5000]'),
      'answer-timeout': value('milliseconds to wait for an answer [8000]'),
      tls: flag('speak TLS with the peer, on the same port'),
      format,
    },
    examples: [
      ['$0 probe 127.1.0.1:6346', 'the conversations, in words'],
      ['$0 probe 127.1.0.1:6346 --question crawler-handshake --bytes', 'one of them, byte by byte'],
    ],
    docs: 'docs/gnutella.md',
    load: () => import('./probe.ts'),
  },
  {
    usage: 'decode <file>',
    summary: 'Tell what captured bytes of peers say, byte by byte',
    positionals: {
      file: { type: 'string', describe: 'a file with the bytes as they were on the wire, or -' },
    },
    options: {
      hex: flag('the file holds one message a line, in hex digits; lines with # are comments'),
      network: named('networks', 'the system that the peers speak [gnutella]'),
      format,
    },
    examples: [
      ['$0 decode answer.bin', 'the handshake and the messages in a capture of a connection'],
      ['$0 decode --hex datagrams.hex --format json', 'the same of datagrams, for a script'],
    ],
    docs: 'docs/gnutella.md',
    load: () => import('./decode.ts'),
  },
  ...TOPOLOGY_COMMANDS,
  ...ANALYSIS_COMMANDS,
  ...PAGE_COMMANDS,
  ...LECTURE_COMMANDS,
  ...PROGRAM_COMMANDS,
];
