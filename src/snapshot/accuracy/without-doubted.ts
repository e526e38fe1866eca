import type { Address } from '../../core/address.ts';
import type { Visit } from '../../core/visit.ts';
import { Row, type RankedLinks } from '../ranked-links.ts';
import type { TwoLooks } from './look-sums.ts';

// What is left of a crawl where some peers are doubted: their word does not count, nor what others say of them.

/** The links whose ends are both beyond doubt. */
export function linksWithout(links: RankedLinks, isDoubted: (place: number) => boolean): RankedLinks {
  const all = new Row();
  return {
    ids: links.ids,
    fill: (place, row) => {
      if (isDoubted(place)) return;
      all.length = 0;
      links.fill(place, all);
      for (let k = 0; k < all.length; k++) if (!isDoubted(all.at(k))) row.push(all.at(k));
    },
  };
}

/** The looks at peers beyond doubt, without what these say of others. */
export function looksWithout(
  looks: readonly TwoLooks[],
  isDoubted: (address: Address) => boolean,
): readonly TwoLooks[] {
  const visit = (one: Visit): Visit => ({ ...one, claims: { ...one.claims, links: linksOf(one) } });
  const beyond = (addresses: readonly Address[]): Address[] => addresses.filter((each) => !isDoubted(each));
  const linksOf = ({ claims }: Visit): Visit['claims']['links'] =>
    claims.links.map((link) => ({ ...link, sources: beyond(link.sources), targets: beyond(link.targets) }));
  return looks
    .filter(({ first }) => !isDoubted(first.endpoint))
    .map(({ first, second }) => ({ first: visit(first), second: second && visit(second) }));
}
