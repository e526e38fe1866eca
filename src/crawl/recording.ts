import { closeSync, createReadStream, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Address } from '../core/address.ts';
import { PeerscopeError } from '../core/errors.ts';
import { OUTCOMES } from '../core/outcome.ts';
import { readManifest, writeManifest, type Manifest } from '../snapshot/manifest.ts';

/** What went over the wire in one conversation, in its order, and what came of it. */
export interface RecordedConversation {
  readonly endpoint: Address;
  readonly question: string;
  /** Milliseconds since 1970; and how long it took. */
  readonly startedAt: number;
  readonly duration: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  readonly exchange: readonly Utterance[];
  /** How it ended where the peer, or the time, did not let it end with an answer. */
  readonly end?: 'closed' | 'reset' | 'silent' | undefined;
  /** What came of it where no conversation came about. */
  readonly outcome?: (typeof OUTCOMES)[number] | undefined;
}

/** What one side said; base64. */
export interface Utterance {
  readonly from: 'us' | 'peer';
  readonly bytes: string;
}

/**
 * A folder with every conversation of a crawl, byte by byte: `conversations.ndjson`, one a line in the order in which they
 * ended, and the manifest of the snapshot that was made of them. It holds raw addresses: only its owner may read it.
 */
export interface RecordingWriter {
  append(conversation: RecordedConversation): void;
  /** @param manifest of the snapshot, once the crawl has ended. */
  close(manifest: Manifest | undefined): void;
}

const FILE = 'conversations.ndjson';

/** @throws {PeerscopeError} (usage) where the folder exists already. */
export function openRecording(folder: string): RecordingWriter {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    throw new PeerscopeError('usage', `the recording ${folder} cannot be made there`, {
      hint: 'Name a new directory in one that exists with --record: a recording is never written over.',
      cause: error,
    });
  }
  const file = openSync(join(folder, FILE), 'ax', 0o600);
  return {
    append: (conversation) => {
      const bytes = Buffer.from(`${JSON.stringify(conversation)}\n`);
      for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
    },
    close: (manifest) => {
      fsyncSync(file);
      closeSync(file);
      if (manifest !== undefined) writeManifest(folder, manifest);
    },
  };
}

const utterance = z.object({ from: z.enum(['us', 'peer']), bytes: z.string() });

const conversation = z.object({
  endpoint: z.string().transform((text) => text as Address),
  question: z.string(),
  startedAt: z.number(),
  duration: z.number(),
  bytesSent: z.number(),
  bytesReceived: z.number(),
  exchange: z.array(utterance),
  end: z.enum(['closed', 'reset', 'silent']).optional(),
  outcome: z.enum(OUTCOMES).optional(),
});

/** A recording as it stands on disk. */
export interface Recording {
  readonly manifest: Manifest;
  /** Read while one goes through them; throws a PeerscopeError (bad-input) that names the line that is none. */
  readonly conversations: AsyncIterable<RecordedConversation>;
}

/** @throws {PeerscopeError} (bad-input) where there is no recording of a crawl that has ended. */
export function readRecording(folder: string): Recording {
  return { manifest: readManifest(folder), conversations: conversationsIn(join(folder, FILE)) };
}

async function* conversationsIn(path: string): AsyncGenerator<RecordedConversation> {
  let line = 0;
  const stream = createReadStream(path);
  try {
    for await (const text of createInterface({ input: stream, crlfDelay: Infinity })) {
      line += 1;
      yield conversation.parse(JSON.parse(text));
    }
  } catch (error) {
    const where = line === 0 ? `${path} cannot be read` : `${path} line ${line} is no conversation`;
    throw new PeerscopeError('bad-input', where, { cause: error });
  } finally {
    stream.destroy();
  }
}
