import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/audit-manners.ts';
import { openLedger, type Contact } from '../../src/snapshot/ledger.ts';
import { SNAPSHOT_SCHEMA, writeManifest } from '../../src/snapshot/manifest.ts';
import { contact, LIVE_MANNERS } from '../snapshot/manners.ts';
import { temporaryFolder } from '../support/temporary.ts';

function snapshot(contacts: readonly Contact[], visits: number): string {
  const folder = temporaryFolder();
  writeManifest(folder, {
    schema: SNAPSHOT_SCHEMA,
    tool: 'test',
    overlay: 'gnutella',
    origin: 'crawl',
    state: 'complete',
    startedAt: '2005-02-02T00:00:00.000Z',
    endedAt: '2005-02-02T01:00:00.000Z',
    durationSeconds: 3_600,
    bootstrap: [],
    options: { manners: LIVE_MANNERS },
    seed: null,
    counts: {
      ...{ peers: 3, links: 0, respondents: 0, truncated: 0, contacted: visits, connectionsOnly: 0 },
      ...{ visits: visits + 3, rejectedEntries: 0, bytesSent: 0, bytesReceived: 0 },
      byOutcome: { ok: visits, excluded: 1, skipped: 2 },
    },
    digests: {},
  });
  const ledger = openLedger(folder);
  for (const one of contacts) ledger.note(one);
  ledger.close();
  return folder;
}

async function audited(folder: string) {
  const stream = new PassThrough();
  const terminal = { stream, isTTY: false, columns: 80 };
  const result = await run(
    { snapshot: folder, format: 'json' },
    {
      ...{
        stdin: Readable.from([]),
        stdout: terminal,
        stderr: terminal,
        env: {},
        processors: 1,
        memory: () => 1e10,
        packageDir: '',
      },
      ...{ now: () => 0, monotonic: () => 0 },
      catchInterrupts: () => ({ signal: new AbortController().signal, release: () => undefined }),
    },
  ).catch((error: unknown) => error);
  return { result, document: JSON.parse(String(stream.read() ?? 'null')) as unknown };
}

describe('audit-manners', () => {
  it('ends with 0 where all rules were kept', async () => {
    const { result, document } = await audited(snapshot([contact(0, '8.8.8.8:1')], 1));
    expect(result).toBe(0);
    expect(document).toMatchObject({ kept: true, contacts: 1 });
  });

  it('prints all, and fails where one was broken', async () => {
    const { result, document } = await audited(
      snapshot([contact(0, '8.8.8.8:1'), contact(9, '8.8.8.8:1')], 2),
    );
    expect(result).toMatchObject({ kind: 'failure', message: 'the crawl broke its manners: cool-down-tcp' });
    expect(document).toMatchObject({ kept: false, contacts: 2 });
  });

  it('fails where visits stand in no ledger; those that sent nothing need not', async () => {
    const { result } = await audited(snapshot([contact(0, '8.8.8.8:1')], 2));
    expect(result).toMatchObject({ kind: 'failure', message: 'the crawl broke its manners: complete' });
  });
});
