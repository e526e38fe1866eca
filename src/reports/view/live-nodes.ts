import { liveTruth } from '../../simulate/live-truth.ts';
import type { LiveOverlay } from '../../simulate/live-overlay.ts';
import type { LiveLink, LivePeer, LivePicture } from './live-picture.ts';

/**
 * What is drawn of live nodes: all of them, in the order in which they first came up, and the connections that stand at both ends. One
 * that is gone keeps its place, without links, until it is back. O(nodes + connections), and sorting.
 */
export class LiveNodes {
  readonly #overlay: LiveOverlay;
  readonly #places = new Map<string, number>();
  readonly #peers: LivePeer[] = [];
  #seen = '';

  constructor(overlay: LiveOverlay) {
    this.#overlay = overlay;
  }

  /** Undefined where nothing has changed since the last time. */
  picture(): LivePicture | undefined {
    const { peers, links } = liveTruth(this.#overlay);
    for (const { id, role, agent } of peers) {
      const place = this.#places.get(id) ?? this.#peers.length;
      this.#places.set(id, place);
      this.#peers[place] = { id, role, agent, outcome: undefined };
    }
    const drawn: LiveLink[] = Array.from(links, ({ source, target, relation }) => ({
      source: this.#places.get(source)!,
      target: this.#places.get(target)!,
      relation,
    }));
    const seen = JSON.stringify([this.#peers.map(({ role }) => role), drawn]);
    if (seen === this.#seen) return undefined;
    this.#seen = seen;
    return { peers: [...this.#peers], links: drawn, notes: [] };
  }
}
