import type { Outcome } from '../core/outcome.ts';
import type { Servent } from '../overlays/overlay.ts';
import { CRAWLER_IP, type Finish, type VirtualLine } from './virtual-line.ts';

/**
 * What comes of a datagram that has arrived at a peer, or where one would be. Each answer is one more datagram, on its way
 * for the same time. Where nothing comes, whoever asks waits in vain: a peer that is not there says no more than one that
 * keeps silent, as over real UDP without a connection.
 */
export function exchangeDatagrams(line: VirtualLine, peer: Servent | Outcome, finish: Finish): void {
  const { events, conversation, delay } = line;
  const traffic = { bytesSent: 0, bytesReceived: 0 };
  const deadline = events.now - delay + line.patience.connect;
  let ended = false;
  /** Datagrams of ours or theirs that are under way. */
  let underWay = 0;

  const arriveAtPeer = (bytes: Uint8Array): void => {
    underWay -= 1;
    const reactions = typeof peer === 'string' ? [] : (peer.datagram?.(bytes, CRAWLER_IP) ?? []);
    for (const { send, delay: thinks = 0 } of reactions) {
      if (send === undefined || events.now + thinks + delay > deadline) continue;
      underWay += 1;
      events.after(thinks + delay, () => {
        arriveHere(send);
      });
    }
    endInVain();
  };

  const arriveHere = (bytes: Uint8Array): void => {
    underWay -= 1;
    if (ended) return;
    traffic.bytesReceived += bytes.length;
    const { send, answer } = conversation.receive(bytes);
    if (send !== undefined) say(send);
    if (answer !== undefined) {
      ended = true;
      finish(answer, traffic);
    }
    endInVain();
  };

  const say = (bytes: Uint8Array): void => {
    traffic.bytesSent += bytes.length;
    underWay += 1;
    events.after(delay, () => {
      arriveAtPeer(bytes);
    });
  };

  /** Nothing is on its way that could still be the answer: what remains is to wait. */
  const endInVain = (): void => {
    if (ended || underWay > 0) return;
    ended = true;
    events.after(Math.max(0, deadline - events.now), () => {
      finish(conversation.end('silent'), traffic);
    });
  };

  traffic.bytesSent += conversation.opening.length;
  underWay += 1;
  arriveAtPeer(conversation.opening);
}
