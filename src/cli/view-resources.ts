import { worldMap } from '../charts/world-map.ts';
import { svgDocument } from '../charts/svg.ts';
import { MAP_BOX, type View } from '../reports/view/make-view.ts';
import { stillPicture } from '../reports/view/still-picture.ts';
import type { ViewEvent } from '../reports/view/view-graph.ts';
import { encodeGraph } from '../reports/view/wire.ts';
import type { Positions } from '../topology/layout.ts';
import type { Places } from '../underlay/places.ts';
import type { LayoutOnItsWay } from './view-layout.ts';
import type { Resource } from './view-server.ts';

/** A path of more peers is not drawn on the map. */
const MOST_HOPS = 1_000;

/** What the page asks for: the graph, positions as they are now, news of them, the ground of the map and ways on it. */
export function viewResources(
  { graph }: View,
  layout: LayoutOnItsWay,
  drawnPlaces: Places | undefined,
): (name: string, query: URLSearchParams) => Resource | undefined {
  const encoded = encodeGraph(graph);
  const give = graphResources(() => encoded, layout);
  const map = drawnPlaces === undefined ? undefined : worldMap(MAP_BOX);
  return (name, query) => {
    switch (name) {
      case 'events':
        return { events: (send) => tellMoves(layout, send) };
      case 'picture.svg':
        return { type: 'image/svg+xml', body: stillPicture(graph, layout.positions()) };
      case 'map.svg':
        if (map === undefined) return undefined;
        return {
          type: 'image/svg+xml',
          body: svgDocument({
            ...MAP_BOX,
            title: 'The world',
            description: 'Land: Natural Earth',
            children: map.ground,
          }),
        };
      case 'route':
        if (map === undefined || drawnPlaces === undefined) return undefined;
        return { type: 'text/plain; charset=utf-8', body: map.route(placesOn(query, drawnPlaces)) };
      default:
        return give(name);
    }
  };
}

/** What every picture is made of: a graph, and where its peers are by now. */
export function graphResources(
  encoded: () => Uint8Array,
  layout: Pick<LayoutOnItsWay, 'positions'>,
): (name: string) => Resource | undefined {
  return (name) => {
    if (name === 'graph') return { type: 'application/octet-stream', body: encoded() };
    if (name === 'positions')
      return { type: 'application/octet-stream', body: interleaved(layout.positions()) };
    return undefined;
  };
}

function interleaved({ x, y }: Positions): Uint8Array {
  const numbers = new Float32Array(2 * x.length);
  x.forEach((value, peer) => {
    numbers[2 * peer] = value;
    numbers[2 * peer + 1] = y[peer] ?? 0;
  });
  return new Uint8Array(numbers.buffer);
}

function tellMoves(layout: LayoutOnItsWay, send: (event: ViewEvent) => void): () => void {
  const tell = (): void => {
    send({ kind: 'positions', share: layout.share() });
  };
  tell();
  return layout.onMove(tell);
}

/** Where the peers of `?peers=3,1,4` are, as far as it is known. */
function placesOn(query: URLSearchParams, { latitudes, longitudes }: Places) {
  return (query.get('peers') ?? '')
    .split(',')
    .filter((text) => /^\d+$/.test(text))
    .slice(0, MOST_HOPS)
    .map((text) => {
      const peer = Number(text);
      return { latitude: latitudes[peer] ?? NaN, longitude: longitudes[peer] ?? NaN };
    })
    .filter(({ latitude }) => !Number.isNaN(latitude));
}
