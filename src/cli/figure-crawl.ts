import { parseLatency } from '../simulate/latency.ts';
import { simulateVirtually } from '../simulate/virtual-simulation.ts';
import type { SnapshotTables } from '../snapshot/rows.ts';
import { TopologyBuilder } from '../topology/builder.ts';
import type { Topology } from '../topology/topology.ts';
import { pacedCrawl } from './experiments/paced-crawl.ts';
import { overlayArgument } from './overlay-argument.ts';
import { simulationArguments } from './simulation-arguments.ts';

/** The overlay that is crawled for the figure: two tiers, of whose superpeers some say nothing. */
const OVERLAY = {
  peers: '500',
  'superpeer-share': '0.12',
  'superpeer-degree': '4',
  'superpeer-degree-cap': '14',
  'superpeers-per-leaf': '1-2',
  silent: '0.1',
};
/** 1 May 2002, as on the slide. */
const START = Date.UTC(2002, 4, 1);

/** Crawls an overlay of its own in virtual time, over the real protocol: the same seed gives the same crawl. */
export async function crawlForFigure(
  seed: number,
): Promise<{ topology: Topology; notes: readonly string[] }> {
  const overlay = overlayArgument('gnutella');
  const raw = Object.fromEntries(
    Object.entries({ ...OVERLAY, seed: String(seed) }).map(([name, value]) => [camelCase(name), value]),
  );
  const simulation = simulateVirtually({
    ...simulationArguments('two-tier', raw),
    overlay,
    startedAt: START,
    latency: parseLatency('constant:50'),
    connectTimeout: 5_000,
    answerTimeout: 8_000,
  });
  const { tables, contacts, answers } = await pacedCrawl(simulation, {
    overlay,
    perSecond: 50,
    limit: Infinity,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  const topology = topologyOf(tables);
  return {
    topology,
    notes: [
      `A two-tier overlay of ${OVERLAY.peers} peers, a tenth of them silent, crawled in virtual time over the Gnutella 0.6 handshake with seed ${seed}: ${contacts} contacts, ${answers} answers.`,
    ],
  };
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function topologyOf({ peers, links }: SnapshotTables): Topology {
  const builder = new TopologyBuilder(false);
  const rows = [...peers];
  for (const { id } of rows) builder.peer(id);
  for (const { source, target } of links) builder.link(builder.peer(source), builder.peer(target));
  return builder.build({
    roles: rows.map(({ role }) => role),
    respondents: Uint8Array.from(rows, ({ respondent }) => (respondent ? 1 : 0)),
  });
}
