import * as z from 'zod';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { createRandom } from '../core/random.ts';
import { FORMATS } from '../reports/format.ts';
import { formatTables } from '../reports/format-tables.ts';
import { searchLines, searchTables, type SearchReport } from '../reports/search-report.ts';
import { itemNamed, type Content } from '../search/content.ts';
import { parseContentCsv } from '../search/content-csv.ts';
import { peerNamed } from '../search/peer-named.ts';
import { placeContent, REPLICATIONS } from '../search/place-content.ts';
import { searchOverlay } from '../search/search.ts';
import { STRATEGIES } from '../search/strategies.ts';
import { DEFAULT_STRATEGY_OPTIONS as DEFAULTS, type Strategy } from '../search/strategy.ts';
import type { Topology } from '../topology/topology.ts';
import { locate } from '../underlay/located-overlay.ts';
import { readArgumentFile } from './argument-file.ts';
import {
  commaList,
  flag,
  kebabCase,
  oneOf,
  parseArguments,
  realNumber,
  text,
  wholeNumber,
  type RawArguments,
} from './arguments.ts';
import type { CliContext } from './context.ts';
import { hasLocation, locationOf, locationSchema } from './location-arguments.ts';
import { print } from './print.ts';
import { topologyInputs } from './topology-input.ts';
import { makeFolder, writeReport } from './write-report.ts';

/** More hops than that no overlay has that fits into memory. */
const MOST_HOPS = 16_000_000;

const schema = z.object({
  input: z.string().min(1, 'an input must have a name'),
  strategy: oneOf(
    STRATEGIES.map(({ name }) => name),
    'strategy',
  ).default('flood'),
  source: text.optional(),
  ttl: wholeNumber(1, MOST_HOPS).optional(),
  request: oneOf(['query', 'ping'], 'request').default('query'),
  queries: wholeNumber(1, 1_000_000).default(1),
  rings: commaList().transform(ascendingTtls).optional(),
  walkers: wholeNumber(1, 100_000).default(DEFAULTS.walkers),
  checkEvery: wholeNumber(1, MOST_HOPS).default(DEFAULTS.checkEvery),
  server: text.optional(),
  superpeerLinks: wholeNumber(1, MOST_HOPS).optional(),
  target: text.optional(),
  backtrack: flag.optional(),
  item: text.optional(),
  items: wholeNumber(1, 1_000_000).optional(),
  zipf: realNumber(0, 10).optional(),
  replication: oneOf(REPLICATIONS, 'replication').optional(),
  capacity: realNumber(1e-6, 1_000_000).optional(),
  content: text.optional(),
  ...locationSchema,
  out: text.optional(),
  seed: wholeNumber(0, 2 ** 31 - 1).default(1),
  format: oneOf(FORMATS, 'format').optional(),
});

type Arguments = z.infer<typeof schema>;

/** The options that only some strategies heed. */
const HEEDED: Readonly<Record<string, readonly string[]>> = {
  rings: ['expanding-ring'],
  walkers: ['walk'],
  checkEvery: ['walk'],
  server: ['central'],
  superpeerLinks: ['superpeer'],
  target: ['greedy'],
  backtrack: ['greedy'],
};

/** Searches on a topology, and counts what that costs. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  const strategy = STRATEGIES.find(({ name }) => name === args.strategy);
  if (strategy === undefined) throw new RangeError(args.strategy);
  refuseUnheeded(raw, strategy);
  const [input] = await topologyInputs([args.input], raw, context);
  if (input === undefined) throw new RangeError(args.input);
  if (args.out !== undefined) makeFolder(args.out);
  const read = await input.read();
  const { digests } = read;
  const { topology, layers, notes } = locatedPart(args, read.topology);
  const content = contentOf(args, topology);
  if (content === undefined && args.item !== undefined) {
    throw new PeerscopeError('usage', `nobody holds "${args.item}": there is no content to search for`, {
      hint: 'Say what there is, with --items N or --content FILE.',
    });
  }
  const options = optionsOf(args, strategy);
  const searched = searchOverlay(topology, strategy, {
    ...options,
    ...(layers === undefined ? {} : { layers }),
    content,
    ...(args.source === undefined ? {} : { source: peerNamed(topology, args.source, 'source') }),
    ...(args.server === undefined ? {} : { server: peerNamed(topology, args.server, 'server') }),
    ...(args.target === undefined ? {} : { target: peerNamed(topology, args.target, 'target') }),
    ...(args.item === undefined || content === undefined ? {} : { item: itemNamed(content, args.item) }),
  });
  const report: SearchReport = {
    input: args.input,
    digests,
    notes: [...read.notes, ...notes, ...searched.notes],
    options: { ...optionsOf(args, strategy), ...(content === undefined ? {} : contentOptions(args)) },
    result: searched.result,
  };
  if (args.out !== undefined) writeReport(args.out, 'search', searchTables(report));
  await print(context, args.format, function* (format, terminal) {
    if (format === 'table') for (const line of searchLines(report, terminal)) yield `${line}\n`;
    else yield* formatTables(withOneTable(searchTables(report), format), format, terminal);
  });
  return EXIT_CODES.ok;
}

/** The overlay, where it is asked how long a search takes without the peers of whom it is not known where they are. */
function locatedPart(args: Arguments, whole: Topology) {
  if (!hasLocation(args)) return { topology: whole, notes: [] };
  const { location, notes } = locationOf(args, whole, args.seed);
  const { topology, layers, leftOut } = locate(whole, location);
  const missing = `${leftOut.peers} peers are left out, with ${leftOut.links} links: it is not known where they are.`;
  return {
    topology,
    layers,
    notes: [...notes, layers.underlay.note, ...(leftOut.peers === 0 ? [] : [missing])],
  };
}

/** CSV for a spreadsheet is the table by hop: all others are one row or ten. */
function withOneTable(report: ReturnType<typeof searchTables>, format: string): typeof report {
  return format === 'csv'
    ? { ...report, tables: report.tables.filter(({ name }) => name === 'search-by-hop') }
    : report;
}

function optionsOf(args: Arguments, strategy: Strategy) {
  const { request, queries, walkers, checkEvery, seed, rings, superpeerLinks, backtrack } = args;
  return {
    ttl: args.ttl ?? rings?.at(-1) ?? strategy.defaultTtl,
    request,
    queries,
    walkers,
    checkEvery,
    backtrack: backtrack ?? DEFAULTS.backtrack,
    seed,
    ...(rings === undefined ? {} : { rings }),
    ...(superpeerLinks === undefined ? {} : { superpeerLinks }),
  };
}

function refuseUnheeded(raw: RawArguments, strategy: Strategy): void {
  if (raw['rings'] !== undefined && raw['ttl'] !== undefined) {
    throw new PeerscopeError('usage', '--rings has the TTLs: leave out --ttl');
  }
  for (const [option, strategies] of Object.entries(HEEDED)) {
    if (raw[option] === undefined || strategies.includes(strategy.name)) continue;
    throw new PeerscopeError('usage', `--${kebabCase(option)} is for the strategy ${strategies.join(', ')}`);
  }
}

const PLACED = ['items', 'zipf', 'replication', 'capacity'] as const;

function placementOf({ items, zipf, replication, capacity }: Arguments) {
  return {
    items: items ?? 100,
    zipf: zipf ?? 1,
    replication: replication ?? ('proportional' as const),
    capacity: capacity ?? 1,
  };
}

function contentOptions(args: Arguments) {
  return args.content === undefined ? placementOf(args) : { content: args.content };
}

function contentOf(args: Arguments, topology: Topology): Content | undefined {
  const placed = PLACED.filter((name) => args[name] !== undefined);
  if (args.content !== undefined) {
    if (placed.length > 0) {
      throw new PeerscopeError('usage', `--content says who holds what: leave out --${placed[0] ?? ''}`);
    }
    return parseContentCsv(readArgumentFile('content', args.content), args.content, topology);
  }
  if (placed.length === 0) return undefined;
  const random = createRandom(args.seed).fork('content');
  return placeContent({ ...placementOf(args), peers: topology.size }, random);
}

function ascendingTtls(parts: readonly string[], context: z.RefinementCtx): readonly number[] {
  const ttls = parts.map((part) => (/^\d{1,7}$/.test(part) ? Number(part) : 0));
  if (ttls.every((ttl, k) => ttl > (ttls[k - 1] ?? 0))) return ttls;
  context.addIssue({
    code: 'custom',
    message: 'must be ascending TTLs from 1, separated by commas, as 1,3,7',
  });
  return z.NEVER;
}
