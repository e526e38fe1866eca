import { byId } from './element.ts';

/** What one can move about in. */
export interface Movable {
  /** By so many of its widths and heights. */
  move(right: number, down: number): void;
  zoom(factor: number): void;
  whole(): void;
  /** After what is seen may have become something else. */
  onMove(hear: () => void): void;
}

/** Of the width for each press of an arrow key. */
const STEP = 0.12;
const ZOOM = 1.5;

/** Keys that mean the same everywhere; `clear` takes back the last choice. */
export function bindKeys(clear: () => void): void {
  const query = byId('query', HTMLInputElement);
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.key === '/' && !isTyping) {
      event.preventDefault();
      query.focus();
    } else if (event.key === 'Escape') {
      if (event.target === query) query.value = '';
      query.dispatchEvent(new Event('input'));
      clear();
    }
  });
}

/** Arrows, `+`, `-` and `0` of the element that has the focus, and the buttons that do the same, by their order. */
export function bindMoves(place: HTMLElement, buttons: HTMLElement, view: Movable): void {
  const zoom = (factor: number) => () => {
    view.zoom(factor);
  };
  const move = (right: number, down: number) => () => {
    view.move(right * STEP, down * STEP);
  };
  const whole = (): void => {
    view.whole();
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: move(-1, 0),
    ArrowRight: move(1, 0),
    ArrowUp: move(0, -1),
    ArrowDown: move(0, 1),
    '+': zoom(ZOOM),
    '=': zoom(ZOOM),
    '-': zoom(1 / ZOOM),
    '0': whole,
  };
  place.addEventListener('keydown', (event) => {
    const act = keys[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    act();
  });
  const acts = [zoom(ZOOM), zoom(1 / ZOOM), whole];
  buttons.querySelectorAll('button').forEach((each, k) => {
    each.addEventListener('click', () => acts[k]?.());
  });
}
