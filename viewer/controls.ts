import type { ViewGraph } from '../src/reports/view/view-graph.ts';
import { byId, element } from './element.ts';
import { findPeers, foundList } from './panels.ts';
import { count } from './shown-text.ts';
import type { Store } from './store.ts';
import { COLOURINGS, SIZINGS, type ViewState } from './view-state.ts';

/** The fields of the page: what is entered goes into the state. */
export function bindControls(
  graphNow: () => ViewGraph,
  store: Store,
  go: (peer: number) => void,
  say: (words: string) => void,
): void {
  const color = byId('color', HTMLSelectElement);
  color.addEventListener('change', () => {
    store.change({ color: COLOURINGS.find((each) => each === color.value) ?? 'degree', only: undefined });
  });
  const size = byId('size', HTMLSelectElement);
  size.addEventListener('change', () => {
    store.change({ size: SIZINGS.find((each) => each === size.value) ?? 'degree' });
  });
  const leaves = byId('leaves', HTMLInputElement);
  leaves.addEventListener('change', () => {
    store.change({ hidesLeaves: leaves.checked });
  });
  bindDegrees(store);
  bindPath(graphNow, store, say);
  bindSearch(graphNow, go, say);
  const look = byId('look', HTMLInputElement);
  look.max = String(graphNow().looks.length - 1);
  look.addEventListener('input', () => {
    store.change({ look: Number(look.value) });
  });
  allow(graphNow());
}

/** What nobody knows of this input is no choice. */
export function allow({ outcomeOf, agents, roleOf }: ViewGraph): void {
  const isKnown = {
    outcome: outcomeOf.some((outcome) => outcome > 0),
    agent: agents.length > 1,
    role: roleOf.some((role) => role > 0),
  };
  for (const select of [byId('color', HTMLSelectElement), byId('size', HTMLSelectElement)])
    for (const option of Array.from(select.options))
      option.disabled = option.value in isKnown && !isKnown[option.value as keyof typeof isKnown];
}

function bindDegrees(store: Store): void {
  const low = byId('low', HTMLInputElement);
  const high = byId('high', HTMLInputElement);
  const change = (): void => {
    if (low.value === '' && high.value === '') {
      store.change({ degrees: undefined });
      return;
    }
    const [from, to] = [Number(low.value || 0), high.value === '' ? 999_999_999 : Number(high.value)];
    store.change({ degrees: { low: Math.min(from, to), high: Math.max(from, to) } });
  };
  low.addEventListener('change', change);
  high.addEventListener('change', change);
  byId('all-degrees', HTMLButtonElement).addEventListener('click', () => {
    store.change({ degrees: undefined });
  });
}

function bindPath(graphNow: () => ViewGraph, store: Store, say: (words: string) => void): void {
  byId('path', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    const graph = graphNow();
    const [from, to] = ['from', 'to'].map((id) => graph.ids.indexOf(byId(id, HTMLInputElement).value.trim()));
    if (from === undefined || to === undefined || from < 0 || to < 0) {
      const which = from === undefined || from < 0 ? 'from' : 'to';
      byId('hops', HTMLElement).replaceChildren(
        element('p', {}, `There is no peer of the id in “${which}”.`),
      );
      say(`There is no peer of the id in ${which}.`);
      return;
    }
    store.change({ from, to });
  });
  byId('no-path', HTMLButtonElement).addEventListener('click', () => {
    store.change({ from: undefined, to: undefined });
  });
}

function bindSearch(
  graphNow: () => ViewGraph,
  go: (peer: number) => void,
  say: (words: string) => void,
): void {
  const query = byId('query', HTMLInputElement);
  const list = byId('found', HTMLUListElement);
  const choose = (peer: number): void => {
    if (list.contains(document.activeElement)) query.focus();
    list.replaceChildren();
    go(peer);
  };
  query.addEventListener('input', () => {
    const graph = graphNow();
    const found = findPeers(graph, query.value);
    list.replaceChildren(...foundList(graph, found, choose));
    if (query.value.trim() === '') return;
    if (found.length === 0) list.append(element('li', { class: 'muted' }, 'No peer has that.'));
    say(found.length === 0 ? 'No peer has that.' : `${count(found.length)} found.`);
  });
  query.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') list.querySelector('button')?.focus();
  });
  list.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const buttons = Array.from(list.querySelectorAll('button'));
    const at = buttons.findIndex((each) => each === document.activeElement);
    (buttons[at + step] ?? query).focus();
  });
  byId('search', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    const [first] = findPeers(graphNow(), query.value);
    if (first !== undefined) choose(first);
  });
}

/** The fields as the state has them. */
export function showControls(graph: ViewGraph, state: ViewState): void {
  byId('color', HTMLSelectElement).value = state.color;
  byId('size', HTMLSelectElement).value = state.size;
  byId('leaves', HTMLInputElement).checked = state.hidesLeaves;
  byId('low', HTMLInputElement).value = state.degrees === undefined ? '' : String(state.degrees.low);
  const isOpen = state.degrees === undefined || state.degrees.high >= 999_999_999;
  byId('high', HTMLInputElement).value = isOpen ? '' : String(state.degrees.high);
  for (const key of ['from', 'to'] as const) {
    const peer = state[key];
    byId(key, HTMLInputElement).value = peer === undefined ? '' : graph.ids[peer]!;
  }
  if (state.look !== undefined) {
    const { name, startedAt } = graph.looks[state.look]!;
    byId('look', HTMLInputElement).value = String(state.look);
    byId('look', HTMLInputElement).ariaValueText = name;
    byId('look-name', HTMLOutputElement).value = `${name} · ${startedAt.replace('T', ' ').slice(0, 19)} UTC`;
  }
}
