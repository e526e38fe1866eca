import { PeerscopeError } from '../core/errors.ts';

/** @throws {PeerscopeError} (usage) unless the value is a whole number of at least `least`. */
export function requireWhole(what: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new PeerscopeError('usage', `the number of ${what} has to be at least ${least}, and is ${value}`);
}

/** @throws {PeerscopeError} (usage) unless the value lies in 0..1. */
export function requireShare(what: string, value: number): void {
  if (value >= 0 && value <= 1) return;
  throw new PeerscopeError('usage', `the ${what} has to be 0..1, and is ${value}`);
}

/** @throws {PeerscopeError} (usage) where peers cannot have that many neighbours, because there are too few others. */
export function requireRoom(peers: number, degree: number): void {
  if (degree <= peers - 1) return;
  throw new PeerscopeError('usage', `${peers} peers cannot have ${degree} neighbours each`, {
    hint: `Ask for at least ${Math.ceil(degree) + 1} peers (--peers).`,
  });
}
