import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ViewEvent, ViewGraph } from '../../src/reports/view/view-graph.ts';
import { decodeGraph } from '../../src/reports/view/wire.ts';
import { readSnapshot } from '../../src/snapshot/read.ts';
import { peerscope } from '../support/command-line.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { temporaryFile, temporaryFolder } from '../support/temporary.ts';

/** A folder of the program that has a page, whatever was built before. */
function packageDir(): string {
  const folder = temporaryFolder();
  const page = join(folder, 'dist', 'viewer');
  mkdirSync(page, { recursive: true });
  for (const name of ['index.html', 'main.js', 'style.css']) temporaryFile(page, name, name);
  return folder;
}

async function graphAt(url: string): Promise<ViewGraph> {
  return decodeGraph(await (await fetch(`${url}graph`)).arrayBuffer());
}

/** Events of the page until there is one of the kind that is waited for. */
async function eventsUntil(url: string, kind: ViewEvent['kind']): Promise<ViewEvent[]> {
  const stop = new AbortController();
  const answer = await fetch(`${url}events`, { signal: stop.signal });
  const events: ViewEvent[] = [];
  let text = '';
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const data = part.trim().replace(/^data: /, '');
      if (data !== '') events.push(JSON.parse(data) as ViewEvent);
    }
    if (events.some((event) => event.kind === kind)) break;
  }
  stop.abort();
  return events;
}

const URL_OF_VIEW = /http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\//;

/** Runs a command whose page is looked at by `visit`, and interrupts it then. */
async function watched(argv: readonly string[], visit: (url: string) => Promise<void>) {
  const stop = new AbortController();
  let visiting: Promise<void> | undefined;
  const look = (text: string): void => {
    const url = URL_OF_VIEW.exec(text)?.[0];
    if (url === undefined || visiting !== undefined) return;
    visiting = visit(url).finally(() => {
      stop.abort();
    });
  };
  const run = await peerscope([...argv, '--view', '--no-open'], {
    interrupt: stop.signal,
    onStdout: look,
    onStderr: look,
    packageDir: packageDir(),
  });
  await visiting;
  return run;
}

describe('crawl --view', () => {
  // 18 contacts: by hand, 15 % of 120 peers are superpeers, and they alone are contacted.
  const crawl = (out: string, rate: number): string[] => [
    ...['crawl', '--simulate', 'two-tier', '--peers', '120', '--superpeer-degree', '8', '--second-look', '0'],
    ...['--rate', String(rate), '--out', out, '--format', 'json'],
  ];

  it('draws the crawl while it goes on, tells how it goes, and shows the whole snapshot when it has ended', async () => {
    const out = join(temporaryFolder(), 'snapshot');
    const seen: { drawn?: ViewGraph; events?: ViewEvent[]; whole?: ViewGraph } = {};
    const { code, stdout, stderr } = await watched(crawl(out, 6), async (url) => {
      const events = eventsUntil(url, 'over');
      do seen.drawn = await graphAt(url);
      while (seen.drawn.total === undefined && seen.drawn.sources.length === 0);
      seen.events = await events;
      seen.whole = await graphAt(url);
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'peerscope/crawl/1' });
    expect(stderr).toMatch(/^view http.*\nThe crawl has ended; its page stays until Ctrl-C: http/);
    expect(seen.drawn?.total).toBeUndefined();
    expect(seen.drawn?.notes.join(' ')).toContain('While the crawl goes on');
    expect(seen.events?.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['standing', 'graph', 'over']),
    );
    expect(seen.events?.at(-1)).toEqual({ kind: 'over', words: 'The crawl has ended.', whole: true });
    expect(seen.events?.findLast(({ kind }) => kind === 'standing')).toMatchObject({
      counts: expect.arrayContaining([
        ['state', 'ended'],
        ['contacted', '18'],
        ['addresses found', '120'],
      ]) as unknown,
      tallies: { title: 'How visits ended', rows: [['ok', 18]] },
    });
    const { peers, links } = await readSnapshot(out);
    expect(seen.whole?.total).toEqual({ peers: [...peers].length, links: [...links].length });
    expect(seen.whole?.ids).toEqual(Array.from(peers, ({ id }) => id));
  });

  it('ends with the crawl where that is interrupted', async () => {
    const out = join(temporaryFolder(), 'snapshot');
    const { code } = await watched(crawl(out, 1), async (url) => {
      await eventsUntil(url, 'standing');
    });
    expect(code).toBe(130);
  });

  it('needs a crawl that contacts peers, and is what its own options are for', async () => {
    const replay = await peerscope(['crawl', '--replay', 'x', '--out', 'y', '--view']);
    expectFailure(replay, 2, /--view is for a crawl that contacts peers.*\n.*peerscope view DIR/);
    const port = await peerscope(['crawl', '127.0.0.1:1', '--out', 'y', '--view-port', '8000']);
    expectFailure(port, 2, /--view-port has no effect without --view/);
    expectFailure(
      await peerscope(['simulate', 'pure', '--no-open']),
      2,
      /--no-open has no effect without --view/,
    );
  });
});

describe('simulate --view', () => {
  it('draws the overlay, and tells who comes and goes', async () => {
    let graph: ViewGraph | undefined;
    let events: ViewEvent[] = [];
    const argv = ['simulate', 'pure', '--peers', '40', '--port', '0'];
    const { code, stdout } = await watched(argv, async (url) => {
      events = await eventsUntil(url, 'standing');
      graph = await graphAt(url);
    });
    expect(code).toBe(130);
    expect(stdout).toMatch(/\nview http/);
    expect(graph?.ids).toHaveLength(40);
    expect(events[0]).toMatchObject({
      kind: 'standing',
      counts: [
        ['peers up', '40'],
        ['sessions started', '0'],
        ['sessions ended', '0'],
        ['contacts', '0'],
      ],
      rate: { title: 'contacts a second', perSecond: 0 },
    });
  });

  it('draws live nodes as they find each other', async () => {
    let graph: ViewGraph | undefined;
    const { code } = await watched(
      ['simulate', 'self-organised', '--peers', '8', '--port', '0'],
      async (url) => {
        do graph = await graphAt(url);
        while (graph.sources.length < 3);
      },
    );
    expect(code).toBe(130);
    expect(graph?.ids).toHaveLength(8);
  });
});
