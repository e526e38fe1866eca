import type { Reaction, Servent, ServentState, Session } from '../../overlay.ts';
import { decodeMessage } from '../wire/message.ts';
import { answerCrawlerPing } from './crawler-datagram.ts';
import { PERSONALITIES } from './personalities.ts';
import { type GnutellaPersonality, personalityOf } from './personality.ts';
import { answerPing } from './ping-datagram.ts';
import type { Self } from './pongs.ts';
import { PING_PERIOD, RateLimits } from './rate-limits.ts';
import { type Answering, GnutellaSession } from './session.ts';

/**
 * A peer that answers as its personality is known to (docs/gnutella.md), as gtk-gnutella 1.2.3 by default: crawlers get its
 * neighbours, or what its manner has in store for them; others a connection, where there is a slot for it, on which Pings
 * are answered; what is no greeting, or does not wait for the answer, is closed without a word.
 *
 * It remembers who asked only while its manner is `rate-limiting`. BOUNDED: MAX_REMEMBERED_SOURCES. Throws a usage error for a
 * personality that there is not.
 * @param personality which program it is [the one that its state names].
 */
export function createServent(
  state: ServentState,
  now: () => number,
  personality: GnutellaPersonality = personalityOf(state, PERSONALITIES),
): Servent {
  return new GnutellaServent(state, now, personality);
}

class GnutellaServent implements Servent, Answering {
  readonly state: ServentState;
  readonly personality: GnutellaPersonality;
  readonly now: () => number;
  #limits: RateLimits | undefined;

  constructor(state: ServentState, now: () => number, personality: GnutellaPersonality) {
    this.state = state;
    this.personality = personality;
    this.now = now;
  }

  get limits(): RateLimits | undefined {
    return this.state.manner?.kind === 'rate-limiting' ? (this.#limits ??= new RateLimits()) : undefined;
  }

  accept(remoteIp: string): Session {
    return new GnutellaSession(this, remoteIp);
  }

  /**
   * Pings and crawler pings are answered, all else is passed over, and by programs that know no datagrams everything. A
   * servent that refuses crawlers keeps silent: there is no status in a datagram.
   */
  datagram(bytes: Uint8Array, remoteIp: string): readonly Reaction[] {
    const { crawlerPong } = this.personality;
    const manner = this.state.manner?.kind;
    if (crawlerPong === undefined || manner === 'refusing' || manner === 'busy') return [];
    const message = decodeMessage(bytes, { transport: 'udp' });
    const now = this.now();
    const self: Self = { state: this.state, personality: this.personality, now };
    if (message.kind === 'ping') {
      if (this.limits?.admitDatagram('ping', remoteIp, now, PING_PERIOD) === false) return [];
      const { guid } = message.header;
      return [{ send: answerPing(self, remoteIp, { guid, extensions: message.body.extensions }) }];
    }
    if (message.kind !== 'crawler-ping') return [];
    const ping = { guid: message.header.guid, ping: message.body };
    const send = answerCrawlerPing(self, crawlerPong, remoteIp, ping);
    if (send === undefined) return [];
    const { period } = crawlerPong;
    if (this.limits?.admitDatagram('crawler-ping', remoteIp, now, period) === false) return [];
    return [{ send }];
  }
}
