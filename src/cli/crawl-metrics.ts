import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { isRespondent, OUTCOMES, type Outcome } from '../core/outcome.ts';
import { VERSION } from '../core/version.ts';
import { CRAWL_PHASES, type CrawlState } from '../reports/crawl-progress.ts';
import type { CrawlObserver } from './watch-crawl.ts';

/** Crawls as metrics in the text format of Prometheus; of several crawls, counters go on. */
export interface CrawlMetrics extends CrawlObserver {
  readonly contentType: string;
  text(): Promise<string>;
}

/** What is counted while visits come in, thousands a second; metrics are made of it when somebody asks. */
interface Totals {
  readonly visits: Record<Outcome, number>;
  bytesSent: number;
  bytesReceived: number;
}

/** Upper ends of the classes of times, seconds: from loopback to the longest timeouts. */
const TIMES = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Metrics with a registry of their own. There are no addresses in them. */
export function crawlMetrics(): CrawlMetrics {
  const registry = new Registry();
  const registers = [registry];
  const totals: Totals = {
    visits: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>,
    bytesSent: 0,
    bytesReceived: 0,
  };
  /** How the running crawl stands, and when it began: seconds since 1970. */
  const latest: { state: CrawlState | undefined; begunAt: number | undefined } = {
    state: undefined,
    begunAt: undefined,
  };
  addCounters(registers, totals);
  addGauges(registers, latest);
  const answers = new Histogram({
    name: 'peerscope_answer_seconds',
    help: 'Time from the contact to the end of the answer, of those who answered.',
    buckets: TIMES,
    registers,
  });
  const connections = new Histogram({
    name: 'peerscope_connect_seconds',
    help: 'Time until the connection stood: a round trip.',
    buckets: TIMES,
    registers,
  });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    begun: (_directory, { startedAt }) => {
      latest.begunAt = Date.parse(startedAt) / 1000;
    },
    visited: (visits) => {
      for (const { outcome, bytesSent, bytesReceived, duration, roundTrip } of visits) {
        totals.visits[outcome] += 1;
        totals.bytesSent += bytesSent;
        totals.bytesReceived += bytesReceived;
        if (isRespondent(outcome)) answers.observe(duration / 1000);
        if (roundTrip !== undefined) connections.observe(roundTrip / 1000);
      }
    },
    stands: (state) => {
      latest.state = state;
    },
  };
}

function addCounters(registers: Registry[], totals: Totals): void {
  new Counter({
    name: 'peerscope_visits_total',
    help: 'Questions put to peers, by how that ended.',
    labelNames: ['outcome'],
    registers,
    collect() {
      this.reset();
      for (const outcome of OUTCOMES) this.inc({ outcome }, totals.visits[outcome]);
    },
  });
  new Counter({
    name: 'peerscope_sent_bytes_total',
    help: 'Bytes said to peers.',
    registers,
    collect() {
      this.reset();
      this.inc(totals.bytesSent);
    },
  });
  new Counter({
    name: 'peerscope_received_bytes_total',
    help: 'Bytes that peers said.',
    registers,
    collect() {
      this.reset();
      this.inc(totals.bytesReceived);
    },
  });
}

function addGauges(
  registers: Registry[],
  latest: { readonly state: CrawlState | undefined; readonly begunAt: number | undefined },
): void {
  const gauge = (name: string, help: string, value: () => number | undefined): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        const known = value();
        // What nobody knows has no sample.
        if (known === undefined) this.remove();
        else this.set(known);
      },
    });
  };
  gauge('peerscope_queue', 'Questions that wait for their turn.', () => latest.state?.queued);
  gauge('peerscope_in_flight', 'Questions under way.', () => latest.state?.inFlight);
  gauge(
    'peerscope_peers_known',
    'Addresses that are known, those that were only mentioned among them.',
    () => latest.state?.found,
  );
  gauge(
    'peerscope_left_seconds',
    'Estimated time until everybody has been asked; without a sample while nobody can say.',
    () => latest.state?.secondsLeft,
  );
  gauge(
    'peerscope_crawl_start_time_seconds',
    'When the crawl began, seconds since 1970.',
    () => latest.begunAt,
  );
  gauge('process_resident_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss());
  new Gauge({
    name: 'peerscope_crawl_phase',
    help: 'What the crawl is at: 1 for that, 0 for the others.',
    labelNames: ['phase'],
    registers,
    collect() {
      for (const phase of CRAWL_PHASES) this.set({ phase }, latest.state?.phase === phase ? 1 : 0);
    },
  });
  new Gauge({
    name: 'peerscope_build_info',
    help: 'The version of peerscope.',
    labelNames: ['version'],
    registers,
  }).set({ version: VERSION }, 1);
}
