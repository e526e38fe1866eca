import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address } from '../../src/core/address.ts';
import { WAIT, type Question, type Transport, type Visit } from '../../src/core/visit.ts';
import { takeSnapshot, type TakeSnapshotOptions } from '../../src/crawl/take-snapshot.ts';
import { readManifest } from '../../src/snapshot/manifest.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { address, listing, visit } from '../support/visits.ts';

const PEERS = 40;

function questionOf(name: string): Question {
  const ask = () => ({
    question: name,
    carrier: 'tcp' as const,
    opening: new Uint8Array(),
    receive: () => WAIT,
    end: () => visit(address(1)),
  });
  return { name, carrier: 'tcp', ask };
}
const [first, second] = [questionOf('first'), questionOf('second')];

/** A ring with chords. Every fifth peer answers the second question only; every seventh is gone. */
function overlay(): Transport & { readonly asked: string[] } {
  const asked: string[] = [];
  const peer = (number: number): Address => address(((number - 1) % PEERS) + 1);
  return {
    asked,
    converse: async (endpoint, { question }): Promise<Visit> => {
      asked.push(`${question} ${endpoint}`);
      await new Promise((resolve) => setImmediate(resolve));
      const number = Number(endpoint.split(/[.:]/)[3]);
      const common = { question, startedAt: 1_000 };
      if (number % 7 === 0) return visit(endpoint, { ...common, outcome: 'connect-refused' });
      if (number % 5 === 0 && question === 'first') return visit(endpoint, { ...common, outcome: 'silent' });
      return visit(endpoint, { ...common, claims: listing(endpoint, [peer(number + 1), peer(3 * number)]) });
    },
  };
}

function options(directory: string, transport: Transport): TakeSnapshotOptions {
  return {
    directory,
    transport,
    bootstrap: [address(1)],
    question: first,
    followUp: (asked) => (asked.length === 1 && asked[0]?.outcome === 'silent' ? second : undefined),
    contactLeaves: false,
    concurrency: 4,
    overlay: 'test',
    recordedOptions: {},
    seed: null,
    signal: new AbortController().signal,
    now: () => 1_000,
    monotonic: () => 0,
  };
}

async function crawled(directory: string): Promise<string[]> {
  const transport = overlay();
  await takeSnapshot(options(directory, transport));
  return transport.asked;
}

const tables = (directory: string): string[] =>
  ['peers.csv', 'links.csv'].map((name) => readFileSync(join(directory, name), 'utf8'));

/** A directory as a crash leaves it: the manifest of the beginning, and the first bytes of the journal. */
function cutOff(whole: string, bytes: number): string {
  const directory = temporaryFolder();
  mkdirSync(join(directory, 'visits'));
  const journal = readFileSync(join(whole, 'visits', '000001.ndjson'));
  writeFileSync(join(directory, 'visits', '000001.ndjson'), journal.subarray(0, bytes));
  const manifest = { ...readManifest(whole), state: 'incomplete', counts: null, endedAt: null, digests: {} };
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify(manifest));
  return directory;
}

describe('a crawl that was cut off', () => {
  it('becomes the same snapshot when it is resumed, wherever its journal ends, and asks nobody again who is recorded', async () => {
    const whole = temporaryFolder();
    const asked = await crawled(whole);
    const journal = readFileSync(join(whole, 'visits', '000001.ndjson'), 'utf8');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: journal.length }), async (bytes) => {
        const directory = cutOff(whole, bytes);
        const recorded = journal.slice(0, bytes).split('\n').length - 1;
        const transport = overlay();
        const resumes = readManifest(directory);
        const { ending, manifest, damaged } = await takeSnapshot({
          ...options(directory, transport),
          resumes,
        });
        // The last line, where it is cut in the middle.
        const rest = journal.slice(0, bytes).split('\n').at(-1) ?? '';
        const isWhole = journal.slice(bytes).startsWith('\n');
        expect(damaged).toBe(rest === '' || isWhole ? 0 : 1);
        expect(ending).toBe('complete');
        expect(manifest.resumedAt).toHaveLength(1);
        expect(tables(directory)).toEqual(tables(whole));
        expect(recorded + transport.asked.length).toBe(asked.length);
        expect(readdirSync(join(directory, 'visits'))).toEqual(['000001.ndjson', '000002.ndjson']);
      }),
      { numRuns: 60 },
    );
  });

  it('can be cut off again and again', async () => {
    const whole = temporaryFolder();
    await crawled(whole);
    const directory = cutOff(whole, 700);
    for (let run = 0; run < 4; run++) {
      const stop = new AbortController();
      const onProgress = (): void => {
        stop.abort();
      };
      const resumes = readManifest(directory);
      const { ending, manifest } = await takeSnapshot({
        ...options(directory, overlay()),
        resumes,
        signal: stop.signal,
        onProgress,
      });
      expect([ending, manifest.state]).toEqual(['interrupted', 'incomplete']);
    }
    const last = await takeSnapshot({
      ...options(directory, overlay()),
      resumes: readManifest(directory),
    });
    expect(last.manifest.resumedAt).toHaveLength(5);
    expect(tables(directory)).toEqual(tables(whole));
  });
});
