import type { PeerSign } from '../../charts/overlay-drawing.ts';
import type { SvgDrawing } from '../../charts/svg.ts';
import type { Chart } from '../../core/chart.ts';
import type { Table } from '../../core/table.ts';

/** A report as data, before it is a page. */
export interface Page {
  readonly title: string;
  /** What it is, in a few plain sentences. */
  readonly lead: readonly string[];
  /** What has to be known before anything else is read; empty where nothing stands against it. */
  readonly warnings: readonly string[];
  readonly tiles: readonly Tile[];
  readonly sections: readonly Section[];
  readonly footer: string;
}

/** One number that a reader looks for first. */
export interface Tile {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
}

export interface Section {
  /** Kebab-case; the place of the page that a link leads to. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'text'; readonly sentences: readonly string[] }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** What the audit found: how serious, what, and what that means. */
  | { readonly kind: 'marks'; readonly marks: readonly Mark[] }
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'chart'; readonly chart: Chart }
  | {
      readonly kind: 'drawing';
      readonly drawing: SvgDrawing;
      /** What its shapes mean, where there are several. */
      readonly signs?: readonly PeerSign[];
      readonly caption: string;
    }
  /** What only some readers want, behind a line that opens it. */
  | { readonly kind: 'more'; readonly summary: string; readonly blocks: readonly Block[] }
  | { readonly kind: 'code'; readonly text: string }
  /** Blocks beside each other, where there is room. */
  | { readonly kind: 'columns'; readonly columns: readonly (readonly Block[])[] };

export interface Mark {
  readonly name: string;
  readonly severity: string;
  readonly sentences: readonly string[];
}

/** Sentences as a block; none where there is nothing to say. */
export function saying(...sentences: readonly string[]): Block[] {
  const some = sentences.filter((sentence) => sentence !== '');
  return some.length === 0 ? [] : [{ kind: 'text', sentences: some }];
}

export function tables(some: readonly Table[]): Block[] {
  return some.map((table) => ({ kind: 'table', table }));
}
