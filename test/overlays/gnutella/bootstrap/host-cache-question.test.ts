import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY } from '../../../../src/core/byte-reader.ts';
import { NO_CLAIMS } from '../../../../src/core/claims.ts';
import { createRandom } from '../../../../src/core/random.ts';
import { WAIT } from '../../../../src/core/visit.ts';
import { answerHostCachePing } from '../../../../src/overlays/gnutella/bootstrap/host-cache-answer.ts';
import { hostCaches } from '../../../../src/overlays/gnutella/bootstrap/host-caches.ts';
import { createHostCacheQuestion } from '../../../../src/overlays/gnutella/bootstrap/host-cache-question.ts';
import { UdpHostCache } from '../../../../src/overlays/gnutella/bootstrap/udp-host-cache.ts';
import { DESCRIPTOR_TYPES } from '../../../../src/overlays/gnutella/wire/descriptor-type.ts';
import { ipv4Endpoint } from '../../../../src/overlays/gnutella/wire/endpoint.ts';
import type { GgepExtension } from '../../../../src/overlays/gnutella/wire/ggep-extension.ts';
import { ggepExtension } from '../../../../src/overlays/gnutella/wire/ggep-extension.ts';
import { decodeMessage, encodeMessage, newHeader } from '../../../../src/overlays/gnutella/wire/message.ts';
import { address } from '../support.ts';

const CACHE = address('192.0.2.1:6346');
const generator = createRandom(3);
const random = (below: number): number => generator.int(below);

function hex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
}

/** A pong with these extensions, under the GUID of a question. */
function pongTo(opening: Uint8Array, extensions: readonly GgepExtension[], kib = 0): Uint8Array {
  return encodeMessage({
    kind: 'pong',
    header: newHeader({ guid: opening.subarray(0, 16), type: DESCRIPTOR_TYPES.pong, ttl: 1 }),
    body: { endpoint: ipv4Endpoint(0xc0000201, 6346), files: 0, kib, extensions, rest: EMPTY },
  });
}

function told(extensions: readonly GgepExtension[], kib = 0) {
  const conversation = createHostCacheQuestion().ask(CACHE);
  const { answer } = conversation.receive(pongTo(conversation.opening, extensions, kib));
  return { answer, caches: conversation.caches };
}

describe('the question to a UDP host cache', () => {
  it('is a Ping of TTL 1 that wants superpeers, those of IPv6 too', () => {
    const { opening } = createHostCacheQuestion().ask(CACHE);
    // By hand: Ping, TTL 1, hops 0, 7 bytes; GGEP, SCP (last, 3 letters), one byte: bits 0 and 2.
    expect(opening.subarray(16)).toEqual(hex('00 01 00 07000000 c3 83 534350 41 05'));
  });

  it('is answered with hosts that are only mentioned, and with other caches', () => {
    // By hand: 203.0.113.11:6341, 203.0.113.12:6342, the cache itself, and one with port 0; [2001:db8::1]:6346.
    const { answer, caches } = told([
      ggepExtension('UDPHC', EMPTY),
      ggepExtension('IPP', hex('cb00710b c518 cb00710c c618 c0000201 ca18 cb00710d 0000')),
      ggepExtension('IPP6', hex('20010db8000000000000000000000001 ca18')),
      ggepExtension('PHC', Buffer.from('uhc.example:9999\nno cache at all'), { deflated: true }),
    ]);
    expect(answer).toEqual({
      outcome: 'ok',
      claims: {
        peers: [],
        links: [],
        mentions: ['203.0.113.11:6341', '203.0.113.12:6342', '[2001:db8::1]:6346'],
        rejected: 3,
      },
    });
    expect(caches).toEqual([{ host: 'uhc.example', port: 9999, attributes: new Map() }]);
  });

  it('makes a peer of whoever does not say that it is a host cache, and a superpeer by its marks', () => {
    expect(told([]).answer?.claims.peers).toEqual([{ address: CACHE }]);
    expect(told([], 8).answer?.claims.peers).toEqual([{ address: CACHE, role: 'superpeer' }]);
    expect(told([ggepExtension('UP', hex('02ff30'))]).answer?.claims.peers).toEqual([
      { address: CACHE, role: 'superpeer' },
    ]);
  });

  it('counts lists that are bombs or broken, packed caches too, and a block that is none', () => {
    const bomb = (id: string) => ggepExtension(id, new Uint8Array(2_000_000).fill(65), { deflated: true });
    const corrupt = { id: 'IPP6', data: hex('ff'), cobs: false, deflated: true };
    const { answer, caches } = told([bomb('PHC'), bomb('IPP'), corrupt]);
    expect([answer?.outcome, answer?.claims.mentions, answer?.claims.rejected, caches]).toEqual([
      'ok',
      [],
      3,
      [],
    ]);
    const conversation = createHostCacheQuestion().ask(CACHE);
    const { opening } = conversation;
    const pong = Buffer.concat([pongTo(opening, []), hex('c3 8f')]);
    pong[19] = 16;
    expect(conversation.receive(pong).answer?.claims.rejected).toBe(1);
  });

  it('rejects hosts that can be nobody’s', () => {
    // By hand: 0.0.0.1:1, 224.0.0.1:1, 255.255.255.255:1, 127.0.0.0:1, and 127.0.0.1:1.
    const hosts = hex('00000001 0100 e0000001 0100 ffffffff 0100 7f000000 0100 7f000001 0100');
    expect(told([ggepExtension('IPP', hosts)]).answer?.claims).toMatchObject({
      mentions: ['127.0.0.1:1'],
      rejected: 4,
    });
  });

  it('counts a list that is no whole number of hosts as one entry of no use', () => {
    expect(told([ggepExtension('IPP', hex('cb00710b c5'))]).answer).toMatchObject({
      outcome: 'ok',
      claims: { mentions: [], rejected: 1 },
    });
  });

  it('waits for the answer to its own question, whatever else comes', () => {
    const conversation = createHostCacheQuestion().ask(CACHE);
    const other = createHostCacheQuestion({ seed: 'other' }).ask(CACHE);
    expect(conversation.receive(pongTo(other.opening, []))).toEqual(WAIT);
    expect(conversation.receive(other.opening)).toEqual(WAIT);
    expect(conversation.receive(conversation.opening)).toEqual(WAIT);
    expect(conversation.end('silent')).toEqual({ outcome: 'connect-timeout', claims: NO_CLAIMS });
  });

  it('calls a Pong that is cut off malformed', () => {
    const conversation = createHostCacheQuestion().ask(CACHE);
    const pong = pongTo(conversation.opening, []);
    expect(conversation.receive(pong.subarray(0, -1)).answer?.outcome).toBe('malformed');
  });

  it('never fails, whatever comes under its GUID', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (payload) => {
        const conversation = createHostCacheQuestion().ask(CACHE);
        const header = Buffer.from(conversation.opening.subarray(0, 23));
        header[16] = DESCRIPTOR_TYPES.pong;
        header.writeUInt32LE(payload.length, 19);
        const { answer } = conversation.receive(Buffer.concat([header, payload]));
        expect(answer?.claims.links).toEqual([]);
      }),
    );
  });
});

describe('our own UDP host cache, asked so', () => {
  it('names superpeers of both families and its fellows, and says what it is', () => {
    const hosts = [address('127.1.0.1:6346'), address('127.1.0.2:6346'), address('[::1]:7000')];
    const others = [address('127.0.0.1:9000'), address('[::1]:9001')];
    const cache = hostCaches.createDatagramCache({ hosts: () => hosts, address: CACHE, others, random });
    const conversation = createHostCacheQuestion().ask(CACHE);
    const { answer } = conversation.receive(
      cache.answer(conversation.opening, '127.0.0.1', 0) ?? new Uint8Array(),
    );
    expect(answer).toMatchObject({ outcome: 'ok', claims: { peers: [], rejected: 0 } });
    expect([...(answer?.claims.mentions ?? [])].sort()).toEqual([...hosts].sort());
    expect(conversation.caches.map(({ host, port }) => `${host}:${port}`)).toEqual(others);
  });

  it('gives no hosts to whoever does not ask for them, and says nothing to what is no Ping', () => {
    const cache = new UdpHostCache();
    cache.addHost(address('127.1.0.1:1'), 0);
    const standing = { cache, address: CACHE, random };
    const ask = (bytes: Uint8Array) => answerHostCachePing(standing, { bytes, remoteIp: '::1', now: 0 });
    const ping = createHostCacheQuestion().ask(CACHE).opening.slice(0, 23);
    ping.fill(0, 19);
    const pong = decodeMessage(ask(ping) ?? new Uint8Array());
    expect(pong).toMatchObject({ kind: 'pong', body: { extensions: [{ id: 'UDPHC' }] } });
    expect(ask(pongTo(ping, []))).toBeUndefined();
    expect(ask(new Uint8Array(5))).toBeUndefined();
  });

  it('answers an address elsewhere once a minute, and does not name it to itself', () => {
    const cache = new UdpHostCache();
    for (const host of ['198.51.100.1:1', '198.51.100.2:1']) cache.addHost(address(host), 0);
    const standing = { cache, address: CACHE, random };
    const conversation = createHostCacheQuestion().ask(CACHE);
    const ask = (now: number) =>
      answerHostCachePing(standing, { bytes: conversation.opening, remoteIp: '198.51.100.1', now });
    const { answer } = conversation.receive(ask(0) ?? new Uint8Array());
    expect(answer?.claims.mentions).toEqual(['198.51.100.2:1']);
    expect([ask(1), ask(59_999), ask(60_000) === undefined]).toEqual([undefined, undefined, false]);
  });

  it('looks for hosts anew when a minute has gone by', () => {
    const times: number[] = [];
    const hosts = (atMost: number) => {
      times.push(atMost);
      return [];
    };
    const cache = hostCaches.createWebCache({ hosts });
    for (const now of [5, 6, 60_004, 60_005]) {
      cache.answer({ method: 'GET', target: '/?hostfile=1', remoteIp: '127.0.0.1' }, now);
    }
    expect(times).toHaveLength(2);
  });
});
