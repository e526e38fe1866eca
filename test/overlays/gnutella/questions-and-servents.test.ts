import { describe, expect, it } from 'vitest';
import { NO_CLAIMS } from '../../../src/core/claims.ts';
import type { Answer, Asked, Carrier, Conversation } from '../../../src/core/visit.ts';
import { followUp } from '../../../src/overlays/gnutella/follow-up.ts';
import { createServent } from '../../../src/overlays/gnutella/servent/servent.ts';
import type { Servent, ServentState } from '../../../src/overlays/overlay.ts';
import { ASKED, CRAWLER_IP } from './crawling.ts';
import { address, servent } from './support.ts';

/** Pipes a question and a servent into each other until nobody has more to say. */
function pipe(conversation: Conversation, peer: Servent): Answer {
  if (conversation.carrier === 'udp') {
    for (const { send } of peer.datagram?.(conversation.opening, CRAWLER_IP) ?? []) {
      const answer = send === undefined ? undefined : conversation.receive(send).answer;
      if (answer !== undefined) return answer;
    }
    return conversation.end('silent');
  }
  const session = peer.accept(CRAWLER_IP);
  for (let said: Uint8Array | undefined = conversation.opening; said !== undefined;) {
    const reaction = session.receive(said);
    const step = reaction.send === undefined ? {} : conversation.receive(reaction.send);
    if (step.answer !== undefined) return step.answer;
    if (reaction.close === true) return conversation.end('closed');
    said = step.send;
  }
  return conversation.end('quiet');
}

/** Asks a servent all that the policy asks; a carrier that is blocked gets nothing through. */
function askAll(state: Partial<ServentState>, blocked?: Carrier) {
  const peer = createServent(servent({ address: ASKED, ...state }), () => 0);
  const asked: Asked[] = [];
  const answers: Answer[] = [];
  for (;;) {
    const question = followUp(asked);
    if (question === undefined) break;
    const conversation = question.ask(ASKED);
    const answer: Answer =
      question.carrier === blocked
        ? { outcome: 'connect-timeout', claims: NO_CLAIMS }
        : pipe(conversation, peer);
    const { outcome, status } = answer;
    asked.push({ question: question.name, outcome, ...(status !== undefined && { status }) });
    answers.push(answer);
  }
  const last = answers.at(-1);
  const links = last?.claims.links ?? [];
  return {
    story: asked.map(({ question, outcome }) => `${question}: ${outcome}`),
    peers: links.flatMap((link) => (link.relation === 'connection' ? link.targets : [])),
    leaves: links.flatMap((link) => (link.relation === 'registration' ? link.sources : [])),
    role: last?.claims.peers[0]?.role,
    listing: last?.listing,
  };
}

const peers = [address('1.1.1.1:1'), address('2.2.2.2:2')];
const leaves = [address('3.3.3.3:3')];
const full = { peers, leaves, role: 'superpeer', listing: 'full' };
const connections = { peers, leaves: [], role: 'superpeer', listing: 'connections' };

describe('the questions, put to our own servents in their order', () => {
  it.each([
    ['gtk-gnutella', ['crawler-handshake: ok'], full],
    ['limewire', ['crawler-handshake: ok'], full],
    [
      'shareaza',
      ['crawler-handshake: refused', 'udp-crawler-ping: connect-timeout', 'ping-crawl: ok'],
      connections,
    ],
    ['legacy-0.4', ['crawler-handshake: not-this-protocol', 'ping-crawl-0.4: ok'], connections],
  ])('find the neighbours of a superpeer that is %s', (personality, story, found) => {
    expect(askAll({ personality, peers, leaves })).toEqual({ story, ...found });
  });

  it.each(['gtk-gnutella', 'limewire'])(
    'find those of %s by datagram, where TCP does not get through',
    (personality) => {
      expect(askAll({ personality, peers, leaves }, 'tcp')).toEqual({
        story: ['crawler-handshake: connect-timeout', 'udp-crawler-ping: ok'],
        ...full,
      });
    },
  );

  it.each(['gtk-gnutella', 'limewire', 'shareaza'])(
    'learn of a leaf that is %s what it tells',
    (personality) => {
      const { story, peers: found, role } = askAll({ personality, role: 'leaf', peers });
      const tells = personality !== 'shareaza';
      expect([found, role]).toEqual([tells ? peers : [], tells ? 'leaf' : undefined]);
      expect(story.at(-1)).toBe(tells ? 'crawler-handshake: ok' : 'udp-crawler-ping: connect-timeout');
    },
  );

  it('go by datagram where a servent says that all slots are taken, and find nothing where it keeps to that', () => {
    const { story } = askAll({ manner: { kind: 'busy', hints: [] }, peers, leaves });
    expect(story).toEqual(['crawler-handshake: busy', 'udp-crawler-ping: connect-timeout']);
  });
});
