import type { EventQueue } from './event-queue.ts';

/** One end of a connection: a node, or whoever else talks to one. */
export interface WireEnd {
  receive(bytes: Uint8Array): void;
  closed(): void;
}

/** What one end can do with a connection that stands. */
export interface Wire {
  send(bytes: Uint8Array): void;
  close(): void;
}

/** Which end of a connection says something: the one that dialled, or the one that was dialled. */
export type Side = 'dialler' | 'dialled';

/** Told of bytes that arrive, as they do: who sent them. What is lost because the other end has closed is not told. */
export type OnArrival = (from: Side, bytes: Uint8Array) => void;

/**
 * The two ends of a connection, that of the dialler first. What is under way when an end closes is lost to it, and still
 * arrives at the other.
 */
export function wirePair(
  { events, latency }: { readonly events: EventQueue; readonly latency: number },
  dialler: WireEnd,
  dialled: WireEnd,
  onArrival?: OnArrival,
): readonly [Wire, Wire] {
  const open = { dialler: true, dialled: true };
  const wire = (own: Side, other: Side, end: WireEnd): Wire => ({
    send: (bytes) => {
      if (!open[own]) return;
      events.after(latency, () => {
        if (!open[other]) return;
        onArrival?.(own, bytes);
        end.receive(bytes);
      });
    },
    close: () => {
      if (!open[own]) return;
      open[own] = false;
      events.after(latency, () => {
        if (!open[other]) return;
        open[other] = false;
        end.closed();
      });
    },
  });
  return [wire('dialler', 'dialled', dialled), wire('dialled', 'dialler', dialler)];
}
