import type { ViewEvent, ViewGraph } from '../src/reports/view/view-graph.ts';
import { decodeGraph } from '../src/reports/view/wire.ts';

export async function loadGraph(): Promise<ViewGraph> {
  return decodeGraph(await bytesOf('graph'));
}

export async function loadPositions(): Promise<Float32Array> {
  return new Float32Array(await bytesOf('positions'));
}

async function bytesOf(name: string): Promise<ArrayBuffer> {
  const answer = await fetch(name);
  if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
  return await answer.arrayBuffer();
}

/** Follows the layout: new positions one after the other, however fast they are told of. Ends with the last ones. */
export function followLayout(
  moved: (positions: Float32Array, share: number) => void,
  lost: () => void,
): void {
  const events = new EventSource('events');
  let newest: number | undefined;
  let isLoading = false;
  const load = async (): Promise<void> => {
    isLoading = true;
    while (newest !== undefined) {
      const share = newest;
      newest = undefined;
      moved(await loadPositions(), share);
    }
    isLoading = false;
  };
  events.onmessage = ({ data }: MessageEvent<string>) => {
    const event = JSON.parse(data) as ViewEvent;
    newest = event.share;
    if (event.share >= 1) events.close();
    if (!isLoading) load().catch(lost);
  };
  events.onerror = () => {
    events.close();
    lost();
  };
}
