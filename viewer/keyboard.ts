import { byId } from './element.ts';
import type { Picture } from './picture.ts';

/** Of the picture's width for each press of an arrow key. */
const STEP = 0.12;
const ZOOM = 1.5;

/** What the keys do; `clear` takes back the last choice. */
export function bindKeys(picture: Picture | undefined, clear: () => void): void {
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
  if (picture === undefined) return;
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => {
      picture.move(-STEP, 0);
    },
    ArrowRight: () => {
      picture.move(STEP, 0);
    },
    ArrowUp: () => {
      picture.move(0, -STEP);
    },
    ArrowDown: () => {
      picture.move(0, STEP);
    },
    '+': () => {
      picture.zoom(ZOOM);
    },
    '=': () => {
      picture.zoom(ZOOM);
    },
    '-': () => {
      picture.zoom(1 / ZOOM);
    },
    '0': () => {
      picture.whole();
    },
  };
  byId('picture', HTMLElement).addEventListener('keydown', (event) => {
    const act = keys[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    act();
  });
  for (const [id, key] of [
    ['nearer', '+'],
    ['farther', '-'],
    ['whole', '0'],
  ] as const)
    byId(id, HTMLButtonElement).addEventListener('click', () => keys[key]?.());
}
