import type { Address } from '../../core/address.ts';
import type { Relation, Role } from '../../core/claims.ts';
import { hasSpoken, tellingOf, type Outcome } from '../../core/outcome.ts';
import type { Visit } from '../../core/visit.ts';
import type { LiveLink, LivePeer, LivePicture } from './live-picture.ts';

/** How much of a crawl is drawn while it goes on: what the eye can follow. */
export interface LiveBounds {
  readonly peers: number;
  /** Where there are so many, no more peers are drawn either. */
  readonly links: number;
  /** New peers. */
  readonly perSecond: number;
}

export const LIVE_BOUNDS: LiveBounds = { peers: 3_000, links: 20_000, perSecond: 200 };

/** Visits that wait until their peers may be drawn; of more, the rest is drawn only if somebody lists them. */
const MOST_WAITING = 2_000;

/**
 * Peers that are listed and not drawn, and links of drawn peers over the bound of links, times that: what hostile peers list has an end.
 * Who is listed beyond is drawn when it answers; its links are then those that it lists itself.
 */
const MOST_LISTED = 200_000;
const MOST_LINKS = 2;

type Facts = Pick<LivePeer, 'role' | 'agent' | 'outcome'>;

/** A peer that is listed by peers in the picture, and is not in it itself. */
interface Listed {
  readonly links: { readonly by: number; readonly relation: Relation; readonly isSource: boolean }[];
  /** What was heard of it already. */
  facts: Facts | undefined;
}

/** A peer in the picture: what it said itself, and as what others list it. */
interface Drawn extends Facts {
  readonly id: string;
  isListed: Readonly<Record<Role, boolean>>;
}

/** What was said of a pair of peers: the lesser place registers at the greater one, or the other way. */
interface Pair {
  readonly lesser: number;
  readonly greater: number;
  lesserRegisters: boolean;
  greaterRegisters: boolean;
}

/**
 * The part of a crawl that is drawn while it goes on. Peers come into it as they answer or are listed by somebody in it, not more a second
 * than the eye can follow: one half of them have answered, so far as there are such, those first that a drawn peer lists. Of the peers that
 * are drawn all links among them are, as far as these or those have told: where all peers of a crawl are drawn, so are its links.
 *
 * O(1) a visit whose peer is not drawn; O(listed peers) where it is, or comes to be. Memory: what the drawn peers list.
 */
export class LiveCrawl {
  readonly #nameOf: (address: Address) => string;
  readonly #bounds: LiveBounds;
  readonly #places = new Map<Address, number>();
  readonly #peers: Drawn[] = [];
  readonly #pairs = new Map<number, Pair>();
  readonly #listed = new Map<Address, Listed>();
  #waiting: Visit[] = [];
  #room: number;
  #isChanged = true;
  #leavesOutLinks = false;

  /** @param nameOf what a peer is called in the tables. */
  constructor(nameOf: (address: Address) => string, bounds = LIVE_BOUNDS) {
    this.#nameOf = nameOf;
    this.#bounds = bounds;
    this.#room = bounds.perSecond;
  }

  /** Takes what has come in. */
  add(visits: readonly Visit[]): void {
    for (const visit of visits) {
      const place = this.#places.get(visit.endpoint);
      if (place !== undefined) this.#learn(place, visit);
      else this.#wait(visit);
    }
  }

  /** Draws those who wait, as many as so much time allows. */
  grow(seconds: number): void {
    const { peers, perSecond } = this.#bounds;
    this.#room = Math.min(perSecond, this.#room + seconds * perSecond);
    const room = Math.min(Math.floor(this.#room), peers - this.#peers.length);
    if (this.#isFull) this.#waiting = [];
    if (this.#isFull || room <= 0) return;
    const before = this.#peers.length;
    const end = before + room;
    this.#drawAnswered(before + Math.ceil(room / 2));
    this.#drawListed(end);
    this.#drawAnswered(end);
    this.#room -= this.#peers.length - before;
  }

  /** Undefined where nothing has changed since the last time. */
  picture(): LivePicture | undefined {
    if (!this.#isChanged) return undefined;
    this.#isChanged = false;
    return {
      peers: this.#peers.map(shown),
      links: Array.from(this.#pairs.values(), linkOf),
      notes: this.#notes(),
    };
  }

  get #isFull(): boolean {
    return this.#peers.length >= this.#bounds.peers || this.#pairs.size >= this.#bounds.links;
  }

  #notes(): string[] {
    const { peers, links, perSecond } = this.#bounds;
    const text = (value: number): string => value.toLocaleString('en-US');
    return [
      `While the crawl goes on, at most ${text(perSecond)} new peers a second are drawn, and ${text(peers)} in all, or as many as have ${text(links)} links; the counters have all of them. When it has ended, the page can show the whole snapshot.`,
      ...(this.#isFull ? ['The picture is full: peers that are found from here on are only counted.'] : []),
      ...(this.#leavesOutLinks ? ['Some links between the peers that are drawn are left out.'] : []),
      'Degrees and components are those of what is drawn.',
    ];
  }

  #wait(visit: Visit): void {
    const listed = this.#listed.get(visit.endpoint);
    if (listed !== undefined) listed.facts = factsOf(visit);
    else if (!hasSpoken(visit)) return;
    if (this.#waiting.length < MOST_WAITING) this.#waiting.push(visit);
  }

  /** Draws peers that have answered until there are so many: those that are linked to a drawn one first. */
  #drawAnswered(until: number): void {
    if (this.#waiting.length === 0) return;
    const [linked, others]: [Visit[], Visit[]] = [[], []];
    for (const visit of this.#waiting) (this.#listed.has(visit.endpoint) ? linked : others).push(visit);
    const rest: Visit[] = [];
    for (const visit of [...linked, ...others]) {
      const known = this.#places.get(visit.endpoint);
      if (known !== undefined) this.#learn(known, visit);
      else if (this.#peers.length < until) this.#learn(this.#draw(visit.endpoint), visit);
      else rest.push(visit);
    }
    this.#waiting = rest;
  }

  #drawListed(until: number): void {
    for (const address of this.#listed.keys()) {
      if (this.#peers.length >= until) return;
      this.#draw(address);
    }
  }

  #draw(address: Address): number {
    const place = this.#peers.length;
    const listed = this.#listed.get(address);
    this.#listed.delete(address);
    this.#places.set(address, place);
    const facts = listed?.facts ?? { role: undefined, agent: undefined, outcome: undefined };
    this.#peers.push({ id: this.#nameOf(address), isListed: { superpeer: false, leaf: false }, ...facts });
    for (const { by, relation, isSource } of listed?.links ?? []) {
      const [source, target] = isSource ? [by, place] : [place, by];
      this.#rolesOf(relation, source, target);
      this.#link(source, target, relation);
    }
    this.#isChanged = true;
    return place;
  }

  /** What the visit says about its peer, and its links. */
  #learn(place: number, visit: Visit): void {
    const { role, agent } = factsOf(visit);
    const before = this.#peers[place]!;
    this.#peers[place] = {
      ...before,
      role: role ?? before.role,
      agent: agent ?? before.agent,
      outcome: better(before.outcome, visit.outcome),
    };
    for (const { relation, sources, targets } of visit.claims.links)
      for (const source of sources) for (const target of targets) this.#claim(source, target, relation);
    this.#isChanged = true;
  }

  #claim(source: Address, target: Address, relation: Relation): void {
    if (source === target) return;
    const [a, b] = [this.#places.get(source), this.#places.get(target)];
    this.#rolesOf(relation, a, b);
    if (a !== undefined && b !== undefined) this.#link(a, b, relation);
    else if (a !== undefined) this.#list(target, { by: a, relation, isSource: true });
    else if (b !== undefined) this.#list(source, { by: b, relation, isSource: false });
  }

  #list(address: Address, link: Listed['links'][number]): void {
    const known = this.#listed.get(address);
    if (known === undefined && this.#listed.size >= MOST_LISTED) return;
    const listed = known ?? { links: [], facts: undefined };
    if (known === undefined) this.#listed.set(address, listed);
    listed.links.push(link);
  }

  #link(source: number, target: number, relation: Relation): void {
    const [lesser, greater] = source < target ? [source, target] : [target, source];
    const key = lesser * PLACES + greater;
    const before = this.#pairs.get(key);
    if (before === undefined && this.#pairs.size >= MOST_LINKS * this.#bounds.links) {
      this.#leavesOutLinks = true;
      return;
    }
    const pair = before ?? { lesser, greater, lesserRegisters: false, greaterRegisters: false };
    this.#pairs.set(key, pair);
    if (relation !== 'registration') return;
    if (source === lesser) pair.lesserRegisters = true;
    else pair.greaterRegisters = true;
  }

  /** What a claim of this relation makes of the peers at its ends, as far as they are drawn. */
  #rolesOf(relation: Relation, source: number | undefined, target: number | undefined): void {
    if (relation !== 'registration') return;
    if (source !== undefined) this.#isListedAs(source, 'leaf');
    if (target !== undefined) this.#isListedAs(target, 'superpeer');
  }

  #isListedAs(place: number, role: Role): void {
    const peer = this.#peers[place]!;
    if (peer.isListed[role]) return;
    peer.isListed = { ...peer.isListed, [role]: true };
  }
}

/** Its own word counts; where others differ, it is a superpeer. As in the tables. */
function shown({ id, role, agent, outcome, isListed }: Drawn): LivePeer {
  const listed = isListed.superpeer ? 'superpeer' : isListed.leaf ? 'leaf' : undefined;
  return { id, role: role ?? listed, agent, outcome };
}

/** A registration where one end says so; where they say opposite things, a connection. As in the tables. */
function linkOf({ lesser, greater, lesserRegisters, greaterRegisters }: Pair): LiveLink {
  if (lesserRegisters === greaterRegisters)
    return { source: lesser, target: greater, relation: 'connection' };
  const [source, target] = lesserRegisters ? [lesser, greater] : [greater, lesser];
  return { source, target, relation: 'registration' };
}

/** More places than a picture has, so that two of them make one number. */
const PLACES = 2 ** 24;

function factsOf({ endpoint, outcome, claims }: Visit): Facts {
  const own = claims.peers.find(({ address }) => address === endpoint);
  return { outcome, role: own?.role, agent: own?.agent };
}

/** Of several visits the most telling one stands, the last of equals. */
function better(before: Outcome | undefined, now: Outcome): Outcome {
  return before !== undefined && tellingOf(before) > tellingOf(now) ? before : now;
}
