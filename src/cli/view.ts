import { isIP } from 'node:net';
import { join } from 'node:path';
import * as z from 'zod';
import { isLoopbackIp } from '../core/address.ts';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { drawnPart } from '../reports/view/drawn-part.ts';
import { makeView } from '../reports/view/make-view.ts';
import { placesAt } from '../underlay/places.ts';
import { flag, parseArguments, text, wholeNumber, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { locationOf } from './location-arguments.ts';
import { showInBrowser } from './open-browser.ts';
import { openOutput } from './output.ts';
import { untilAborted } from './until-aborted.ts';
import { readViewInput } from './view-input.ts';
import { layOut } from './view-layout.ts';
import { viewResources } from './view-resources.ts';
import { serveView } from './view-server.ts';
import { hireCrew } from './worker-crew.ts';

const schema = z.object({
  input: z.string().min(1, 'an input must have a name'),
  places: text.optional(),
  addressTable: text.optional(),
  host: text.default('127.0.0.1'),
  port: wholeNumber(0, 65_535).default(0),
  open: flag.default(true),
  seed: wholeNumber(0, 2 ** 31 - 1).default(1),
});

/** Shows an overlay in the browser until Ctrl-C. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  if (isIP(args.host) === 0) {
    throw new PeerscopeError('usage', `--host must be an IP address of this machine (it is "${args.host}")`);
  }
  const subject = await readViewInput(args.input, raw, context);
  const isPlaced = args.places !== undefined || args.addressTable !== undefined;
  const read = isPlaced ? locationOf(args, subject.topology, args.seed) : undefined;
  const places = read?.location.places;
  const view = makeView({
    ...subject,
    notes: [...subject.notes, ...(read?.notes ?? [])],
    ...(places === undefined ? {} : { places }),
  });
  // One thread beside this one, which answers the browser.
  const crew = hireCrew(2);
  const layout = layOut(view.rows, crew);
  const drawnPlaces = places === undefined ? undefined : placesAt(places, drawnPart(subject.topology).peers);
  const server = await serveView({
    host: args.host,
    port: args.port,
    pageDir: join(context.packageDir, 'dist', 'viewer'),
    resource: viewResources(view, layout, drawnPlaces),
  }).catch(async (error: unknown) => {
    layout.stop();
    await crew.dismiss();
    throw error;
  });
  const { signal, release } = context.catchInterrupts();
  try {
    const { stream } = context.stderr;
    if (!isLoopbackIp(args.host)) {
      stream.write(
        `warning: ${args.host} can be reached from other machines, without encryption: whoever has the URL sees everything\n`,
      );
    }
    await openOutput(context.stdout).write(`${server.url}\n`);
    stream.write('Ctrl-C ends it.\n');
    if (args.open) await showInBrowser(server.url, stream);
    await untilAborted(signal);
    return EXIT_CODES.ok;
  } finally {
    release();
    layout.stop();
    await server.close();
    await crew.dismiss();
  }
}
