import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { PeerscopeError, systemCode } from '../core/errors.ts';
import type { RecordedManners } from './recorded-manners.ts';
import { replaceFile } from './replace-file.ts';

/** What a snapshot of a live crawl must not tell everybody, and has to be known to go on with it and to audit it. */
export interface PrivateFacts {
  /** Addresses that the crawl began at. */
  readonly bootstrap: readonly string[];
  /** Who asked to be left alone. */
  readonly excluded: readonly string[];
  readonly excludedLater: RecordedManners['excludedLater'];
  /** Addresses of whoever crawled. */
  readonly sources: readonly string[];
}

const schema = z.object({
  bootstrap: z.array(z.string()),
  excluded: z.array(z.string()),
  excludedLater: z.array(z.object({ since: z.string(), excluded: z.array(z.string()) })),
  sources: z.array(z.string()),
});

/** Within a snapshot, beside the journal: only its owner may read it. */
const FILE = 'visits/private.json';

export function writePrivateFacts(snapshotDir: string, facts: PrivateFacts): void {
  replaceFile(join(snapshotDir, FILE), `${JSON.stringify(facts, null, 2)}\n`, 0o600);
}

/** Undefined where a snapshot has none: then everything stands in its manifest. */
export function readPrivateFacts(snapshotDir: string): PrivateFacts | undefined {
  const path = join(snapshotDir, FILE);
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw new PeerscopeError('bad-input', `${path} cannot be read, or is not as it was written`, {
      cause: error,
    });
  }
}
