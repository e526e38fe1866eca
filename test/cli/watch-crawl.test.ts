import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { watchCrawl, type CrawlObserver } from '../../src/cli/watch-crawl.ts';

/** A crawl that is watched on a stderr of 60 columns, with a clock that the test moves. */
function watching(isTTY: boolean, verbose: boolean, observers: readonly CrawlObserver[] = []) {
  const stream = new PassThrough();
  let text = '';
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const clock = { now: 0 };
  const watch = watchCrawl(
    { observers, verbose },
    { stderr: { stream, isTTY, columns: 60 }, monotonic: () => clock.now },
  );
  onTestFinished(() => {
    watch.close();
  });
  const told = async (): Promise<string> => {
    await new Promise((resolve) => setImmediate(resolve));
    return text;
  };
  return { watch, clock, told };
}

const PROGRESS = { visited: 0, waiting: 40, inFlight: 10, known: 90, visits: [] };

describe('whoever looks at a terminal', () => {
  it('sees one line that fits, and nothing of it once the crawl is over', async () => {
    const { watch, clock, told } = watching(true, false);
    clock.now = 1_000;
    watch.progress(PROGRESS);
    expect(await told()).toBe('\r\x1b[Kcontacted 0 · found 90 · queued 40 · 0.0/s · in flight 10');
    watch.close();
    expect((await told()).endsWith('\r\x1b[K')).toBe(true);
  });

  it('sees it again while nobody answers', async () => {
    const { clock, told } = watching(true, false);
    clock.now = 3_000;
    await expect.poll(told).toContain('3 s');
  });
});

describe('a log', () => {
  it('is told nothing, unless it asks for a line every ten seconds', async () => {
    const quiet = watching(false, false);
    const verbose = watching(false, true);
    for (const { watch, clock } of [quiet, verbose]) {
      for (clock.now = 500; clock.now <= 25_000; clock.now += 500) watch.progress(PROGRESS);
      watch.close();
    }
    expect(await quiet.told()).toBe('');
    expect(await verbose.told()).toBe(
      'contacted 0 · found 90 · queued 40 · 0.0/s · in flight 10 · 10 s\ncontacted 0 · found 90 · queued 40 · 0.0/s · in flight 10 · 20 s\n',
    );
  });
});

describe('an observer', () => {
  it('is told of every visit, of the state at times, of phases at once, and of the end', () => {
    const told: string[] = [];
    const { watch, clock } = watching(false, false, [
      {
        visited: (visits) => told.push(`visits ${visits.length}`),
        stands: ({ phase, queued }) => told.push(`${phase} ${queued}`),
        ended: (ending) => told.push(ending),
      },
    ]);
    watch.progress(PROGRESS);
    clock.now = 100;
    watch.progress({ ...PROGRESS, waiting: 20 });
    clock.now = 250;
    watch.progress({ ...PROGRESS, waiting: 0 });
    watch.asksAgain(5);
    watch.writes();
    watch.ended('complete');
    expect(told).toEqual([
      'visits 0',
      'crawl 40',
      'visits 0',
      'visits 0',
      'crawl 0',
      'second-look 0',
      'tables 0',
      'tables 0',
      'complete',
    ]);
  });
});
