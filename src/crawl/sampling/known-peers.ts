import type { PeerAnswer, PeerOracle } from './oracle.ts';

const STOPPED: PeerAnswer = { kind: 'stopped' };

/**
 * What all walks have learned so far: every peer is asked once at most, and its answer remembered, so that a step to a
 * peer seen before costs nothing. BOUNDED by the budget of contacts: one answer each.
 */
export class KnownPeers {
  readonly #oracle: PeerOracle;
  readonly #budget: number;
  readonly #answers = new Map<number, PeerAnswer>();
  readonly #pending = new Map<number, Promise<PeerAnswer>>();
  #contacts = 0;
  #unanswered = 0;
  #isExhausted = false;

  /** @param budget how many peers may be contacted. */
  constructor(oracle: PeerOracle, budget: number) {
    this.#oracle = oracle;
    this.#budget = budget;
  }

  /** How many peers were contacted; of them, how many gave no listing. */
  get contacts(): number {
    return this.#contacts;
  }

  get unanswered(): number {
    return this.#unanswered;
  }

  /** Whether somebody was to be asked beyond the budget. */
  get isExhausted(): boolean {
    return this.#isExhausted;
  }

  /** The answer of a peer that was asked before. */
  known(peer: number): PeerAnswer | undefined {
    return this.#answers.get(peer);
  }

  /** The answer of a peer; `stopped` where the budget is used up. */
  async ask(peer: number): Promise<PeerAnswer> {
    const known = this.#answers.get(peer) ?? this.#pending.get(peer);
    if (known !== undefined) return known;
    if (this.#contacts >= this.#budget) {
      this.#isExhausted = true;
      return STOPPED;
    }
    this.#contacts += 1;
    const asking = this.#contact(peer);
    this.#pending.set(peer, asking);
    return asking;
  }

  async #contact(peer: number): Promise<PeerAnswer> {
    const answer = await this.#oracle.ask(peer);
    this.#pending.delete(peer);
    if (answer.kind === 'stopped') {
      this.#contacts -= 1;
      return answer;
    }
    if (answer.kind === 'unanswered') this.#unanswered += 1;
    this.#answers.set(peer, answer);
    return answer;
  }
}
