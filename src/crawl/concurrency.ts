/** How many connections a crawl may have open at the same time. */
export interface Concurrency {
  /** Now. */
  readonly most: number;
  /** The machine had no means for more than this. */
  lower(to: number): void;
  /** Goes on adapting it to how the crawl goes, and tells when there is room for more, until the result is called. */
  watch?(progress: () => Progress, onRoom: () => void): () => void;
}

/** How a crawl goes: whether peers wait for room, and how many contacts have ended, and found no connection, so far. */
export interface Progress {
  readonly limited: boolean;
  readonly ended: number;
  readonly lost: number;
}

/** Always the same, until the machine has no means for it. */
export function fixedConcurrency(most: number): Concurrency {
  let now = most;
  return {
    get most() {
      return now;
    },
    lower: (to) => {
      now = Math.max(1, Math.min(now, to));
    },
  };
}

/** What a stretch of time looked like: the share for which the program was at work, and what ended in it. */
export interface Load extends Progress {
  readonly utilisation: number;
}

/**
 * As many connections as keep the program at work: where it mostly waits, for silent or distant peers, more are opened; where
 * more of them get lost after that, fewer (additive-multiplicative, as TCP does). A crawl of peers that answer at once stays at
 * the least, because more would only wait for each other.
 */
export class AdaptiveConcurrency implements Concurrency {
  readonly #utilisation: () => number;
  readonly #least: number;
  #ceiling: number;
  #most: number;
  /** Share of contacts that get lost anyway, by the stretches so far. */
  #usualLoss: number | undefined;
  /** Stretches for which it does not grow. */
  #held = 0;

  /** @param utilisation share of the time for which the program was at work, since it was asked last. */
  constructor({
    least,
    ceiling,
    utilisation,
  }: {
    readonly least: number;
    readonly ceiling: number;
    readonly utilisation: () => number;
  }) {
    this.#utilisation = utilisation;
    this.#least = Math.max(1, Math.min(least, ceiling));
    this.#ceiling = ceiling;
    this.#most = this.#least;
  }

  get most(): number {
    return this.#most;
  }

  lower(to: number): void {
    this.#ceiling = Math.max(1, Math.min(this.#ceiling, to));
    this.#most = Math.min(this.#most, this.#ceiling);
  }

  watch(progress: () => Progress, onRoom: () => void): () => void {
    let before = progress();
    const timer = setInterval(() => {
      const { limited, ended, lost } = progress();
      const load = { limited, ended: ended - before.ended, lost: lost - before.lost };
      before = { limited, ended, lost };
      if (this.adapt({ ...load, utilisation: this.#utilisation() })) onRoom();
    }, STRETCH);
    return () => {
      clearInterval(timer);
    };
  }

  /** Told every stretch how it went; whether there is room for more now. */
  adapt({ utilisation, limited, ended, lost }: Load): boolean {
    this.#held = Math.max(0, this.#held - 1);
    if (ended >= LEAST_ENDED) {
      const loss = lost / ended;
      const usual = this.#usualLoss ?? loss;
      this.#usualLoss = usual + LEARNING * (loss - usual);
      if (loss > usual + MORE_LOSS && this.#most > this.#least) {
        this.#most = Math.max(this.#least, Math.floor(this.#most / 2));
        this.#held = HELD;
        return false;
      }
    }
    if (!limited || this.#held > 0 || utilisation > BUSY || this.#most >= this.#ceiling) return false;
    const more = Math.min(MOST_GROWTH, Math.ceil(GROWTH * this.#most));
    this.#most = Math.min(this.#ceiling, this.#most + more);
    return true;
  }
}

/** Milliseconds between two looks. */
const STRETCH = 50;

/** A program at work for a larger share of the time gains nothing from more connections. */
const BUSY = 0.85;
const GROWTH = 0.25;
/** Connections that are opened in one go: a listener's queue takes some hundred. */
const MOST_GROWTH = 100;
/** Fewer say nothing about the share that gets lost. */
const LEAST_ENDED = 30;
const LEARNING = 0.1;
/** So much more than usual is too much. */
const MORE_LOSS = 0.15;
const HELD = 20;
