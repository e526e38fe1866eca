import { closeSync, createReadStream, existsSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { parseAddress, type Address } from '../core/address.ts';
import { PeerscopeError } from '../core/errors.ts';
import { OUTCOMES } from '../core/outcome.ts';
import { ENDINGS, type Ending } from '../core/visit.ts';
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
  /** Milliseconds until the connection stood. */
  readonly roundTrip?: number | undefined;
  /** Given up before all patience was spent: the peer was asked once more. */
  readonly hasty?: true | undefined;
  readonly exchange: readonly Utterance[];
  /** How it ended where the peer, or the time, did not let it end with an answer. */
  readonly end?: Ending | undefined;
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
  /** What is known of the crawl when it begins, so that a recording that breaks off can be replayed too. */
  readonly begin: (manifest: Manifest) => void;
  append(conversation: RecordedConversation): void;
  /** @param manifest of the snapshot, where the crawl has come to its end. */
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
    begin: (manifest) => {
      writeManifest(folder, manifest);
    },
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

/** What a date can be, milliseconds since 1970 (ECMAScript, 21.4.1.1). */
const LAST_INSTANT = 8.64e15;

/** Only as it was written: a recording is read as it is, or not at all. */
function addressIn(text: string): Address | undefined {
  const address = parseAddress(text);
  return address === text ? address : undefined;
}

function refuse(context: z.RefinementCtx): never {
  context.addIssue({ code: 'custom', message: 'must be an address' });
  return z.NEVER;
}

const utterance = z.object({ from: z.enum(['us', 'peer']), bytes: z.string() });

const conversation = z.object({
  endpoint: z.string().transform((text, context) => addressIn(text) ?? refuse(context)),
  question: z.string(),
  startedAt: z.number().min(0).max(LAST_INSTANT),
  duration: z.number().min(0).max(LAST_INSTANT),
  bytesSent: z.number().min(0),
  bytesReceived: z.number().min(0),
  roundTrip: z.number().min(0).max(LAST_INSTANT).optional(),
  hasty: z.literal(true).optional(),
  exchange: z.array(utterance),
  end: z.enum(ENDINGS).optional(),
  outcome: z.enum(OUTCOMES).optional(),
});

/** A recording as it stands on disk. */
export interface Recording {
  readonly manifest: Manifest;
  /** Read while one goes through them; throws a PeerscopeError (bad-input) that names the line that is none. */
  readonly conversations: AsyncIterable<RecordedConversation>;
}

/** @throws {PeerscopeError} (bad-input) where there is no recording. */
export function readRecording(folder: string): Recording {
  if (!existsSync(join(folder, FILE))) {
    throw new PeerscopeError('bad-input', `${folder} is no recording: it has no ${FILE}`, {
      hint: 'A recording is the directory that `peerscope crawl … --record DIR` writes.',
    });
  }
  const manifest = readManifest(folder);
  const isUsable = !Number.isNaN(Date.parse(manifest.startedAt)) && manifest.bootstrap.every(addressIn);
  if (!isUsable) throw new PeerscopeError('bad-input', `the manifest of ${folder} has been altered`);
  return { manifest, conversations: conversationsIn(join(folder, FILE)) };
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
