import { AdaptiveConcurrency } from '../crawl/concurrency.ts';
import type { GateClock, SnapshotManners } from '../crawl/manners/contact-gate.ts';
import { ContactSchedule } from '../crawl/manners/contact-schedule.ts';
import type { CrawlManners } from '../crawl/manners/crawl-manners.ts';
import { roomForConnections } from '../simulate/open-files.ts';
import type { CliContext } from './context.ts';
import type { CrawlTask } from './run-crawl.ts';

/** Contacts by the clocks of what carries them. */
export function keeping(
  { network }: CrawlTask,
  manners: CrawlManners,
  { now, monotonic }: CliContext,
): SnapshotManners {
  const schedule = new ContactSchedule(manners.limits, manners.sources);
  const after: GateClock['after'] = (milliseconds, callBack) => {
    const timer = setTimeout(callBack, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  };
  const clock: GateClock =
    network === undefined
      ? { now, monotonic, after }
      : {
          now: () => network.now(),
          monotonic: () => network.now(),
          after: (milliseconds, callBack) => network.after(milliseconds, callBack),
        };
  return { policy: manners.policy, schedule, clock, isReal: network === undefined };
}

/** As many connections as keep the program at work, within what the system lets it open. */
export function concurrencyOf({
  settings,
  network,
  mostConnections,
}: CrawlTask): number | AdaptiveConcurrency {
  const ceiling = mostConnections ?? roomForConnections();
  if (settings.concurrency !== undefined) return Math.min(settings.concurrency, ceiling);
  // In virtual time nothing waits, and the same seed has to give the same crawl.
  if (network !== undefined) return LEAST_CONCURRENCY;
  let before = performance.eventLoopUtilization();
  const utilisation = (): number => {
    const now = performance.eventLoopUtilization();
    const since = performance.eventLoopUtilization(now, before);
    before = now;
    return since.utilization;
  };
  return new AdaptiveConcurrency({
    least: LEAST_CONCURRENCY,
    ceiling: Math.min(MOST_CONNECTIONS, ceiling),
    utilisation,
  });
}

/** More than these bring nothing where peers answer at once. */
const LEAST_CONCURRENCY = 256;
/** A host has 28,000 ports for connections to one address, and routers remember fewer. */
const MOST_CONNECTIONS = 10_000;
