import type { Membership } from '../../simulate/membership.ts';
import type { Population } from '../../simulate/population.ts';
import type { Topology } from '../../topology/topology.ts';
import { drawnPart } from './drawn-part.ts';
import { LIVE_BOUNDS } from './live-crawl.ts';
import type { LiveLink, LivePicture } from './live-picture.ts';

/**
 * What is drawn of a simulated overlay whose peers come and go: some slots, always the same ones, with the peers that are in them now. The
 * slots of most links, where there are many. O(drawn peers and their links), and nothing while nobody has come or gone.
 */
export class LivePopulation {
  readonly #population: Population;
  readonly #now: () => number;
  readonly #slots: Uint32Array;
  readonly #placeOf: Map<number, number>;
  readonly #notes: readonly string[];
  #seen = -1;

  /** @param topology as it was generated, one peer for each slot. */
  constructor(population: Population, topology: Topology, now: () => number) {
    this.#population = population;
    this.#now = now;
    const { peers, notes } = drawnPart(topology, { peers: LIVE_BOUNDS.peers, links: Infinity });
    this.#slots = peers;
    this.#placeOf = new Map(Array.from(peers, (slot, place) => [slot, place]));
    this.#notes = notes;
  }

  /** Undefined where nobody has come or gone since the last time. */
  picture(): LivePicture | undefined {
    const { membership, addressOf, agentOf } = this.#population;
    membership.advance(this.#now());
    const changes = membership.started + membership.ended;
    if (changes === this.#seen) return undefined;
    this.#seen = changes;
    const peers = Array.from(this.#slots, (slot) => {
      const peer = membership.occupant(slot);
      return { id: addressOf(peer), role: membership.roleOf(slot), agent: agentOf(peer), outcome: undefined };
    });
    return { peers, links: this.#links(membership), notes: this.#notes };
  }

  #links(membership: Membership): LiveLink[] {
    const links: LiveLink[] = [];
    this.#slots.forEach((slot, place) => {
      const role = membership.roleOf(slot);
      for (const other of membership.neighbours(slot)) {
        const otherPlace = this.#placeOf.get(other);
        if (otherPlace === undefined || otherPlace < place) continue;
        if (!this.#population.tiers || membership.roleOf(other) === role) {
          links.push({ source: place, target: otherPlace, relation: 'connection' });
        } else {
          const [source, target] = role === 'leaf' ? [place, otherPlace] : [otherPlace, place];
          links.push({ source, target, relation: 'registration' });
        }
      }
    });
    return links;
  }
}
