// One connection in virtual time; times follow from 10 ms one way by hand.
import { describe, expect, it } from 'vitest';
import { NO_CLAIMS } from '../../src/core/claims.ts';
import type { Conversation, Step } from '../../src/core/visit.ts';
import type { Session } from '../../src/overlays/overlay.ts';
import { EventQueue } from '../../src/simulate/event-queue.ts';
import { VirtualConnection } from '../../src/simulate/virtual-connection.ts';

/** How a conversation ends, and when, with a peer that sends a hundred bytes, one every 50 ms. */
function endOf(stepAfter: (heard: number) => Step): { readonly outcome: string; readonly at: number } {
  const events = new EventQueue(0);
  let heard = 0;
  const conversation: Conversation = {
    question: 'test',
    carrier: 'tcp',
    opening: Buffer.from('who?'),
    receive: () => stepAfter(++heard),
    end: (how) => ({
      outcome: how === 'quiet' ? 'ok' : how === 'silent' ? 'partial' : 'refused',
      claims: NO_CLAIMS,
    }),
  };
  const session: Session = { patience: 90_000, receive: () => ({ send: Buffer.alloc(100), pace: 50 }) };
  const line = { events, conversation, delay: 10, patience: { connect: 5_000, answer: 2_000 } };
  const ends: { outcome: string; at: number }[] = [];
  new VirtualConnection(line, session, ({ outcome }) => ends.push({ outcome, at: events.now })).open();
  while (events.step());
  const [end] = ends;
  return end ?? expect.unreachable();
}

describe('a connection in virtual time', () => {
  it('ends in quiet so long after what was of use, whatever else comes', () => {
    // SYN-ACK 10, opening 20, the first byte 30.
    expect(endOf((heard) => (heard === 1 ? { quiet: 400 } : {}))).toEqual({ outcome: 'ok', at: 430 });
  });

  it('waits anew where a step says so, until all time has run out', () => {
    expect(endOf(() => ({ quiet: 400 }))).toEqual({ outcome: 'partial', at: 2_010 });
  });
});
