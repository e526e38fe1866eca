import type { ViewState } from './view-state.ts';

/** The one place that knows the state; whoever shows a part of it hears of changes. */
export class Store {
  #state: ViewState;
  readonly #hearers: ((state: ViewState, before: ViewState) => void)[] = [];

  constructor(state: ViewState) {
    this.#state = state;
  }

  get state(): ViewState {
    return this.#state;
  }

  change(part: Partial<ViewState>): void {
    const before = this.#state;
    this.#state = { ...before, ...part };
    for (const hear of this.#hearers) hear(this.#state, before);
  }

  /** The same state, of another graph: nobody is told. */
  replace(state: ViewState): void {
    this.#state = state;
  }

  onChange(hear: (state: ViewState, before: ViewState) => void): void {
    this.#hearers.push(hear);
  }
}
