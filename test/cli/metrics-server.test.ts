import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { metricsEndpoint, serveMetrics, type MetricsServer } from '../../src/cli/metrics-server.ts';

const SOURCE = { contentType: 'text/plain; version=0.0.4', text: () => Promise.resolve('a_metric 1\n') };

async function serving(source = SOURCE): Promise<MetricsServer> {
  const server = await serveMetrics({ ip: '127.0.0.1', port: 0 }, source);
  onTestFinished(() => server.close());
  return server;
}

describe('where metrics are served', () => {
  it('is this machine, whatever else was asked for', () => {
    expect(metricsEndpoint('9464')).toEqual({ ip: '127.0.0.1', port: 9464 });
    expect(metricsEndpoint('127.0.0.9:9464')).toEqual({ ip: '127.0.0.9', port: 9464 });
    expect(metricsEndpoint('[::1]:9464')).toEqual({ ip: '::1', port: 9464 });
    for (const elsewhere of ['0.0.0.0:9464', '192.0.2.1:9464', '[::]:9464', '[2001:db8::1]:9464']) {
      expect(() => metricsEndpoint(elsewhere)).toThrow('on this machine only');
    }
    for (const nowhere of ['', '0', '65536', 'localhost:9464', '127.0.0.1', '-1']) {
      expect(() => metricsEndpoint(nowhere)).toThrow('must be PORT or IP:PORT');
    }
  });

  it('is said clearly where something else listens there', async () => {
    const { url } = await serving();
    const port = Number(new URL(url).port);
    await expect(serveMetrics({ ip: '127.0.0.1', port }, SOURCE)).rejects.toMatchObject({
      kind: 'failure',
      message: `metrics cannot be served on 127.0.0.1:${port}: the port is in use`,
    });
  });
});

describe('the metrics server', () => {
  it('answers GET /metrics, and nothing else', async () => {
    const { url } = await serving();
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4');
    expect(await answer.text()).toBe('a_metric 1\n');
    expect((await fetch(`${url}?x=1`)).status).toBe(200);
    expect((await fetch(url, { method: 'HEAD' })).headers.get('content-length')).toBe('11');
    expect((await fetch(url.replace('/metrics', '/'))).status).toBe(404);
    expect((await fetch(`${url}/etc`)).status).toBe(404);
    expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBe(405);
  });

  it('cuts off whoever is connected when it closes', async () => {
    const server = await serving();
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write('GET /metr');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await server.close();
    await closed;
  });

  it('drops a request where the metrics cannot be made, and goes on', async () => {
    let isBroken = true;
    const text = (): Promise<string> => (isBroken ? Promise.reject(new Error('no')) : SOURCE.text());
    const { url } = await serving({ ...SOURCE, text });
    await expect(fetch(url)).rejects.toThrow();
    isBroken = false;
    expect((await fetch(url)).status).toBe(200);
  });
});
