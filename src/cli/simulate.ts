import * as z from 'zod';
import { writeFileSync } from 'node:fs';
import { portOf } from '../core/address.ts';
import { EXIT_CODES, PeerscopeError, systemCode } from '../core/errors.ts';
import { formatNumber } from '../reports/format-number.ts';
import { LivePopulation } from '../reports/view/live-population.ts';
import { scenarioDocument } from '../simulate/scenario-file.ts';
import type { Scenario } from '../simulate/scenarios.ts';
import { hostCachesOf, type SimulatedCaches } from '../simulate/host-caches.ts';
import { ADDRESS_SCHEMES } from '../simulate/loopback-listening.ts';
import { CONTACT_ENDS } from '../simulate/loopback-session.ts';
import { refuseForeignCodes } from '../simulate/refused-trouble.ts';
import { simulate, type Simulation } from '../simulate/loopback-simulation.ts';
import {
  flag,
  oneOf,
  parseArguments,
  realNumber,
  text,
  wholeNumber,
  type RawArguments,
} from './arguments.ts';
import type { CliContext } from './context.ts';
import type { LiveView } from './live-view.ts';
import { openOutput, type Output } from './output.ts';
import { overlayArgument } from './overlay-argument.ts';
import { isLive, run as runLive } from './simulate-live.ts';
import { simulationArguments } from './simulation-arguments.ts';
import { keepTruth, type TruthKeeper } from './truth-keeper.ts';
import { viewArguments } from './view-arguments.ts';
import { viewSimulation, type ViewedSimulation } from './viewed-simulation.ts';
import { watch, type Watched } from './watch.ts';

const schema = z.object({
  model: text,
  port: wholeNumber(0, 65_535).default(6346),
  truth: text.optional(),
  truthEvery: realNumber(0.1, 86_400).optional(),
  addresses: oneOf(ADDRESS_SCHEMES, 'address scheme').optional(),
  saveScenario: text.optional(),
  webCache: flag.default(false),
  udpHostCache: flag.default(false),
});

/** Seconds. */
const TRUTH_EVERY = 10;

/** Serves an overlay on loopback until it is interrupted. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  if (isLive(raw)) return runLive(raw, context);
  const args = parseArguments(schema, raw);
  const viewing = viewArguments(raw);
  const { scenario, trouble, ...what } = simulationArguments(args.model, raw);
  const output = openOutput(context.stdout);
  const overlay = overlayArgument('gnutella');
  refuseForeignCodes(trouble, overlay);
  if (args.truthEvery !== undefined && args.truth === undefined) {
    throw new PeerscopeError('usage', '--truth-every has no effect without --truth DIR');
  }
  if (args.saveScenario !== undefined) {
    saveScenario(args.saveScenario, scenario);
    await output.write(`scenario ${args.saveScenario}\n`);
    return EXIT_CODES.ok;
  }
  const simulation = await simulate({
    ...what,
    trouble,
    recordLinks: args.truth !== undefined,
    overlay,
    port: args.port,
    ...(args.addresses === undefined ? {} : { scheme: args.addresses }),
    startedAt: context.now(),
    monotonic: context.monotonic,
  });
  const { signal, release } = context.catchInterrupts();
  let caches: SimulatedCaches | undefined;
  let view: LiveView | undefined;
  try {
    caches = await hostCachesOf(simulation, {
      web: args.webCache,
      datagram: args.udpHostCache,
      overlay,
      seed: what.seed,
    });
    const truth =
      args.truth === undefined
        ? undefined
        : keepTruth(args.truth, simulation, {
            overlay: overlay.name,
            options: { model: scenario.model, ...scenario.options },
            seed: what.seed,
          });
    truth?.write();
    await introduce(simulation, overlay.title, scenario, output);
    await introduceCaches(caches, output);
    const port = portOf(simulation.bootstrap);
    if (simulation.host.scheme === 'one-port' && args.port !== 0 && port !== args.port) {
      await output.write(`port ${args.port} is not to be had: all peers are on port ${port}\n`);
    }
    if (what.latency !== undefined || trouble.clockJump !== 0) {
      await output.write(
        "The scenario's latency and clock jump concern the crawler: they have no effect here.\n",
      );
    }
    if (args.truth !== undefined) await output.write(`truth ${args.truth}\n`);
    view = await viewSimulation(viewing, viewed(simulation, scenario.name), output, context);
    await output.write('Ctrl-C ends it.\n');
    const truthEvery = (args.truthEvery ?? TRUTH_EVERY) * 1000;
    await watch(watched(simulation, truth, truthEvery), signal, output, context);
    truth?.write();
    await output.write(`${activity(simulation)}\n`);
  } finally {
    release();
    await view?.close();
    await caches?.close();
    await simulation.close();
  }
  return EXIT_CODES.interrupted;
}

async function introduce(
  simulation: Simulation,
  protocol: string,
  { name }: Scenario,
  output: Output,
): Promise<void> {
  const { topology, notes } = simulation.generated;
  await output.write(`bootstrap ${simulation.bootstrap}\n`);
  await output.write(
    `${name}: ${formatNumber(topology.size)} peers, ${formatNumber(topology.linkCount)} links, speaking ${protocol} on loopback\n`,
  );
  for (const note of [...notes, ...simulation.notes]) await output.write(`${note}\n`);
}

async function introduceCaches({ web, datagram }: SimulatedCaches, output: Output): Promise<void> {
  if (web !== undefined) await output.write(`web cache ${web.url}\n`);
  if (datagram !== undefined) await output.write(`UDP host cache ${datagram.address}\n`);
}

function watched(simulation: Simulation, truth: TruthKeeper | undefined, truthEvery: number): Watched {
  let before = 0;
  return {
    pass: () => {
      if (truth?.isDue(truthEvery) === true) truth.write();
    },
    look: (seconds) => {
      const contacts = simulation.host.accepted;
      const rate = (contacts - before) / Math.max(0.001, seconds);
      before = contacts;
      return activity(simulation, rate);
    },
    state: () => activity(simulation),
  };
}

function viewed({ population, generated, host, now }: Simulation, name: string): ViewedSimulation {
  const { membership } = population;
  const live = new LivePopulation(population, generated.topology, now);
  return {
    name,
    picture: () => live.picture(),
    rated: { title: 'contacts a second', count: () => host.accepted },
    standing: () => ({
      counts: [
        ['peers up', formatNumber(membership.size)],
        ['sessions started', formatNumber(membership.started)],
        ['sessions ended', formatNumber(membership.ended)],
        ['contacts', formatNumber(host.accepted)],
      ],
      tallies: {
        title: 'How contacts ended',
        rows: CONTACT_ENDS.flatMap((end) => (host.contacts[end] > 0 ? [[end, host.contacts[end]]] : [])),
      },
    }),
  };
}

/** Who is up, who came and went, and how the contacts went; with how many there are a second, where that is known. */
function activity({ population, host, now }: Simulation, rate?: number): string {
  const { membership } = population;
  membership.advance(now());
  const ends = CONTACT_ENDS.filter((end) => host.contacts[end] > 0);
  const total = ends.reduce((sum, end) => sum + host.contacts[end], 0);
  const perSecond = rate === undefined ? '' : ` (${formatNumber(Math.round(rate))}/s)`;
  return [
    `up ${formatNumber(membership.size)}`,
    `sessions started ${formatNumber(membership.started)}`,
    `ended ${formatNumber(membership.ended)}`,
    `contacts ${formatNumber(total)}${perSecond}`,
    ...ends.map((end) => `${end} ${formatNumber(host.contacts[end])}`),
  ].join(' · ');
}

function saveScenario(file: string, scenario: Scenario): void {
  try {
    writeFileSync(file, scenarioDocument(scenario), { flag: 'wx' });
  } catch (error) {
    const reason = systemCode(error) === 'EEXIST' ? 'exists already' : 'cannot be written';
    throw new PeerscopeError('failure', `${file} ${reason}`, { cause: error });
  }
}
