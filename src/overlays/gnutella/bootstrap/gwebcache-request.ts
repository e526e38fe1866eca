import { type Address, parseAddress } from '../../../core/address.ts';
import { plainName } from '../wire/values.ts';
import { type CacheUrl, parseCacheUrl } from './cache-url.ts';
import { plainCluster } from './gwebcache-v2.ts';
import { MAX_REQUEST_CHARACTERS } from './limits.ts';
import { percentDecode, percentEncode } from './percent.ts';

/** Who asks: a vendor of four letters and its version. */
export interface CacheClient {
  readonly vendor: string;
  readonly version: string;
}

/** What an update submits: its own address, and a cache that it knows to work. */
export interface Submission {
  readonly ip?: Address;
  readonly url?: CacheUrl;
}

/** A question of version 1. Hosts and URLs together (`bfile`) are not in the specification; not every cache knows it. */
export interface CacheRequestV1 {
  readonly spec: 1;
  readonly client: CacheClient;
  readonly hostfile: boolean;
  readonly urlfile: boolean;
  readonly statfile: boolean;
  readonly ping: boolean;
  readonly submission?: Submission;
}

/** A question of version 2. */
export interface CacheRequestV2 {
  readonly spec: 2;
  readonly client: CacheClient;
  /** `gnutella`, `gnutella2`. */
  readonly net: string;
  /** Hosts and URLs. */
  readonly get: boolean;
  /** Also `hostfile=1`, so that a cache that only knows version 1 answers the same request. */
  readonly hostfile: boolean;
  readonly ping: boolean;
  readonly submission?: Submission;
  /** Keywords of the submitted host. */
  readonly cluster?: string;
}

export type CacheRequest = CacheRequestV1 | CacheRequestV2;

/** The network of a request that names none. */
export const DEFAULT_NETWORK = 'gnutella';

/** The query of a request, without its question mark; it goes behind the URL of a cache. */
export function encodeCacheRequest(request: CacheRequest): string {
  const { submission } = request;
  const own = request.spec === 1 ? parametersOfV1(request) : parametersOfV2(request);
  const pairs: [string, string | undefined][] = [
    ...own,
    ['ping', flag(request.ping)],
    ['ip', submission?.ip],
    ['url', submission?.url],
    ['client', request.client.vendor],
    ['version', request.client.version],
  ];
  return pairs
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${percentEncode(value)}`]))
    .join('&');
}

function parametersOfV1(request: CacheRequestV1): [string, string | undefined][] {
  const both = request.hostfile && request.urlfile;
  return [
    ['bfile', flag(both)],
    ['hostfile', flag(request.hostfile && !both)],
    ['urlfile', flag(request.urlfile && !both)],
    ['statfile', flag(request.statfile)],
  ];
}

function parametersOfV2(request: CacheRequestV2): [string, string | undefined][] {
  return [
    ['get', flag(request.get)],
    ['hostfile', flag(request.hostfile)],
    ['update', flag(request.submission !== undefined)],
    ['net', request.net],
    ['cluster', request.cluster],
  ];
}

function flag(isSet: boolean): string | undefined {
  return isSet ? '1' : undefined;
}

/** A request as our own cache understands it. */
export interface ReceivedCacheRequest {
  readonly request: CacheRequest;
  /** What was submitted and is neither an address nor the URL of a cache. */
  readonly rejected: readonly ('ip' | 'url')[];
}

/**
 * Reads the target of a request, `/path?query`. It is of version 2 where it says `get`, `update` or `net`. Never fails:
 * what is not understood is not asked. BOUNDED: MAX_REQUEST_CHARACTERS; a longer target is undefined.
 */
export function decodeCacheRequest(target: string): ReceivedCacheRequest | undefined {
  if (target.length > MAX_REQUEST_CHARACTERS) return undefined;
  const values = parametersOf(target);
  const asks = (name: string): boolean => !['', '0'].includes(values.get(name) ?? '');
  const submitted = decodeSubmission(values);
  const common = { client: decodeClient(values), ping: asks('ping') };
  if (!asks('get') && !asks('update') && !values.has('net')) {
    const request: CacheRequestV1 = {
      spec: 1,
      ...common,
      hostfile: asks('hostfile') || asks('bfile'),
      urlfile: asks('urlfile') || asks('bfile'),
      statfile: asks('statfile'),
      ...(submitted.isUpdate ? { submission: submitted.submission } : {}),
    };
    return { request, rejected: submitted.rejected };
  }
  const cluster = plainCluster(values.get('cluster') ?? '');
  const request: CacheRequestV2 = {
    spec: 2,
    ...common,
    net: plainNetwork(values.get('net')),
    get: asks('get'),
    hostfile: asks('hostfile') || asks('bfile'),
    ...(submitted.isUpdate || asks('update') ? { submission: submitted.submission } : {}),
    ...(cluster === '' ? {} : { cluster }),
  };
  return { request, rejected: submitted.rejected };
}

/** The first of several values counts: each parameter should be there once only. */
function parametersOf(target: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const question = target.indexOf('?');
  const query = question < 0 ? '' : target.slice(question + 1);
  for (const pair of query.replace(/#.*$/s, '').split('&')) {
    const [name = '', value = ''] = splitOnce(pair, '=').map((part) =>
      percentDecode(part.replaceAll('+', ' ')),
    );
    if (!values.has(name)) values.set(name, value.trim());
  }
  return values;
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Also `ip1` and `url1`, the names of early clients. */
function decodeSubmission(values: ReadonlyMap<string, string>): {
  readonly isUpdate: boolean;
  readonly submission: Submission;
  readonly rejected: readonly ('ip' | 'url')[];
} {
  const ipText = values.get('ip') ?? values.get('ip1');
  const urlText = values.get('url') ?? values.get('url1');
  const ip = ipText === undefined ? undefined : parseAddress(ipText);
  const url = urlText === undefined ? undefined : parseCacheUrl(urlText);
  const rejected: ('ip' | 'url')[] = [];
  if (ipText !== undefined && ip === undefined) rejected.push('ip');
  if (urlText !== undefined && url === undefined) rejected.push('url');
  return {
    isUpdate: ipText !== undefined || urlText !== undefined,
    submission: { ...(ip === undefined ? {} : { ip }), ...(url === undefined ? {} : { url }) },
    rejected,
  };
}

/** `client=GTKG&version=1.2`, and also `client=GTKG1.2`, as the version 2 specification has it. */
function decodeClient(values: ReadonlyMap<string, string>): CacheClient {
  const client = plainName(values.get('client') ?? '');
  const version = values.get('version');
  if (version !== undefined) return { vendor: client, version: plainName(version) };
  return { vendor: client.slice(0, VENDOR_CHARACTERS), version: client.slice(VENDOR_CHARACTERS).trim() };
}

const VENDOR_CHARACTERS = 4;

function plainNetwork(text: string | undefined): string {
  const name = (text ?? '').toLowerCase().replace(/[^a-z0-9._-]/g, '?');
  return name === '' ? DEFAULT_NETWORK : name.slice(0, MAX_NETWORK_CHARACTERS);
}

/** Characters of the name of a network. */
const MAX_NETWORK_CHARACTERS = 32;
