import { surpriseOfMore } from '../../statistics/unlikely.ts';
import type { ClaimedLinks } from './claimed-links.ts';

/** A peer that lists others of whom nobody else knows, and who gave no sign of themselves. */
export interface Inventor {
  readonly place: number;
  /** Connections that it claims, and those of them with peers that there seem not to be. */
  readonly claims: number;
  readonly unconfirmed: number;
}

export interface Inventions {
  /** Most unconfirmed claims first. */
  readonly inventors: readonly Inventor[];
  /** Places of peers that only inventors list as connected to them, and that never spoke. */
  readonly invented: readonly number[];
}

/**
 * Who invents peers, and whom. A peer that exists and cannot be reached is still listed by its other neighbours; an invention
 * only by those who made it up. So of each peer's claims those count against it whose other end never spoke, and that no
 * peer beyond doubt claims too. It is an inventor where it has LEAST of them, and so many would come about by
 * chance less often than once in e^SURPRISE, at the share that they have of the claims of peers beyond doubt, and are twice as many as by that
 * share. Inventors vouch for nobody,
 * which may bring others to light who made up the same: until none comes to light. Several who made up all of the same vouch for each other; so
 * it is an inventor too whose claims about peers that never spoke, whoever else knows them, are as surprisingly many at the share that they have
 * of all claims, and more than halfway from that share to all.
 *
 * A leaf that is only said to be registered was never asked, and is not judged. O(rounds x links).
 */
export function inventionsIn(links: ClaimedLinks, hasSpoken: (place: number) => boolean): Inventions {
  const { size } = links;
  const claims = new Uint32Array(size);
  const spoke = new Uint8Array(size);
  for (let place = 0; place < size; place++) if (hasSpoken(place)) spoke[place] = 1;
  const reporters: number[] = [];
  const others: number[] = [];
  links.forEachClaim((reporter, other, isConnection) => {
    if (!isConnection) return;
    claims[reporter]! += 1;
    if (spoke[other] === 1) return;
    reporters.push(reporter);
    others.push(other);
  });
  if (others.length === 0) return { inventors: [], invented: [] };
  const isInventor = new Uint8Array(size);
  const vouchers = new Uint32Array(size);
  for (const other of others) vouchers[other]! += 1;
  const accuse = (fresh: ReadonlySet<number>): void => {
    for (const place of fresh) isInventor[place] = 1;
    others.forEach((other, k) => {
      if (fresh.has(reporters[k]!)) vouchers[other]! -= 1;
    });
  };
  accuse(tellersOfTheUnseen(claims, reporters));
  let unconfirmed = new Uint32Array(size);
  for (let found = true; found;) {
    found = false;
    unconfirmed = new Uint32Array(size);
    others.forEach((other, k) => {
      const reporter = reporters[k]!;
      if (vouchers[other]! <= (isInventor[reporter] === 1 ? 0 : 1)) unconfirmed[reporter]! += 1;
    });
    const usual = usualShare(claims, unconfirmed, isInventor);
    const fresh = new Set<number>();
    for (let place = 0; place < size; place++) {
      const count = unconfirmed[place]!;
      if (isInventor[place] === 1 || count < LEAST || count < 2 * usual * claims[place]!) continue;
      if (surpriseOfMore(count, claims[place]!, usual) >= SURPRISE) fresh.add(place);
    }
    accuse(fresh);
    found = fresh.size > 0;
  }
  const invented = new Set(others.filter((other) => vouchers[other] === 0));
  const inventors: Inventor[] = [];
  for (let place = 0; place < size; place++) {
    if (isInventor[place] === 0) continue;
    inventors.push({ place, claims: claims[place]!, unconfirmed: unconfirmed[place]! });
  }
  inventors.sort((a, b) => b.unconfirmed - a.unconfirmed || a.place - b.place);
  return { inventors, invented: [...invented] };
}

/** Who claims far more connections with peers that never spoke than all do together, whoever else claims them. */
function tellersOfTheUnseen(claims: Uint32Array, reporters: readonly number[]): Set<number> {
  const unseen = new Uint32Array(claims.length);
  for (const reporter of reporters) unseen[reporter]! += 1;
  const usual = reporters.length / claims.reduce((sum, count) => sum + count, 0);
  const found = new Set<number>();
  claims.forEach((count, place) => {
    // Many claims make small differences surprising, and peers are not all alike: it takes a large one too.
    const isFar = unseen[place]! >= LEAST && 2 * unseen[place]! > (1 + usual) * count;
    if (isFar && surpriseOfMore(unseen[place]!, count, usual) >= SURPRISE) found.add(place);
  });
  return found;
}

/** Of those of whose claims at most half are unconfirmed: an inventor of many must not pass for usual. */
function usualShare(claims: Uint32Array, unconfirmed: Uint32Array, isInventor: Uint8Array): number {
  let all = 0;
  let bad = 0;
  for (let place = 0; place < claims.length; place++) {
    if (isInventor[place] === 1 || 2 * unconfirmed[place]! > claims[place]!) continue;
    all += claims[place]!;
    bad += unconfirmed[place]!;
  }
  return Math.max(LEAST_SHARE, all === 0 ? 0 : bad / all);
}

const LEAST = 8;
const SURPRISE = Math.log(1e9);
/** Of claims that cannot be confirmed where nothing is wrong: peers leave, and a neighbour of one superpeer may be unreachable. */
const LEAST_SHARE = 0.02;
