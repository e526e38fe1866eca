import { describe, expect, it } from 'vitest';
import { crawlMetrics } from '../../src/cli/crawl-metrics.ts';
import type { Address } from '../../src/core/address.ts';
import { NO_CLAIMS } from '../../src/core/claims.ts';
import { OUTCOMES, type Outcome } from '../../src/core/outcome.ts';
import type { Visit } from '../../src/core/visit.ts';
import { CrawlMeter } from '../../src/reports/crawl-progress.ts';

function visit(outcome: Outcome, duration: number, roundTrip?: number): Visit {
  return {
    endpoint: '127.1.0.1:6346' as Address,
    question: 'crawler-handshake',
    outcome,
    claims: NO_CLAIMS,
    startedAt: 0,
    duration,
    bytesSent: 100,
    bytesReceived: outcome === 'ok' ? 1_000 : 0,
    ...(roundTrip === undefined ? {} : { roundTrip }),
  };
}

/** The samples in the text format of Prometheus. */
function samplesIn(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

describe('the metrics of a crawl', () => {
  it('count visits by outcome, bytes, and the times of answers and connections', async () => {
    const metrics = crawlMetrics();
    metrics.visited?.([visit('ok', 3, 0.5), visit('ok', 300, 2)]);
    metrics.visited?.([visit('silent', 8_000, 2), visit('connect-timeout', 5_000)]);
    const samples = samplesIn(await metrics.text());
    expect(samples.get('peerscope_visits_total{outcome="ok"}')).toBe(2);
    expect(samples.get('peerscope_visits_total{outcome="silent"}')).toBe(1);
    expect(samples.get('peerscope_visits_total{outcome="malformed"}')).toBe(0);
    for (const outcome of OUTCOMES) {
      expect(samples.has(`peerscope_visits_total{outcome="${outcome}"}`)).toBe(true);
    }
    expect(samples.get('peerscope_sent_bytes_total')).toBe(400);
    expect(samples.get('peerscope_received_bytes_total')).toBe(2_000);
    // By hand: answers of 3 and 300 ms; connections after 0.5, 2 and 2 ms.
    expect(samples.get('peerscope_answer_seconds_bucket{le="0.0025"}')).toBe(0);
    expect(samples.get('peerscope_answer_seconds_bucket{le="0.005"}')).toBe(1);
    expect(samples.get('peerscope_answer_seconds_bucket{le="0.5"}')).toBe(2);
    expect(samples.get('peerscope_answer_seconds_sum')).toBeCloseTo(0.303);
    expect(samples.get('peerscope_connect_seconds_bucket{le="0.001"}')).toBe(1);
    expect(samples.get('peerscope_connect_seconds_count')).toBe(3);
  });

  it('are the same when they are read twice', async () => {
    const metrics = crawlMetrics();
    metrics.visited?.([visit('ok', 3)]);
    const read = async () => samplesIn(await metrics.text()).get('peerscope_visits_total{outcome="ok"}');
    expect([await read(), await read()]).toEqual([1, 1]);
  });

  it('show how the crawl stands, and have no sample of what nobody knows', async () => {
    const metrics = crawlMetrics();
    expect(samplesIn(await metrics.text()).has('peerscope_queue')).toBe(false);
    const meter = new CrawlMeter(0);
    meter.add({ visited: 1, waiting: 7, inFlight: 3, known: 20, visits: [visit('ok', 3)] }, 10);
    metrics.stands?.(meter.state(10));
    const samples = samplesIn(await metrics.text());
    expect(samples.get('peerscope_queue')).toBe(7);
    expect(samples.get('peerscope_in_flight')).toBe(3);
    expect(samples.get('peerscope_peers_known')).toBe(20);
    expect(samples.has('peerscope_left_seconds')).toBe(false);
    expect(samples.get('peerscope_crawl_phase{phase="crawl"}')).toBe(1);
    expect(samples.get('peerscope_crawl_phase{phase="tables"}')).toBe(0);
    expect([...samples.values()].every(Number.isFinite)).toBe(true);
  });

  it('do not meet those of another crawl in the same process', async () => {
    const [one, other] = [crawlMetrics(), crawlMetrics()];
    one.visited?.([visit('ok', 3)]);
    expect(samplesIn(await other.text()).get('peerscope_visits_total{outcome="ok"}')).toBe(0);
  });
});
