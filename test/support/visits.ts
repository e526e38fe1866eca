import { parseAddress, type Address } from '../../src/core/address.ts';
import { NO_CLAIMS, type Claims } from '../../src/core/claims.ts';
import type { Visit } from '../../src/core/visit.ts';

/** The loopback address of a small number, for tests that need addresses and no sockets. */
export function address(number: number): Address {
  const parsed = parseAddress(`127.9.0.${number}:6346`);
  if (parsed === undefined) throw new RangeError(String(number));
  return parsed;
}

export function visit(
  endpoint: Address,
  parts: Partial<Omit<Visit, 'claims'>> & { claims?: Partial<Claims> } = {},
): Visit {
  return {
    endpoint,
    question: 'test',
    startedAt: 1_000,
    duration: 1,
    bytesSent: 10,
    bytesReceived: 20,
    outcome: 'ok',
    ...parts,
    claims: { ...NO_CLAIMS, ...parts.claims },
  };
}

/** What a superpeer says: its connections and its leaves. */
export function listing(
  self: Address,
  peers: readonly Address[],
  leaves: readonly Address[] = [],
): Partial<Claims> {
  return {
    peers: [{ address: self, role: 'superpeer' }],
    links: [
      { relation: 'connection', evidence: 'self-report', sources: [self], targets: peers },
      { relation: 'registration', evidence: 'self-report', sources: leaves, targets: [self] },
    ],
  };
}
