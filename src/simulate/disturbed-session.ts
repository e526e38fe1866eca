import type { Address } from '../core/address.ts';
import type { Behaviour } from '../core/behaviour.ts';
import type { Random } from '../core/random.ts';
import type { Reaction, Servent, Session } from '../overlays/overlay.ts';
import type { Latency } from './latency.ts';

/** What is wrong with a peer's line, whatever its program says. */
export interface Line {
  readonly behaviour: Behaviour;
  /** Milliseconds between single bytes of a slow peer. */
  readonly pace: number;
  /** Where in its answer a resetting peer breaks off, a share in [0, 1). */
  readonly breaksOffAt: number;
  /** How long it thinks before each answer. */
  readonly delay: Latency | undefined;
  readonly peer: Address;
  readonly random: Random;
}

/** The same servent on a bad line: silent, slow, cut off, or late. A datagram comes whole or not at all. */
export function onLine(servent: Servent, line: Line): Servent {
  const disturb = disturbance(line);
  if (disturb === undefined) return servent;
  return {
    accept: (remoteIp) => disturbed(servent.accept(remoteIp), disturb),
    datagram: (bytes, remoteIp) =>
      (servent.datagram?.(bytes, remoteIp) ?? [])
        .map(disturb)
        .filter(({ reset, pace }) => reset !== true && pace === undefined),
  };
}

type Disturbance = (reaction: Reaction) => Reaction;

function disturbance({ behaviour, pace, breaksOffAt, delay, peer, random }: Line): Disturbance | undefined {
  const late: Disturbance | undefined =
    delay === undefined
      ? undefined
      : (reaction) =>
          reaction.send === undefined ? reaction : { ...reaction, delay: delay.draw(random, peer) };
  switch (behaviour) {
    case 'silent':
      return () => NOTHING;
    case 'slow':
      return (reaction) => {
        const slow = reaction.send === undefined ? reaction : { ...reaction, pace };
        return late?.(slow) ?? slow;
      };
    case 'resetting':
      return (reaction) => {
        if (reaction.send === undefined) return reaction;
        const cut = {
          send: reaction.send.subarray(0, Math.floor(reaction.send.length * breaksOffAt)),
          reset: true,
        };
        return late?.(cut) ?? cut;
      };
    default:
      return late;
  }
}

const NOTHING: Reaction = {};

function disturbed(session: Session, disturb: Disturbance): Session {
  return {
    receive: (bytes) => disturb(session.receive(bytes)),
    get patience() {
      return session.patience;
    },
  };
}
