import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { parseAddress, type Address } from '../core/address.ts';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import { TOOL } from '../core/version.ts';
import { httpGet } from '../crawl/http-get.ts';
import { mayDial } from '../crawl/may-dial.ts';
import { createSocketTransport } from '../crawl/socket-transport.ts';
import { parseCacheUrl, type CacheUrl } from '../overlays/gnutella/bootstrap/cache-url.ts';
import { findHosts } from '../overlays/gnutella/bootstrap/find-hosts.ts';
import type { HostSearch } from '../overlays/gnutella/bootstrap/host-search.ts';
import { MAX_CACHE_ANSWER_BYTES, MAX_FILE_HOSTS } from '../overlays/gnutella/bootstrap/limits.ts';
import { gnutella } from '../overlays/gnutella/gnutella.ts';
import { parseNamedEndpoint, type NamedEndpoint } from '../overlays/gnutella/wire/named-endpoint.ts';
import { FORMATS } from '../reports/format.ts';
import { formatBootstrap } from '../reports/bootstrap-report.ts';
import { oneOf, parseArguments, text, wholeNumber, type RawArguments } from './arguments.ts';
import type { CliContext } from './context.ts';
import { openHostCache, readHosts, type HostsFile } from './host-files.ts';
import { print } from './print.ts';
import { statusLine } from './progress.ts';

const schema = z.object({
  peer: z.array(text).default([]),
  hosts: z.array(text).default([]),
  webCache: z.array(text).default([]),
  udpHostCache: z.array(text).default([]),
  out: text.optional(),
  enough: wholeNumber(0, MAX_FILE_HOSTS).default(20),
  answerTimeout: wholeNumber(1, 600_000).default(8_000),
  format: oneOf(FORMATS, 'format').optional(),
});

/** Looks for first peers wherever it is told to, and lists whom it found, and from where. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const args = parseArguments(schema, raw);
  const places = {
    peers: args.peer.map(peerArgument),
    webCaches: args.webCache.map(webCacheArgument),
    udpHostCaches: args.udpHostCache.map(udpHostCacheArgument),
  };
  if ([...Object.values(places), args.hosts].every((list) => list.length === 0)) {
    throw new PeerscopeError('usage', 'nowhere to look for peers', {
      hint: 'Name files (--hosts), caches (--web-cache, --udp-host-cache) or peers (--peer).',
    });
  }
  const files = args.hosts.map(readHosts);
  const kept = args.out === undefined ? undefined : openHostCache(args.out);
  const { search, interrupted } = await searchIn({ ...places, files }, args, context);
  const written = kept?.add(search, files, context.now());
  const report = {
    search,
    network: gnutella.name,
    mayContact: ({ address }: { readonly address: Address }) => mayDial(address),
    now: context.now(),
    written,
  };
  await print(context, args.format, (...how) => formatBootstrap(report, ...how));
  if (interrupted) return EXIT_CODES.interrupted;
  if (search.hosts.length > 0) return EXIT_CODES.ok;
  const told = search.sources.map(({ name, outcome }) => `${name} ${outcome}`).join(', ');
  throw new PeerscopeError('network-refused', `no host was found: ${told}`);
}

interface Places {
  readonly peers: readonly Address[];
  readonly webCaches: readonly CacheUrl[];
  readonly udpHostCaches: readonly NamedEndpoint[];
  readonly files: readonly HostsFile[];
}

async function searchIn(
  places: Places,
  { enough, answerTimeout }: { readonly enough: number; readonly answerTimeout: number },
  { catchInterrupts, now, monotonic, stderr }: CliContext,
): Promise<{ readonly search: HostSearch; readonly interrupted: boolean }> {
  const { signal, release } = catchInterrupts();
  const status = statusLine(stderr, monotonic);
  const transport = createSocketTransport({
    connectTimeout: answerTimeout,
    answerTimeout,
    now,
    monotonic,
  });
  const giveUp = (): void => {
    transport.close();
  };
  signal.addEventListener('abort', giveUp);
  try {
    const search = await findHosts({
      ...places,
      enough,
      transport,
      fetch: (url) =>
        httpGet(url, { userAgent: TOOL, timeout: answerTimeout, maxBytes: MAX_CACHE_ANSWER_BYTES, signal }),
      mayAsk: mayDial,
      now,
      // Nobody shall guess the GUIDs, and so forge an answer.
      seed: randomBytes(16).toString('hex'),
      signal,
      onAsk: ({ name }) => {
        status.show(`asking ${name}`);
      },
    });
    return { search, interrupted: signal.aborted };
  } finally {
    status.clear();
    signal.removeEventListener('abort', giveUp);
    release();
    transport.close();
  }
}

function peerArgument(given: string): Address {
  const address = parseAddress(given, gnutella.defaultPort);
  if (address !== undefined) return address;
  throw new PeerscopeError('usage', `"${given}" is no address`, {
    hint: 'An address is IP:PORT, for example 127.1.0.1:6346 or [::1]:6346.',
  });
}

function webCacheArgument(given: string): CacheUrl {
  const url = parseCacheUrl(given);
  if (url === undefined) {
    throw new PeerscopeError('usage', `"${given}" is no URL of a web cache`, {
      hint: 'It is http://HOST[:PORT]/PATH, without a query; there are none at https.',
    });
  }
  const { hostname, port } = new URL(url);
  refuseElsewhere(given, parseNamedEndpoint(`${hostname}:${port === '' ? 80 : port}`));
  return url;
}

function udpHostCacheArgument(given: string): NamedEndpoint {
  const endpoint = parseNamedEndpoint(given);
  if (endpoint === undefined) {
    throw new PeerscopeError('usage', `"${given}" is no UDP host cache`, {
      hint: 'It is HOST:PORT, for example 127.0.0.1:6346.',
    });
  }
  refuseElsewhere(given, endpoint);
  return endpoint;
}

/** Names are not looked up: only `localhost` is known to be here. */
function refuseElsewhere(given: string, endpoint: NamedEndpoint | undefined): void {
  const host = endpoint?.host === 'localhost' ? '127.0.0.1' : endpoint?.host;
  const address = parseAddress(`${host ?? ''}:${endpoint?.port ?? ''}`);
  if (address !== undefined && mayDial(address)) return;
  throw new PeerscopeError(
    'network-refused',
    `${given} is not on this machine, and only loopback addresses are asked yet`,
  );
}
