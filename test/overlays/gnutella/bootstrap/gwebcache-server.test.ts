import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CacheHttpAnswer,
  GWebCacheServer,
} from '../../../../src/overlays/gnutella/bootstrap/gwebcache-server.ts';
import { MAX_LISTED_HOSTS, MAX_SERVED_HOSTS } from '../../../../src/overlays/gnutella/bootstrap/limits.ts';
import { address } from '../support.ts';
import { cacheUrl, likelyBytes } from './support.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function ask(server: GWebCacheServer, query: string, now: number, remoteIp = '127.0.0.1'): string {
  return send(server, query, now, remoteIp).body;
}

function send(server: GWebCacheServer, query: string, now: number, remoteIp = '127.0.0.1'): CacheHttpAnswer {
  return server.answer({ method: 'GET', target: `/gwc?${query}`, remoteIp }, now);
}

function server(networks?: readonly string[]): GWebCacheServer {
  return new GWebCacheServer({ name: 'Lecture 1.0', ...(networks === undefined ? {} : { networks }) });
}

describe('our own web cache', () => {
  it('lists what was submitted to it, newest first, in the version that it is asked in', () => {
    const cache = server();
    expect(ask(cache, 'update=1&net=gnutella&ip=127.1.0.1:6346', 0, '127.1.0.1')).toBe('I|update|OK\n');
    expect(ask(cache, 'ip=127.1.0.2:6346&url=http://127.0.0.1:81/gwc', 10_000, '::ffff:127.1.0.2')).toBe(
      'OK\n',
    );
    expect(ask(cache, 'get=1&net=gnutella', 60_999)).toBe(
      'H|127.1.0.2:6346|50\nH|127.1.0.1:6346|60\nU|http://127.0.0.1:81/gwc|50\n',
    );
    expect(ask(cache, 'hostfile=1', 61_000)).toBe('127.1.0.2:6346\n127.1.0.1:6346\n');
    expect(ask(cache, 'urlfile=1', 61_000)).toBe('http://127.0.0.1:81/gwc\n');
    expect(ask(cache, 'bfile=1', 61_000)).toBe('127.1.0.2:6346\n127.1.0.1:6346\nhttp://127.0.0.1:81/gwc\n');
  });

  it('believes a host about its own address only', () => {
    const cache = server();
    expect(ask(cache, 'update=1&ip=127.1.0.9:1', 0)).toBe('I|update|WARNING|Rejected IP\n');
    expect(ask(cache, 'ip=127.1.0.9:1', 0)).toBe('OK\nWARNING: Rejected IP\n');
    expect(ask(cache, 'update=1&ip=nonsense&url=nonsense', 0)).toBe(
      'I|update|WARNING|Rejected IP\nI|update|WARNING|Rejected URL\n',
    );
    expect(ask(cache, 'get=1', 0)).toBe('I|nothing\n');
  });

  it('takes the URL beside an address that it does not take', () => {
    const cache = server();
    expect(ask(cache, 'update=1&ip=127.1.0.9:1&url=http://127.0.0.1:81/', 0)).toBe(
      'I|update|OK\nI|update|WARNING|Rejected IP\n',
    );
    expect(ask(cache, 'get=1', 0)).toBe('U|http://127.0.0.1:81/|0\n');
  });

  it('takes one update of a source in 60 minutes; attempts in between change nothing', () => {
    const cache = server();
    const update = 'update=1&ip=127.1.0.1:1';
    expect(ask(cache, update, 0, '127.1.0.1')).toBe('I|update|OK\n');
    expect(ask(cache, update, 59 * MINUTE, '127.1.0.1')).toBe('I|update|WARNING|You came back too early\n');
    expect(ask(cache, 'ip=127.1.0.1:2', 59 * MINUTE, '127.1.0.1')).toBe(
      'OK\nWARNING: You came back too early\n',
    );
    expect(ask(cache, 'update=1&ip=127.1.0.2:1', 59 * MINUTE, '127.1.0.2')).toBe('I|update|OK\n');
    expect(ask(cache, update, 60 * MINUTE, '127.1.0.1')).toBe('I|update|OK\n');
    expect(ask(cache, 'hostfile=1', 60 * MINUTE)).toBe('127.1.0.1:1\n127.1.0.2:1\n');
  });

  it('forgets hosts after a day, and the oldest when there are too many', () => {
    const cache = server();
    for (let i = 0; i < MAX_SERVED_HOSTS + 50; i++) cache.addHost(address(`127.1.0.1:${i + 1}`), i);
    const listed = ask(cache, 'hostfile=1', 1000).trim().split('\n');
    expect(listed).toHaveLength(MAX_LISTED_HOSTS);
    expect(listed[0]).toBe(`127.1.0.1:${MAX_SERVED_HOSTS + 50}`);
    expect(ask(cache, 'hostfile=1', DAY + MAX_SERVED_HOSTS + 48)).toBe(
      `127.1.0.1:${MAX_SERVED_HOSTS + 50}\n`,
    );
    expect(ask(cache, 'hostfile=1', DAY + MAX_SERVED_HOSTS + 49)).toBe('');
  });

  it('keeps networks apart, and says which it does not serve', () => {
    const cache = server(['gnutella', 'gnutella2']);
    ask(cache, 'update=1&net=gnutella2&ip=127.1.0.1:1&cluster=a,b', 0, '127.1.0.1');
    expect(ask(cache, 'get=1&net=gnutella', 0)).toBe('I|nothing\n');
    expect(ask(cache, 'get=1&net=gnutella2', 0)).toBe('H|127.1.0.1:1|0|a,b\n');
    expect(ask(cache, 'get=1&net=mute', 0)).toBe('I|net-not-supported\n');
    expect(ask(cache, 'ping=1&net=gnutella2', 0)).toBe('I|pong|Lecture 1.0|gnutella-gnutella2\n');
    expect(ask(cache, 'ping=1', 0)).toBe('PONG Lecture 1.0\n');
  });

  it('counts requests, and those of the last full hour', () => {
    const cache = server();
    ask(cache, 'ip=127.0.0.1:5', 0);
    ask(cache, 'hostfile=1', 1);
    expect(ask(cache, 'statfile=1', 2)).toBe('3\n0\n0\n');
    expect(ask(cache, 'statfile=1', 60 * MINUTE)).toBe('4\n3\n1\n');
    expect(ask(cache, 'statfile=1', 180 * MINUTE)).toBe('5\n0\n0\n');
  });

  it('answers in HTTP: text, its length, who asked; GET only, and nothing too long', () => {
    const cache = server();
    cache.addUrl(cacheUrl('http://127.0.0.1:82/'), 0);
    expect(send(cache, 'urlfile=1', 0)).toMatchObject({
      status: 200,
      headers: { 'Content-Length': '21', 'X-Remote-IP': '127.0.0.1' },
    });
    expect(cache.answer({ method: 'POST', target: '/?get=1', remoteIp: '127.0.0.1' }, 0).status).toBe(405);
    expect(send(cache, 'x'.repeat(3_000), 0).status).toBe(414);
    expect(ask(cache, '', 0)).toMatch(/^# /);
  });

  it('never fails, whatever it is asked', () => {
    const cache = server();
    fc.assert(
      fc.property(likelyBytes, fc.integer({ min: 0, max: DAY }), (bytes, now) => {
        const answer = send(cache, Buffer.from(bytes).toString('latin1'), now);
        expect([200, 414]).toContain(answer.status);
        expect(answer.headers['Content-Length']).toBe(`${Buffer.byteLength(answer.body, 'latin1')}`);
      }),
      { numRuns: 1_000 },
    );
  });
});
