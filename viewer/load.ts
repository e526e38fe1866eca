import type { ViewEvent, ViewGraph } from '../src/reports/view/view-graph.ts';
import { decodeGraph } from '../src/reports/view/wire.ts';

export async function loadGraph(): Promise<ViewGraph> {
  return decodeGraph(await bytesOf('graph'));
}

export async function loadPositions(): Promise<Float32Array> {
  return new Float32Array(await bytesOf('positions'));
}

/** Positions after the graph: then there is one for each of its peers. */
async function loadBoth(isGraph: boolean) {
  const graph = isGraph ? await loadGraph() : undefined;
  return { graph, positions: await loadPositions() };
}

async function bytesOf(name: string): Promise<ArrayBuffer> {
  const answer = await fetch(name);
  if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
  return await answer.arrayBuffer();
}

/** Who hears of what the server tells. */
export interface ViewHearer {
  /** The positions are those of the graph's peers, or of more. */
  readonly graph: (graph: ViewGraph, positions: Float32Array) => void;
  readonly positions: (positions: Float32Array, share: number) => void;
  readonly standing: (standing: Extract<ViewEvent, { kind: 'standing' }>) => void;
  readonly over: (over: Extract<ViewEvent, { kind: 'over' }>) => void;
  /** The server has gone. */
  readonly lost: () => void;
}

/**
 * Follows what the server tells: new graphs and positions one after the other, of several that it told of meanwhile the last one. Ends when
 * a layout has come to its end, unless that is of something that goes on.
 */
export function followServer(hearer: ViewHearer): void {
  const events = new EventSource('events');
  let isLive = false;
  let newest: { readonly isGraph: boolean; readonly share: number } | undefined;
  let isLoading = false;
  const lost = (): void => {
    events.close();
    hearer.lost();
  };
  const load = async (): Promise<void> => {
    isLoading = true;
    while (newest !== undefined) {
      const { isGraph, share } = newest;
      newest = undefined;
      const loaded = await loadBoth(isGraph).catch(lost);
      if (loaded === undefined) return;
      if (loaded.graph !== undefined) hearer.graph(loaded.graph, loaded.positions);
      hearer.positions(loaded.positions, share);
    }
    isLoading = false;
  };
  events.onmessage = ({ data }: MessageEvent<string>) => {
    const event = JSON.parse(data) as ViewEvent;
    if (event.kind === 'standing') {
      isLive = true;
      hearer.standing(event);
      return;
    }
    if (event.kind === 'over') {
      hearer.over(event);
      events.close();
      return;
    }
    newest =
      event.kind === 'graph'
        ? { isGraph: true, share: newest?.share ?? 1 }
        : { isGraph: newest?.isGraph ?? false, share: event.share };
    if (!isLive && event.kind === 'positions' && event.share >= 1) events.close();
    if (!isLoading) void load();
  };
  events.onerror = lost;
}
