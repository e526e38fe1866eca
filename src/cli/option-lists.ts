import type { CommandOption, CommandPositional } from './command.ts';
import type { Names } from './completion/names.ts';

// What several commands take, and how help tells of it.

/** Help shows groups in the order in which they first come, so that a command's own options stand above the rest. */
const OWN = 'Main options:';

export const value = (describe: string, group = OWN): CommandOption => ({
  type: 'string',
  requiresArg: true,
  describe,
  group,
});
/** May be given again, or followed by several. */
export const values = (describe: string, group = OWN): CommandOption => ({
  type: 'string',
  array: true,
  requiresArg: true,
  describe,
  group,
});
/** One of these names. */
export const named = (names: Names, describe: string, group = OWN): CommandOption => ({
  ...value(describe, group),
  names,
});
/** A list of these names, separated by commas. */
export const listed = (names: Names, describe: string, group = OWN): CommandOption => ({
  ...named(names, describe, group),
  listed: true,
});
export const flag = (describe: string, group = OWN): CommandOption => ({ type: 'boolean', describe, group });

/** Of commands that go on for a while. */
export const viewOptions: Readonly<Record<string, CommandOption>> = {
  view: flag('show it in the browser while it goes on, until Ctrl-C'),
  'view-port': value('with --view: the port of the page [a free one]'),
  open: flag('with --view: open a browser; --no-open only prints the URL'),
};

/** Where and how the page opens means nothing to a command without one. */
export function heedsView(option: string, isSet: (option: string) => boolean): boolean {
  return option === 'view' || !Object.hasOwn(viewOptions, option) || isSet('view');
}

export const seed = value('seed of all randomness, a whole number [1]');
export const format = named('formats', 'table, csv, json or ndjson [table on a terminal, else csv]');

/** INPUT, as topologyInputs takes it. */
export const input: CommandPositional = {
  type: 'string',
  names: 'inputs',
  orFile: true,
  describe: 'snapshot directory, topology file, name of a dataset or model, or -',
};

/** Written out, because loading the models for every `--help` takes time; a test holds it to the registry. */
export const model: CommandPositional = {
  type: 'string',
  names: 'models',
  orFile: true,
  describe:
    'pure, hybrid, configuration, two-tier, star, erdos-renyi, barabasi-albert, watts-strogatz, ' +
    'power-law-random-graph, ring, grid, chord, can, kademlia, freenet, ' +
    'napster, seti-at-home, jxta, usenet, dns, skype, bittorrent, multicast-tree, multicast-mesh, tor, ' +
    'vehicular, conferencing, grid-computing, federation, semantic; a scenario: lecture, quiet, february-2005, churning, mixed, poisoned, hostile; or a scenario file',
};

export const modelOptions: Readonly<Record<string, CommandOption>> = {
  peers: value('number of peers [222]', 'Model:'),
  reading: named(['A', 'B', 'C'], 'hybrid: reading of the formula, A, B or C [B]', 'Model:'),
  variant: named(
    ['erased', 'reject'],
    'pure, hybrid, configuration: erased or reject repeated links [erased]',
    'Model:',
  ),
  law: {
    ...named('laws', 'configuration: degree law, as power-law:1-32:1.4, or a CSV file [pure]', 'Model:'),
    orFile: true,
  },
  'superpeer-share': value('two-tier, skype, jxta: share of superpeers [0.15]', 'Model:'),
  'superpeer-degree': value('two-tier, skype, jxta: links of a superpeer to others [30]', 'Model:'),
  'superpeer-degree-cap': value('two-tier: draw those degrees, none above this [all equal]', 'Model:'),
  'uptime-bias': value('two-tier: share of superpeer links that join like uptimes [0]', 'Model:'),
  'superpeers-per-leaf': value('two-tier: superpeers of a leaf, a number or 1-3 [3]', 'Model:'),
  'leaf-cap': value('two-tier: leaves of a superpeer at most [300]', 'Model:'),
  'mean-degree': value('erdos-renyi: mean degree [4]', 'Model:'),
  'links-per-peer': value(
    'barabasi-albert, freenet, federation, semantic: links that a peer makes [2]',
    'Model:',
  ),
  neighbours: value('watts-strogatz: neighbours on the ring, an even number [4]', 'Model:'),
  rewiring: value('watts-strogatz: probability that a link is rewired [0.1]', 'Model:'),
  exponent: value('power-law-random-graph: exponent of the degree law [2]', 'Model:'),
  'max-degree': value('power-law-random-graph: largest degree [a fifth of the peers]', 'Model:'),
  successors: value(
    'ring: peers linked to on either side; chord: successors that a peer knows [1]',
    'Model:',
  ),
  placement: named(
    ['random', 'even'],
    'chord, can, kademlia, freenet: places of peers, random or even [random]',
    'Model:',
  ),
  dimensions: value('can: dimensions of the torus [2]', 'Model:'),
  'bucket-size': value('kademlia: peers in a bucket at most [8]', 'Model:'),
  servers: value('napster: servers, besides the peers [1]', 'Model:'),
  transfers: value('napster: files that a peer fetches from others [2]', 'Model:'),
  redundancy: value('seti-at-home: hosts for a unit; grid-computing: sites for a data set [2]', 'Model:'),
  'fan-out': value('dns: zones below a zone; multicast: children or neighbours of a peer [4]', 'Model:'),
  'outside-share': value('dns: share of zones served from the zone of a provider [0.5]', 'Model:'),
  stripes: value('multicast-tree: stripes of the stream, with a tree for each [1]', 'Model:'),
  'symmetric-share': value('skype: share of peers behind symmetric NATs [0.2]', 'Model:'),
  'connection-cap': value('bittorrent: connections of a peer at most [80]', 'Model:'),
  'opening-cap': value('bittorrent: connections that a peer opens at most [40]', 'Model:'),
  'tracker-sample': value('bittorrent: peers that the tracker names a newcomer [50]', 'Model:'),
  circuits: value('tor: how many circuits there are [2000]', 'Model:'),
  'radio-range': value('vehicular: radio range, in sides of the square [0.1]', 'Model:'),
  arrangement: named(
    ['mesh', 'mixer', 'forwarding'],
    'conferencing: mesh, mixer or forwarding [mesh]',
    'Model:',
  ),
  clusters: value('grid-computing: sites; semantic: interests [10]', 'Model:'),
  'block-share': value('federation: share of the others that a server blocks [0.01]', 'Model:'),
  columns: value('grid: peers in a row [as square as can be]', 'Model:'),
};

export const mannersOptions: Readonly<Record<string, CommandOption>> = {
  live: flag('contact peers that are not on this machine; read ETHICS.md first', 'Manners:'),
  contact: value('live: URL or mail address of whoever answers for it, told to all peers', 'Manners:'),
  purpose: value('live: what it is for, told in the ETHICS.md of the snapshot', 'Manners:'),
  rate: value('most contacts a second [live: 50, on this machine: as many as there are]', 'Manners:'),
  exclude: values('files of addresses and nets to leave alone', 'Manners:'),
  'allow-net': values('live: reserved nets of your own laboratory, as 10.1.2.0/24', 'Manners:'),
  source: values('IP addresses of this machine to contact from, by turns', 'Manners:'),
  'raw-addresses': flag('live: addresses instead of pseudonyms in tables and reports', 'Manners:'),
  'dry-run': flag('say what would be done, contact nobody and write nothing', 'Manners:'),
};

export const locationOptions: Readonly<Record<string, CommandOption>> = {
  places: value(
    'where peers are: a CSV file with peer, latitude, longitude [, country, asn], or generated',
    'Network:',
  ),
  'address-table': value(
    'where addresses are: a CSV file with prefix, latitude, longitude [, country, asn]',
    'Network:',
  ),
  routers: value(
    'lines between routers: a CSV file with source, target, delay_ms [, km], or generated',
    'Network:',
  ),
  attachments: value('with a file of routers: a CSV file with peer, router [, delay_ms]', 'Network:'),
};

export const troubleOfPeers: Readonly<Record<string, CommandOption>> = {
  churn: value(
    'session lengths in minutes: exponential:MEAN, weibull:SHAPE:SCALE, log-normal:MEDIAN:P99, trace:FILE.csv [all stay]',
    'Trouble:',
  ),
  repair: value('seconds until a lost link is replaced [30]', 'Trouble:'),
  silent: value('share of peers that say nothing [0, like all shares]', 'Trouble:'),
  refusing: value('share of peers that refuse', 'Trouble:'),
  'refusal-codes': value('the status codes that they draw from [403,503]', 'Trouble:'),
  busy: value('share of peers without a slot, who name others', 'Trouble:'),
  stale: value('share of what they name where nobody is any more', 'Trouble:'),
  'rate-limiting': value('share of peers that answer a source only so often, then ban it', 'Trouble:'),
  slow: value('share of peers that answer byte by byte', 'Trouble:'),
  'slow-pace': value('milliseconds between two bytes [20]', 'Trouble:'),
  resetting: value('share of peers that reset in mid-answer', 'Trouble:'),
  truncating: value('share of peers with room for few neighbours', 'Trouble:'),
  'truncate-at': value('the characters of that room [1504]', 'Trouble:'),
  vendors: value('kinds of servents; each lists its own first [1]', 'Trouble:'),
  hidden: value('share of peers that nobody lists', 'Trouble:'),
  firewalled: value('share of peers that are listed and cannot be dialled', 'Trouble:'),
  'udp-only': value('share of peers that are listed, take no connection and answer datagrams', 'Trouble:'),
  udp: flag('peers listen to datagrams too; on loopback up to 15,000 of them', 'Trouble:'),
  personalities: value(
    'servents that peers run, with weights, for example gtk-gnutella:2,limewire,shareaza,legacy-0.4',
    'Trouble:',
  ),
  unreachable: value('share of peers behind no route', 'Trouble:'),
  lying: value('share of peers that list what does not exist', 'Trouble:'),
  lies: listed(
    ['fake', 'bogon', 'port-zero', 'crawler', 'self', 'garbage', 'flood'],
    'fake, bogon, port-zero, crawler, self, garbage, flood [all]',
    'Trouble:',
  ),
  fakes: value('addresses that a liar of that kind invents [50]', 'Trouble:'),
  'sybil-nets': value('/24 nets of invented peers [0]', 'Trouble:'),
  'wrong-clocks': value('share of peers whose clock is wrong', 'Trouble:'),
  delay: value('how long a peer thinks, as a latency, for example log-normal:80:1000', 'Trouble:'),
};

export const troubleOptions: Readonly<Record<string, CommandOption>> = {
  ...troubleOfPeers,
  'clock-jump': value("seconds by which the crawler's wall clock jumps [0]", 'Trouble:'),
};
