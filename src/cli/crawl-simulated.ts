import { resolve } from 'node:path';
import { PeerscopeError } from '../core/errors.ts';
import { parseLatency } from '../simulate/latency.ts';
import { simulate } from '../simulate/loopback-simulation.ts';
import { roomForBothEnds } from '../simulate/open-files.ts';
import type { SimulatedOverlay } from '../simulate/simulated-overlay.ts';
import { simulateVirtually } from '../simulate/virtual-simulation.ts';
import type { RawArguments } from './arguments.ts';
import { conductOnLoopback } from './conduct.ts';
import type { CliContext } from './context.ts';
import type { CrawlArguments } from './crawl-arguments.ts';
import { mannersArguments } from './manners-arguments.ts';
import { runScoredCrawl, type CrawlTask, type ScoredCrawl } from './run-crawl.ts';
import { simulationArguments } from './simulation-arguments.ts';
import { keepTruth } from './truth-keeper.ts';

/** Crawls an overlay of its own, and scores the snapshot against the truth. */
export async function simulateAndCrawl(
  name: string,
  task: Omit<CrawlTask, 'bootstrap' | 'origin'>,
  raw: RawArguments,
  args: CrawlArguments,
  context: CliContext,
): Promise<ScoredCrawl> {
  if (args.bootstrap.length > 0 || args.hosts.length > 0) {
    throw new PeerscopeError(
      'usage',
      'a simulated overlay has its own bootstrap peer: leave the addresses out',
    );
  }
  if (args.tls) throw new PeerscopeError('usage', 'simulated peers do not speak TLS: --tls is for real ones');
  const { scenario, latency, ...what } = simulationArguments(name, raw);
  const { trouble, seed } = what;
  if (args.truth !== undefined && resolve(args.truth) === resolve(task.directory)) {
    throw new PeerscopeError('usage', 'the truth needs a directory of its own, beside the snapshot');
  }
  const { manners } = mannersArguments(raw);
  if (manners.policy.scope === 'live') {
    throw new PeerscopeError('usage', '--live is for real overlays: a simulated one is on this machine');
  }
  const conduct = conductOnLoopback(manners);
  const made = { ...what, overlay: task.overlay };
  const options = { simulate: name, model: scenario.model, ...scenario.options };
  const crawlAndKeep = async (
    simulation: SimulatedOverlay,
    how: Pick<CrawlTask, 'network' | 'origin'> & Pick<CrawlTask, 'mostConnections'>,
  ): Promise<ScoredCrawl> => {
    const origin = { overlay: task.overlay.name, options: how.origin.options, seed };
    const truth = args.truth === undefined ? undefined : keepTruth(args.truth, simulation, origin);
    const crawled = await runScoredCrawl(
      simulation,
      { ...task, ...how, conduct, clockJump: trouble.clockJump },
      context,
    );
    truth?.write();
    return crawled;
  };
  if (args.virtual) {
    const drawn = parseLatency(latency ?? DEFAULT_LATENCY);
    const simulation = simulateVirtually({
      ...made,
      ...task.settings,
      latency: drawn,
      startedAt: VIRTUAL_START,
    });
    const origin = { seed, options: { ...options, virtual: true, latency: drawn.name } };
    return crawlAndKeep(simulation, { network: simulation.network, origin });
  }
  if (latency !== undefined) {
    throw new PeerscopeError('usage', '--latency is for virtual time', {
      hint: 'Use it together with --virtual; on loopback, --delay lets peers think before they answer.',
    });
  }
  const simulation = await simulate({
    ...made,
    port: 0,
    startedAt: context.now(),
    monotonic: context.monotonic,
  });
  try {
    // Where a listener has no file left for a connection, the system closes it without a word to anybody.
    const mostConnections = roomForBothEnds();
    return await crawlAndKeep(simulation, { mostConnections, origin: { seed, options } });
  } finally {
    await simulation.close();
  }
}

/** Virtual time begins on the day of the lecture's own measurement, so that the same seed gives the same bytes. */
const VIRTUAL_START = Date.UTC(2002, 7, 1);

const DEFAULT_LATENCY = 'constant:50';
