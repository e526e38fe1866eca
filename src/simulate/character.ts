import type { Behaviour } from '../core/behaviour.ts';
import type { Role } from '../core/claims.ts';
import { behaviourShares, LIES, type Lie, type PersonalityWeight, type Trouble } from './trouble.ts';

/** What kind of peer each one is. It follows from the seed and the peer's number alone, so that nothing is stored. */
export interface Characters {
  readonly behaviourOf: (peer: number) => Behaviour;
  /** The status code of a refusing peer. */
  codeOf(peer: number): number;
  lieOf(peer: number): Lie;
  /** The servent that a peer of this role runs; undefined for the overlay's default one. */
  personalityOf(peer: number, role: Role): string | undefined;
  /** 0..vendors-1. */
  vendorOf(peer: number): number;
  /** Milliseconds by which its clock is wrong. */
  clockErrorOf(peer: number): number;
  /** A number in [0, 1) that belongs to the peer and this use of it. */
  chance(peer: number, use: string): number;
}

/**
 * @param fits whether a servent of this name can have this role, and listens to datagrams, where a peer can be reached in no
 *   other way. Where none fits a peer runs the default one.
 * @throws {PeerscopeError} (usage) where the shares add up to more than 1.
 */
export function drawCharacters(
  trouble: Trouble,
  seed: number,
  fits: (personality: string, role: Role, byDatagram: boolean) => boolean = () => true,
): Characters {
  const shares = behaviourShares(trouble);
  const salts = new Map<string, number>();
  const chance = (peer: number, use: string): number => {
    let salt = salts.get(use);
    if (salt === undefined) salts.set(use, (salt = saltOf(use) ^ seed));
    return mixed(peer, salt);
  };
  const pick = <T>(choices: readonly T[], peer: number, use: string): T | undefined =>
    choices[Math.floor(chance(peer, use) * choices.length)];
  const behaviourOf = (peer: number): Behaviour => {
    if (shares.length === 0) return 'healthy';
    let left = chance(peer, 'behaviour');
    for (const { behaviour, share } of shares) {
      if (left < share) return behaviour;
      left -= share;
    }
    return 'healthy';
  };
  const { personalities } = trouble;
  const choices = (role: Role, byDatagram: boolean) =>
    personalities.filter(({ name }) => fits(name, role, byDatagram));
  const fitting = {
    superpeer: [choices('superpeer', false), choices('superpeer', true)],
    leaf: [choices('leaf', false), choices('leaf', true)],
  } as const;
  return {
    chance,
    behaviourOf,
    personalityOf: (peer, role) => {
      if (personalities.length === 0) return undefined;
      const among = fitting[role][behaviourOf(peer) === 'udp-only' ? 1 : 0];
      return weighted(among, chance(peer, 'personality'));
    },
    codeOf: (peer) => pick(trouble.refusalCodes, peer, 'code') ?? 503,
    lieOf: (peer) => pick(trouble.lies, peer, 'lie') ?? LIES[0],
    vendorOf: (peer) => Math.floor(chance(peer, 'vendor') * trouble.vendors),
    clockErrorOf: (peer) =>
      chance(peer, 'wrong clock') < trouble.wrongClocks
        ? Math.round((2 * chance(peer, 'clock error') - 1) * YEAR)
        : 0,
  };
}

/** The choice at a place in [0, 1) of a line on which each takes as much room as it weighs. */
function weighted(choices: readonly PersonalityWeight[], place: number): string | undefined {
  let left = place * choices.reduce((sum, { weight }) => sum + weight, 0);
  for (const { name, weight } of choices) {
    if (left < weight) return name;
    left -= weight;
  }
  return choices.at(-1)?.name;
}

const YEAR = 365 * 24 * 3_600_000;

/** A number in [0, 1) from two whole numbers, all bits mixed (the finaliser of MurmurHash3, Appleby; twice). */
function mixed(number: number, salt: number): number {
  return (finalised(finalised(Math.imul(number + 1, 0x9e3779b1)) ^ salt) >>> 0) / 2 ** 32;
}

function finalised(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** FNV-1a, 32 bits. */
function saltOf(use: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < use.length; i++) value = Math.imul(value ^ use.charCodeAt(i), 0x01000193);
  return value;
}
