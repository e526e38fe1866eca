import type { ViewGraph } from '../src/reports/view/view-graph.ts';

export const COLOURINGS = ['role', 'degree', 'component', 'outcome', 'agent'] as const;
export type Colouring = (typeof COLOURINGS)[number];
export const SIZINGS = ['degree', 'role', 'equal'] as const;
export type Sizing = (typeof SIZINGS)[number];

/** Everything that makes one view differ from another of the same input; peers and snapshots by their places. */
export interface ViewState {
  readonly color: Colouring;
  readonly size: Sizing;
  readonly hidesLeaves: boolean;
  /** Only peers of these degrees, both ends included. */
  readonly degrees: { readonly low: number; readonly high: number } | undefined;
  /** Only peers of this entry of the legend. */
  readonly only: string | undefined;
  readonly peer: number | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly look: number | undefined;
  /** Middle and width of what is seen, in widths of the whole picture. */
  readonly camera: { readonly x: number; readonly y: number; readonly ratio: number } | undefined;
  /** How large the map is, 1 for the whole of it, and its middle in units of the map. */
  readonly map: { readonly zoom: number; readonly x: number; readonly y: number } | undefined;
}

/** How an overlay is seen at first: by what is known of it. */
export function firstState(graph: ViewGraph): ViewState {
  return {
    color: firstColouring(graph),
    size: 'degree',
    hidesLeaves: false,
    degrees: undefined,
    only: undefined,
    peer: undefined,
    from: undefined,
    to: undefined,
    look: graph.looks.length === 0 ? undefined : graph.looks.length - 1,
    camera: undefined,
    map: undefined,
  };
}

/** What tells peers apart: where only superpeers have room, roles do not. */
function firstColouring({ roleOf, agentOf }: ViewGraph): Colouring {
  if (roleOf.some((role) => role !== roleOf[0])) return 'role';
  return agentOf.some((agent) => agent !== agentOf[0]) ? 'agent' : 'degree';
}

/** The part of a URL after `#`, with what differs from the first state. */
export function hashOf(state: ViewState, graph: ViewGraph): string {
  const first = firstState(graph);
  const words = new URLSearchParams();
  if (state.color !== first.color) words.set('color', state.color);
  if (state.size !== first.size) words.set('size', state.size);
  if (state.hidesLeaves) words.set('leaves', 'hidden');
  if (state.degrees !== undefined) words.set('degrees', `${state.degrees.low}-${state.degrees.high}`);
  if (state.only !== undefined) words.set('only', state.only);
  for (const key of ['peer', 'from', 'to'] as const) {
    const peer = state[key];
    if (peer !== undefined) words.set(key, graph.ids[peer]!);
  }
  if (state.look !== first.look && state.look !== undefined) words.set('look', graph.looks[state.look]!.name);
  if (state.camera !== undefined) {
    const { x, y, ratio } = state.camera;
    words.set('camera', shortNumbers(x, y, ratio));
  }
  if (state.map !== undefined) words.set('map', shortNumbers(state.map.x, state.map.y, state.map.zoom));
  return words.toString();
}

/** The state of such a text; whatever in it is not of this input is as it is at first. */
export function stateOf(hash: string, graph: ViewGraph): ViewState {
  const first = firstState(graph);
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  const peer = (key: string): number | undefined => {
    const id = words.get(key);
    const place = id === null ? -1 : graph.ids.indexOf(id);
    return place < 0 ? undefined : place;
  };
  const look = graph.looks.findIndex(({ name }) => name === words.get('look'));
  return {
    color: COLOURINGS.find((each) => each === words.get('color')) ?? first.color,
    size: SIZINGS.find((each) => each === words.get('size')) ?? first.size,
    hidesLeaves: words.get('leaves') === 'hidden',
    degrees: degreesOf(words.get('degrees')),
    only: words.get('only') ?? undefined,
    peer: peer('peer'),
    from: peer('from'),
    to: peer('to'),
    look: look < 0 ? first.look : look,
    camera: cameraOf(words.get('camera')),
    map: mapOf(words.get('map')),
  };
}

function degreesOf(text: string | null): ViewState['degrees'] {
  const found = /^(\d{1,9})-(\d{1,9})$/.exec(text ?? '');
  if (found === null) return undefined;
  const [low, high] = [Number(found[1]), Number(found[2])];
  return { low: Math.min(low, high), high: Math.max(low, high) };
}

function cameraOf(text: string | null): ViewState['camera'] {
  const [x, y, ratio] = threeNumbers(text) ?? [];
  return x === undefined || y === undefined || ratio === undefined ? undefined : { x, y, ratio };
}

function mapOf(text: string | null): ViewState['map'] {
  const [x, y, zoom] = threeNumbers(text) ?? [];
  return x === undefined || y === undefined || zoom === undefined ? undefined : { x, y, zoom };
}

function shortNumbers(...numbers: readonly number[]): string {
  return numbers.map((value) => value.toPrecision(5)).join(',');
}

/** A place and a positive size. */
function threeNumbers(text: string | null): number[] | undefined {
  const numbers = (text ?? '').split(',').map(Number);
  return numbers.length === 3 && numbers.every(Number.isFinite) && numbers[2]! > 0 ? numbers : undefined;
}
