import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import { readAnyHostFile, type HostFileContents } from '../overlays/gnutella/bootstrap/any-host-file.ts';
import { encodeHostCache, type RememberedHost } from '../overlays/gnutella/bootstrap/host-cache-file.ts';
import type { HostSearch, NamedHost } from '../overlays/gnutella/bootstrap/host-search.ts';
import { MAX_FILE_HOSTS, MAX_HOST_FILE_BYTES } from '../overlays/gnutella/bootstrap/limits.ts';
import { replaceFile } from '../snapshot/replace-file.ts';

/** A file of hosts that was read. */
export interface HostsFile {
  readonly name: string;
  readonly contents: HostFileContents;
}

/** @throws {PeerscopeError} `bad-input` where it cannot be read, or holds no hosts of any known kind. */
export function readHosts(name: string): HostsFile {
  const contents = readAnyHostFile(readBounded(name));
  if (contents !== undefined) return { name, contents };
  throw new PeerscopeError('bad-input', `${name} is no file of hosts`, {
    hint: 'It may be one of ours (bootstrap --out), of gtk-gnutella (hosts, ultras) or of LimeWire (gnutella.net).',
  });
}

/** Our own file of hosts, which new ones are added to. */
export interface HostCacheFile {
  /** Writes it anew, whole; of a host that it has already the newer entry stands. */
  add(
    search: HostSearch,
    files: readonly HostsFile[],
    now: number,
  ): { readonly file: string; readonly hosts: number };
}

/**
 * The file that is there already, or a new one.
 * @throws {PeerscopeError} `bad-input` where something else is there, `usage` where its folder is not.
 */
export function openHostCache(file: string): HostCacheFile {
  if (!existsSync(dirname(file))) {
    throw new PeerscopeError('usage', `the folder of ${file} does not exist`);
  }
  const known = existsSync(file) ? readOwn(file) : [];
  return {
    add: (search, files, now) => {
      const kinds = new Map(files.map(({ name, contents }) => [name, contents.kind]));
      const hosts = new Map(known.map((host) => [host.address, host]));
      for (const found of search.hosts) {
        const before = hosts.get(found.address);
        const isNewer = (found.lastSeen ?? -1) > (before?.lastSeen ?? -1);
        if (before === undefined || isNewer) hosts.set(found.address, remembered(found, kinds, before, now));
      }
      replaceFile(file, encodeHostCache([...hosts.values()]));
      return { file, hosts: Math.min(hosts.size, MAX_FILE_HOSTS) };
    },
  };
}

function readOwn(file: string): readonly RememberedHost[] {
  const contents = readAnyHostFile(readBounded(file));
  if (contents?.kind === 'peerscope') {
    return contents.hosts.map(({ origin = '', ...host }) => ({ ...host, source: origin }));
  }
  throw new PeerscopeError('bad-input', `${file} is no file of hosts of ours, and is not written over`, {
    hint: 'Name another file with --out; to take its hosts over, name it with --hosts too.',
  });
}

/** From where it was first known stays; nobody can have been heard of after now. */
function remembered(
  { address, lastSeen, source, origin }: NamedHost,
  kinds: ReadonlyMap<string, string>,
  before: RememberedHost | undefined,
  now: number,
): RememberedHost {
  const word = { 'well-known': 'given', file: kinds.get(source.name) ?? 'file', 'web-cache': source.name };
  const first =
    origin ?? (source.kind === 'udp-host-cache' ? `udp-host-cache ${source.name}` : word[source.kind]);
  return {
    address,
    ...(lastSeen === undefined ? {} : { lastSeen: Math.min(lastSeen, now) }),
    source: before === undefined || before.source === '' ? first : before.source,
  };
}

/** One byte more than is read of such a file, so that it is known to be longer. */
function readBounded(name: string): Uint8Array {
  try {
    const file = openSync(name, 'r');
    try {
      const chunks: Buffer[] = [];
      for (let size = 0; size <= MAX_HOST_FILE_BYTES;) {
        const chunk = Buffer.alloc(CHUNK_BYTES);
        const read = readSync(file, chunk);
        if (read === 0) break;
        chunks.push(chunk.subarray(0, read));
        size += read;
      }
      return Buffer.concat(chunks);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const missing = systemCode(error) === 'ENOENT';
    throw new PeerscopeError('bad-input', `${name} ${missing ? 'does not exist' : 'cannot be read'}`, {
      cause: error,
    });
  }
}

const CHUNK_BYTES = 64 * 1024;
