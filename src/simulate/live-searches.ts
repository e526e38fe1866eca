import type { Random } from '../core/random.ts';
import type { LiveOverlay } from './live-overlay.ts';

/**
 * Has random nodes search for random files that others share, so many a second. Searches are spread evenly over the time.
 */
export class LiveSearches {
  readonly #overlay: LiveOverlay;
  readonly #random: Random;
  readonly #perSecond: number;
  #due = 0;

  constructor(overlay: LiveOverlay, perSecond: number, random: Random) {
    this.#overlay = overlay;
    this.#perSecond = perSecond;
    this.#random = random;
  }

  /** So much time has passed; what has become due is searched for. */
  pass(milliseconds: number): void {
    this.#due += (this.#perSecond * milliseconds) / 1000;
    for (; this.#due >= 1; this.#due -= 1) this.#searchOnce();
  }

  #searchOnce(): void {
    const nodes = this.#overlay.nodes();
    if (nodes.length < 2) return;
    const who = this.#random.int(nodes.length);
    const whose = (who + 1 + this.#random.int(nodes.length - 1)) % nodes.length;
    const files = nodes[whose]?.library.files ?? [];
    const file = files.length === 0 ? undefined : files[this.#random.int(files.length)];
    const address = nodes[who]?.address;
    if (file !== undefined && address !== undefined) this.#overlay.search(address, file.name);
  }
}
