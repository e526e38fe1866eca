import type { ViewGraph } from '../src/reports/view/view-graph.ts';
import type { Sizing } from './view-state.ts';

/** What the theme of the page lets a picture look like. */
export interface Look {
  readonly isDark: boolean;
  readonly ground: string;
  readonly ink: string;
  /** Links, by how many there are. */
  readonly link: (links: number) => string;
  readonly mark: string;
  readonly path: string;
}

export function currentLook(): Look {
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
  return {
    isDark,
    ground: isDark ? '#14171c' : '#ffffff',
    ink: isDark ? '#e6e9ee' : '#1b1f24',
    link: (links) => linkColor(links, isDark),
    mark: isDark ? '#ffffff' : '#000000',
    path: isDark ? '#ff8a4a' : '#c23b00',
  };
}

/** The more links, the fainter each: it is their sum that one sees. */
function linkColor(links: number, isDark: boolean): string {
  const alpha = Math.round(255 * Math.max(0.02, Math.min(0.5, 12 / Math.sqrt(links + 1))));
  return `${isDark ? '#9aa7b8' : '#5a6673'}${alpha.toString(16).padStart(2, '0')}`;
}

const LARGEST = 15;
const SMALLEST = 0.45;
/** Square pixels that all peers together may cover while the whole overlay is in view; more would be one spot. */
const MOST_INK = 150_000;

/** Radii in pixels, for the whole overlay in view: the area grows with the degree, and many peers have little room each. */
export function sizesOf(graph: ViewGraph, by: Sizing): Float32Array {
  const base = Math.max(0.7, Math.min(4, 60 / Math.sqrt(graph.ids.length)));
  const sizes = rawSizes(graph, by, base);
  const ink = sizes.reduce((sum, size) => sum + Math.PI * size ** 2, 0);
  if (ink <= MOST_INK) return sizes;
  const smaller = Math.sqrt(MOST_INK / ink);
  return sizes.map((size) => Math.max(SMALLEST, size * smaller));
}

function rawSizes(graph: ViewGraph, by: Sizing, base: number): Float32Array {
  switch (by) {
    case 'degree':
      return Float32Array.from(graph.degrees, (degree) =>
        Math.min(LARGEST, base * (0.5 + 0.4 * Math.sqrt(degree))),
      );
    case 'role':
      return Float32Array.from(graph.roleOf, (role) => base * ([0.8, 2, 0.7][role] ?? 1));
    case 'equal':
      return new Float32Array(graph.ids.length).fill(base);
  }
}
