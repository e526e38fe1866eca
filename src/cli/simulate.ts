import { z } from 'zod';
import { EXIT_CODES } from '../core/errors.ts';
import { formatNumber } from '../reports/format-number.ts';
import { overlayArgument } from './overlay-argument.ts';
import { simulate } from '../simulate/simulation.ts';
import { writeTruth } from '../snapshot/write-truth.ts';
import { oneOf, parseArguments, text, wholeNumber, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { modelArguments } from './model-arguments.ts';
import { openOutput } from './output.ts';

const schema = z.object({
  model: text,
  port: wholeNumber(0, 65_535).default(6346),
  truth: text.optional(),
  addresses: oneOf(['one-port', 'port-per-peer'], 'address scheme').optional(),
  seed: wholeNumber(0, 2 ** 31 - 1).default(1),
});

/** Serves an overlay on loopback until it is interrupted. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  const { model, modelOptions } = modelArguments(args.model, raw);
  const output = openOutput(context.stdout);
  const overlay = overlayArgument('gnutella');
  const startedAt = context.now();
  const simulation = await simulate({
    model,
    modelOptions,
    seed: args.seed,
    overlay,
    port: args.port,
    ...(args.addresses === undefined ? {} : { scheme: args.addresses }),
    startedAt,
  });
  try {
    const { topology, notes } = simulation.generated;
    if (args.truth !== undefined) {
      const origin = {
        overlay: overlay.name,
        options: { model: model.name, ...modelOptions },
        seed: args.seed,
        at: startedAt,
      };
      writeTruth(args.truth, simulation.population.truth(), origin);
    }
    await output.write(`bootstrap ${simulation.bootstrap}\n`);
    await output.write(
      `${model.name}: ${formatNumber(topology.size)} peers, ${formatNumber(topology.linkCount)} links, speaking ${overlay.title} on loopback\n`,
    );
    for (const note of notes) await output.write(`${note}\n`);
    if (args.truth !== undefined) await output.write(`truth ${args.truth}\n`);
    const { signal } = context.catchInterrupts();
    await output.write('Ctrl-C ends it.\n');
    await interrupted(signal);
    await output.write(`${formatNumber(simulation.host.accepted)} connections were answered.\n`);
  } finally {
    await simulation.close();
  }
  return EXIT_CODES.interrupted;
}

function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}
