import { describe, expect, it } from 'vitest';
import { crawlerHandshake } from '../../../src/overlays/gnutella/crawler-handshake.ts';
import type { Address } from '../../../src/core/address.ts';
import { createServent } from '../../../src/overlays/gnutella/servent/servent.ts';
import type { Manner } from '../../../src/overlays/overlay.ts';
import { address, converse, servent, textOf } from './support.ts';
import { transcript, transcripts, TRANSCRIPTS_PRESENT } from './transcripts.ts';

const AGENT = 'gtk-gnutella/1.2.3-14-ga331a-dirty (2024-03-03; Topless; Linux x86_64)';

/** Requests that gtk-gnutella judges by what these servents do not do, and what they do instead. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'g2-accept': 'speaks no Gnutella 2',
  'http-browse-host': 'speaks no HTTP',
  'http-get-root': 'speaks no HTTP',
  'http-get-root-disabled': 'speaks no HTTP',
  'http-gwc': 'speaks no HTTP',
  'http-head': 'speaks no HTTP',
  'http-push-proxy': 'speaks no HTTP',
  'http-robots': 'speaks no HTTP',
};

const LEAVES_ASKED =
  /^(crawler-tcp-l\d|crawler-tcp-leaf-|leaf-to-leaf|up-to-full-leaf|reject-204-xtry|reject-503-xtry)/;

/** A servent in the place of the recorded one: same role, start, neighbours and cache. */
function standIn(name: string, recorded: string) {
  const { claims } = converse(crawlerHandshake.ask(address('192.0.2.1:6346')), [
    Buffer.from(recorded, 'latin1'),
  ]);
  const connections = claims.links
    .filter((link) => link.relation === 'connection')
    .flatMap((link) => link.targets);
  const state = servent({
    role: LEAVES_ASKED.test(name) ? 'leaf' : 'superpeer',
    agent: AGENT,
    startedAt: claims.peers[0]?.liveSince ?? 0,
    peers: connections.length > 0 ? connections : claims.mentions,
    leaves: claims.links.filter((link) => link.relation === 'registration').flatMap((link) => link.sources),
  });
  const manner = recordedManner(name, state.peers);
  const peer = createServent(manner === undefined ? state : { ...state, manner }, () => 0);
  const remoteIp = /Remote-IP: (.*)\r\n/.exec(recorded)?.[1] ?? '198.51.100.2';
  if (manner?.kind === 'rate-limiting') peer.accept(remoteIp).receive(transcript(`${name}.req.txt`));
  return peer.accept(remoteIp);
}

/** The manner that a recording shows, where it is not the plain one. */
function recordedManner(name: string, cached: readonly Address[]): Manner | undefined {
  if (name === 'crawler-tcp-too-frequent') return { kind: 'rate-limiting' };
  if (name.startsWith('reject-403')) return { kind: 'refusing', code: 403 };
  if (name.startsWith('reject-204')) return { kind: 'refusing', code: 204 };
  if (name === 'reject-duplicate') return { kind: 'refusing', code: 409 };
  return name.startsWith('reject-503') ? { kind: 'busy', hints: cached } : undefined;
}

/**
 * How many slots a servent has is not simulated, nor which GUID it drew; X-Token is gtk-gnutella's own proof of who it is;
 * and what these servents can not do they do not announce: TLS, browsing, HSEP.
 */
function comparable(answer: string): string {
  return answer
    .replace(/\(\d+ (peers )?max\)/, '(N $1max)')
    .replace(/X-Token: .*\r\n/, '')
    .replace(/Upgrade: TLS.*\r\nConnection: Upgrade\r\n/, '')
    .replace(/^GUID: [0-9a-f]{32}/m, 'GUID: …')
    .replace(/X-Features: .*/, 'X-Features: …');
}

describe.skipIf(!TRANSCRIPTS_PRESENT)(
  'requests to gtk-gnutella 1.2.3 (skipped where ../shared is absent)',
  () => {
    const names = transcripts('.req.txt').filter((name) => !(name in OTHERWISE));

    it('are nearly all compared', () => {
      expect(names.length).toBe(transcripts('.resp.txt').length - Object.keys(OTHERWISE).length);
    });

    it.each(names)('%s gets the same bytes from our servent', (name) => {
      const recorded = textOf(transcript(`${name}.resp.txt`));
      const session = standIn(name, recorded);
      const reaction = session.receive(transcript(`${name}.req.txt`));
      expect(comparable(textOf(reaction.send))).toBe(comparable(recorded));
    });

    // What these servents do not judge by themselves they do in a manner, and then to crawlers too.
    it.each(transcripts('.req.txt').filter((name) => name.startsWith('reject-')))(
      'a crawler gets the refusal %s, byte by byte',
      (name) => {
        const recorded = textOf(transcript(`${name}.resp.txt`));
        const { send, close } = standIn(name, recorded).receive(transcript('crawler-tcp-u1.req.txt'));
        expect(comparable(textOf(send))).toBe(comparable(recorded));
        expect(close).toBe(true);
      },
    );

    it.each(names.filter((name) => name.startsWith('malformed-')))(
      '%s leaves the connection as it was recorded',
      (name) => {
        const recorded = textOf(transcript(`${name}.resp.txt`));
        const reaction = standIn(name, recorded).receive(transcript(`${name}.req.txt`));
        const answered = recorded.startsWith('GNUTELLA/0.6 200');
        expect(reaction.close ?? false).toBe(!answered && name !== 'malformed-hello-only');
      },
    );
  },
);
