import type { Format } from '../reports/format.ts';
import type { CliContext } from './context.ts';
import { crawlEvents } from './crawl-events.ts';
import { metricsEndpoint, serveMetrics, type MetricsServer } from './metrics-server.ts';
import { openOutput } from './output.ts';
import type { CrawlObserver, CrawlWatchOptions } from './watch-crawl.ts';

/** Who wants to be told of a crawl: the flags of `crawl`. */
export interface Observing {
  readonly format?: Format | undefined;
  /** PORT or IP:PORT. */
  readonly metrics?: string | undefined;
  readonly verbose: boolean;
  /** Who is told besides. */
  readonly observers?: readonly CrawlObserver[];
}

/**
 * Crawls while whoever asked for it is told how that goes: by events where the format is ndjson, by metrics over HTTP.
 * @throws {PeerscopeError} before the crawl where metrics cannot be served; {OutputClosed} after it where whoever read the
 * events has gone.
 */
export async function observedCrawl<Crawled>(
  { format, metrics, verbose, observers: others = [] }: Observing,
  context: CliContext,
  crawl: (watch: CrawlWatchOptions) => Promise<Crawled>,
): Promise<Crawled> {
  const served = metrics === undefined ? undefined : await openMetrics(metrics);
  const events =
    format === 'ndjson' ? crawlEvents(openOutput(context.stdout), context.now, context.monotonic) : undefined;
  const observers = [events, served?.observer, ...others].filter((observer) => observer !== undefined);
  try {
    const crawled = await crawl({ observers, verbose });
    await events?.finish();
    return crawled;
  } finally {
    await served?.server.close();
  }
}

/** Metrics are loaded only where they are asked for. */
async function openMetrics(
  text: string,
): Promise<{ readonly server: MetricsServer; readonly observer: CrawlObserver }> {
  const endpoint = metricsEndpoint(text);
  const { crawlMetrics } = await import('./crawl-metrics.ts');
  const metrics = crawlMetrics();
  return { server: await serveMetrics(endpoint, metrics), observer: metrics };
}
