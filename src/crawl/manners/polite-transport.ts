import type { Transport } from '../../core/visit.ts';
import type { ContactReason } from '../../snapshot/ledger.ts';
import type { ContactGate } from './contact-gate.ts';

/**
 * A transport that waits for its turn before each contact: for whoever has few contacts to make. A crawl, which has many to
 * choose from, asks the gate itself and goes on with others meanwhile.
 * @param signal what waits when it is aborted is never made, and ends as the transport ends it: given up.
 */
export function politeTransport(
  transport: Transport,
  gate: ContactGate,
  reason: ContactReason,
  signal: AbortSignal,
): Transport {
  /** How those who wait are told to stop. One listener for all of them: there may be hundreds. */
  const stops = new Set<() => void>();
  const stopAll = (): void => {
    for (const stop of stops) stop();
  };
  signal.addEventListener('abort', stopAll, { once: true });
  const turn = (at: number): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        stops.delete(stop);
        resolve();
      };
      const cancel = gate.wait(at, done);
      const stop = (): void => {
        cancel();
        done();
      };
      stops.add(stop);
    });
  return {
    converse: async (endpoint, conversation, terms) => {
      while (!signal.aborted) {
        const admission = gate.admit(endpoint, conversation.carrier, reason);
        if (admission.kind === 'now') {
          gate.flush();
          const { source } = admission;
          return transport.converse(
            endpoint,
            conversation,
            source === undefined ? terms : { ...terms, source },
          );
        }
        await turn(admission.at);
      }
      return 'exhausted';
    },
  };
}
