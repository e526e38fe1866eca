import { Row, type RankedLinks } from '../ranked-links.ts';

/** What a snapshot knows of the links of its peers. Peers are places in its list of ids. */
export interface Neighbourhoods {
  /** Links of each peer with peers that were asked: as many peers reported it at least, or it reported them. */
  readonly degrees: Uint32Array;
  /** All neighbours of the peers that were picked, ascending. */
  readonly of: ReadonlyMap<number, readonly number[]>;
  /** Links between two peers that were asked, and all links. */
  readonly linksAmongAsked: number;
  readonly links: number;
}

/** Goes through all links once. O(ids + links). */
export function neighbourhoodsOf(
  links: RankedLinks,
  isAsked: (place: number) => boolean,
  picked: readonly number[],
): Neighbourhoods {
  const { size } = links.ids;
  const degrees = new Uint32Array(size);
  const of = new Map<number, number[]>(picked.map((place) => [place, []]));
  const isPicked = new Uint8Array(size);
  for (const place of picked) isPicked[place] = 1;
  const row = new Row();
  let count = 0;
  let amongAsked = 0;
  for (let place = 0; place < size; place++) {
    row.length = 0;
    links.fill(place, row);
    if (row.length === 0) continue;
    count += row.length;
    const asked = isAsked(place);
    const own = of.get(place);
    for (let k = 0; k < row.length; k++) {
      const other = row.at(k);
      const otherAsked = isAsked(other);
      if (asked) degrees[other] = (degrees[other] ?? 0) + 1;
      if (otherAsked) degrees[place] = (degrees[place] ?? 0) + 1;
      if (asked && otherAsked) amongAsked += 1;
      own?.push(other);
      if (isPicked[other] === 1) of.get(other)?.push(place);
    }
  }
  return { degrees, of, linksAmongAsked: amongAsked, links: count };
}
