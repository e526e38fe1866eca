import { AddressBook } from '../../src/core/address-book.ts';
import type { Visit } from '../../src/core/visit.ts';
import { Agenda, type AgendaOptions } from '../../src/crawl/agenda.ts';
import { fixedConcurrency, type Concurrency } from '../../src/crawl/concurrency.ts';
import { crawl, type CrawlOptions } from '../../src/crawl/crawl.ts';
import { MemoryFrontier } from '../../src/crawl/memory-frontier.ts';

export interface OverlayCrawl
  extends Omit<CrawlOptions, 'agenda' | 'concurrency'>, Omit<AgendaOptions, 'frontier'> {
  readonly concurrency: number | Concurrency;
}

/** A crawl without a snapshot: everything in memory. */
export function crawlOverlay(options: OverlayCrawl): AsyncGenerator<readonly Visit[]> {
  const agenda = new Agenda({ ...options, frontier: new MemoryFrontier(new AddressBook()) });
  const { concurrency } = options;
  return crawl({
    ...options,
    agenda,
    concurrency: typeof concurrency === 'number' ? fixedConcurrency(concurrency) : concurrency,
  });
}
