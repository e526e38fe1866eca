import type { Address } from '../core/address.ts';
import { EXIT_CODES, PeerscopeError } from '../core/errors.ts';
import type { CrawlState } from '../reports/crawl-progress.ts';
import { crawlStanding } from '../reports/view/crawl-standing.ts';
import { LiveCrawl } from '../reports/view/live-crawl.ts';
import type { CliContext } from './context.ts';
import { openLiveView } from './live-view.ts';
import { showInBrowser } from './open-browser.ts';
import { untilAborted } from './until-aborted.ts';
import type { ViewArguments } from './view-arguments.ts';
import { readViewInput } from './view-input.ts';
import type { CrawlObserver } from './watch-crawl.ts';

/**
 * Crawls while the viewer shows it. When the crawl has ended, the page can show all of its snapshot, until the user interrupts that;
 * a crawl that was interrupted ends at once.
 * @param directory of the snapshot, or of the series.
 * @param crawl gives the exit code of the command.
 */
export async function viewedCrawl(
  directory: string,
  how: ViewArguments,
  context: CliContext,
  crawl: (observer: CrawlObserver) => Promise<number>,
): Promise<number> {
  const { stderr, monotonic } = context;
  let live = new LiveCrawl((address: Address) => address);
  let state: CrawlState | undefined;
  let isOver = false;
  let grownAt = monotonic();
  const source = {
    picture: () => {
      const at = monotonic();
      live.grow((at - grownAt) / 1000);
      grownAt = at;
      return live.picture();
    },
    standing: () => crawlStanding(state, isOver),
  };
  const view = await openLiveView(source, { name: directory, port: how.port }, context);
  stderr.stream.write(`view ${view.url}\n`);
  try {
    if (how.open) await showInBrowser(view.url, stderr.stream);
    const code = await crawl({
      begun: (_directory, _manifest, nameOf) => {
        live = new LiveCrawl(nameOf);
      },
      visited: (visits) => {
        live.add(visits);
      },
      stands: (now) => {
        state = now;
      },
    });
    if (code === EXIT_CODES.interrupted) return code;
    const whole = await readViewInput(directory, {}, context).catch((error: unknown) => {
      // The crawl has ended well all the same.
      if (!(error instanceof PeerscopeError)) throw error;
      stderr.stream.write(`The page has nothing more to show: ${error.message}\n`);
      return undefined;
    });
    const { signal, release } = context.catchInterrupts();
    try {
      isOver = true;
      view.over('The crawl has ended.', whole);
      stderr.stream.write(`The crawl has ended; its page stays until Ctrl-C: ${view.url}\n`);
      await untilAborted(signal);
    } finally {
      release();
    }
    return code;
  } finally {
    await view.close();
  }
}
