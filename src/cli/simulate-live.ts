import { join } from 'node:path';
import * as z from 'zod';
import { type Address, portOf } from '../core/address.ts';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { createRandom } from '../core/random.ts';
import { MESSAGE_KINDS } from '../overlays/gnutella/node/message-counts.ts';
import { formatNumber } from '../reports/format-number.ts';
import { LiveNodes } from '../reports/view/live-nodes.ts';
import { type LoopbackLiveOverlay, openLiveLoopback } from '../simulate/live-loopback.ts';
import { type LiveState, stateOf } from '../simulate/live-overlay.ts';
import { linksToHold } from '../simulate/live-room.ts';
import { LiveSearches } from '../simulate/live-searches.ts';
import { liveTruth, transfersCsv } from '../simulate/live-truth.ts';
import { loopbackAddresses } from '../simulate/loopback-addresses.ts';
import { replaceFile } from '../snapshot/replace-file.ts';
import { refuseForeign, writeTruth } from '../snapshot/write-truth.ts';
import {
  flag,
  kebabCase,
  parseArguments,
  realNumber,
  text,
  wholeNumber,
  type RawArguments,
} from './arguments.ts';
import type { CliContext } from './context.ts';
import { liveArguments, SELF_ORGANISED } from './live-arguments.ts';
import type { LiveView } from './live-view.ts';
import { openOutput, type Output } from './output.ts';
import { overlayArgument } from './overlay-argument.ts';
import { viewArguments } from './view-arguments.ts';
import { viewSimulation, type ViewedSimulation } from './viewed-simulation.ts';
import { watch, type Watched } from './watch.ts';

const schema = z.object({
  port: wholeNumber(0, 65_535).default(6346),
  truth: text.optional(),
  truthEvery: realNumber(0.1, 86_400).optional(),
  searches: realNumber(0, 1_000).default(0),
});

/** Options of `simulate` that only peers heed that nobody is connected to. */
const NOT_LIVE = ['addresses', 'saveScenario', 'webCache', 'udpHostCache', 'hostCache'];

/** Seconds. */
const TRUTH_EVERY = 10;

/** Whether `simulate` is asked for nodes that are connected to each other. Throws a usage error for half of it. */
export function isLive(raw: RawArguments): boolean {
  const { live = false } = parseArguments(z.object({ live: flag.optional() }), raw);
  if (live || raw['model'] === SELF_ORGANISED) return true;
  const given = ['searches', 'capable'].find((option) => raw[option] !== undefined);
  if (given === undefined) return false;
  throw new PeerscopeError('usage', `--${given} is for live nodes`, {
    hint: `Use it together with --live, or with simulate ${SELF_ORGANISED}.`,
  });
}

/** Runs live nodes on loopback until it is interrupted. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  const refused = NOT_LIVE.find((option) => raw[option] !== undefined && raw[option] !== false);
  if (refused !== undefined) {
    throw new PeerscopeError('usage', `--${kebabCase(refused)} has no effect on live nodes`);
  }
  if (args.truthEvery !== undefined && args.truth === undefined) {
    throw new PeerscopeError('usage', '--truth-every has no effect without --truth DIR');
  }
  const viewing = viewArguments(raw);
  const overlay = overlayArgument('gnutella');
  const live = liveArguments(raw, overlay.personalities);
  if (args.truth !== undefined) refuseForeign(args.truth);
  const output = openOutput(context.stdout);
  const [begin, startedAt] = [context.monotonic(), context.now()];
  const now = (): number => startedAt + context.monotonic() - begin;
  const links = linksToHold(live.nodes(loopbackAddresses(args.port)));
  const nodes = await openLiveLoopback({ peers: live.peers, links, port: args.port, now });
  const { signal, release } = context.catchInterrupts();
  let view: LiveView | undefined;
  try {
    for (const node of live.nodes(nodes.addressOf)) nodes.add(node);
    const bootstrap = nodes.addressOf(live.bootstrap);
    await introduce(
      bootstrap,
      `${live.introduction}, speaking ${overlay.title} on loopback`,
      args.port,
      output,
    );
    if (args.truth !== undefined) await output.write(`truth ${args.truth}\n`);
    view = await viewSimulation(viewing, viewed(nodes), output, context);
    await output.write('Ctrl-C ends it.\n');
    const { truth, truthEvery = TRUTH_EVERY } = args;
    const origin = { overlay: overlay.name, options: live.recorded, seed: live.seed, since: startedAt };
    const keep = (): void => {
      if (truth === undefined) return;
      writeTruth(truth, liveTruth(nodes), { ...origin, at: Math.ceil(now()) });
      replaceFile(join(truth, TRANSFERS_FILE), transfersCsv(nodes.tally.transfers));
    };
    const random = createRandom(live.seed).fork('searches');
    const searches = new LiveSearches(nodes, args.searches, random);
    let sinceKept = 0;
    const pass = (elapsed: number): void => {
      searches.pass(elapsed);
      sinceKept += elapsed;
      if (sinceKept < truthEvery * 1000) return;
      keep();
      sinceKept = 0;
    };
    await watch(watched(nodes, pass), signal, output, context);
    keep();
    await output.write(`${activity(nodes, stateOf(nodes))}\n`);
  } finally {
    release();
    await view?.close();
    await nodes.close();
  }
  return EXIT_CODES.interrupted;
}

/** Beside the truth's own files: who fetched what from whom. */
const TRANSFERS_FILE = 'transfers.csv';

async function introduce(bootstrap: Address, line: string, wished: number, output: Output): Promise<void> {
  await output.write(`bootstrap ${bootstrap}\n${line}\n`);
  const port = portOf(bootstrap);
  if (wished !== 0 && port !== wished) {
    await output.write(`port ${wished} is not to be had: all peers are on port ${port}\n`);
  }
}

function watched(nodes: LoopbackLiveOverlay, pass: (elapsed: number) => void): Watched {
  let before = stateOf(nodes);
  return {
    pass,
    look: (seconds) => {
      const state = stateOf(nodes);
      const line = activity(nodes, state, { before, seconds });
      before = state;
      return line;
    },
  };
}

function viewed(nodes: LoopbackLiveOverlay): ViewedSimulation {
  const live = new LiveNodes(nodes);
  const sent = (): number => {
    const state = stateOf(nodes);
    return MESSAGE_KINDS.reduce((sum, kind) => sum + state.sent[kind], 0);
  };
  return {
    name: 'live nodes',
    picture: () => live.picture(),
    rated: { title: 'messages a second', count: sent },
    standing: () => {
      const { connections, superpeers, leaves, undecided, sent: messages } = stateOf(nodes);
      const { searches, hits, transferred } = nodes.tally;
      const numbers = { connections, superpeers, leaves, undecided, searches, hits, transfers: transferred };
      return {
        counts: Object.entries(numbers).map(([name, count]) => [name, formatNumber(count)]),
        tallies: {
          title: 'Messages sent',
          rows: MESSAGE_KINDS.flatMap((kind) => (messages[kind] > 0 ? [[kind, messages[kind]]] : [])),
        },
      };
    },
  };
}

/** Who is connected, what was found and lost, and how many messages went since the last look, a second. */
function activity(
  { tally, faults, lastFault, withoutFile }: LoopbackLiveOverlay,
  state: LiveState,
  since?: { readonly before: LiveState; readonly seconds: number },
): string {
  const messages = MESSAGE_KINDS.flatMap((kind) => {
    const count = state.sent[kind] - (since?.before.sent[kind] ?? 0);
    return count === 0 ? [] : [`${kind} ${formatNumber(Math.round(count / (since?.seconds ?? 1)))}`];
  });
  return [
    `connections ${formatNumber(state.connections)}`,
    `superpeers ${formatNumber(state.superpeers)}`,
    `leaves ${formatNumber(state.leaves)}`,
    ...(state.undecided === 0 ? [] : [`undecided ${formatNumber(state.undecided)}`]),
    `searches ${formatNumber(tally.searches)}`,
    `hits ${formatNumber(tally.hits)}`,
    `transfers ${formatNumber(tally.transferred)}`,
    ...(state.dropped === 0 ? [] : [`dropped ${formatNumber(state.dropped)}`]),
    ...(withoutFile === 0 ? [] : [`no open file left ${formatNumber(withoutFile)} times`]),
    ...(faults === 0 ? [] : [`faults ${formatNumber(faults)} (${lastFault})`]),
    `messages${since === undefined ? '' : '/s'}: ${messages.length === 0 ? 'none' : messages.join(', ')}`,
  ].join(' · ');
}
