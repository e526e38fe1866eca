import type { ListedPeer } from './oracle.ts';

/** A leaf that was drawn from the list of the superpeer at which a walk stood, and answered. */
export interface LeafDraw {
  /** The step, counted from the first that is recorded, and the number of the run that it belongs to. */
  readonly step: number;
  readonly run: number;
  readonly leaf: ListedPeer;
  /** The probability with which this step drew a leaf at all. */
  readonly chance: number;
}

/** Consecutive steps at the same peer. */
interface Run {
  readonly peer: number;
  readonly listed: ListedPeer;
  steps: number;
  /** How many of the peers to which a step was tried from here did not answer. */
  unanswered: number;
}

/** What a walk has recorded: runs of steps at the same peer, one after the other, and the leaves that it drew meanwhile. */
export class WalkTrace {
  readonly #runs: Run[] = [];
  readonly #draws: LeafDraw[] = [];
  #steps = 0;

  /** How many steps are recorded. */
  get steps(): number {
    return this.#steps;
  }

  get runs(): readonly Readonly<Run>[] {
    return this.#runs;
  }

  get draws(): readonly LeafDraw[] {
    return this.#draws;
  }

  /**
   * Records that the walk stands at this peer for a step.
   * @param isUnanswered whether it does because the peer that it chose did not answer.
   */
  add(peer: number, listed: ListedPeer, isUnanswered: boolean): void {
    this.#steps += 1;
    const last = this.#runs.at(-1);
    if (last?.peer !== peer) {
      this.#runs.push({ peer, listed, steps: 1, unanswered: isUnanswered ? 1 : 0 });
      return;
    }
    last.steps += 1;
    if (isUnanswered) last.unanswered += 1;
  }

  /** Records a leaf, drawn at the latest step. */
  draw(leaf: ListedPeer, chance: number): void {
    this.#draws.push({ step: this.#steps - 1, run: this.#runs.length - 1, leaf, chance });
  }
}
