import { drawTwoLayers, type LayerPoint } from '../../charts/two-layers.ts';
import type { Cell } from '../../core/table.ts';
import { fromLinks } from '../../topology/builder.ts';
import { shortestPath } from '../../topology/shortest-path.ts';
import { csvText } from '../csv.ts';
import { captionText } from './caption.ts';
import type { Figure } from './figure.ts';

const ROUTERS: readonly LayerPoint[] = [
  { x: 0.02, y: 0.2 },
  { x: 0.2, y: 0.75 },
  { x: 0.24, y: 0.05 },
  { x: 0.42, y: 0.4 },
  { x: 0.46, y: 0.95 },
  { x: 0.6, y: 0.05 },
  { x: 0.68, y: 0.6 },
  { x: 0.8, y: 0.2 },
  { x: 0.98, y: 0.45 },
  { x: 0.9, y: 0.95 },
];
const LINES = [
  [0, 1],
  [0, 2],
  [1, 3],
  [1, 4],
  [2, 3],
  [2, 5],
  [3, 6],
  [4, 6],
  [5, 7],
  [6, 7],
  [6, 9],
  [7, 8],
  [8, 9],
] as const;
const PEERS = [
  { router: 0, id: 'A' },
  { router: 1, id: 'B' },
  { router: 9, id: 'C' },
  { router: 5, id: 'D' },
  { router: 4, id: 'E' },
  { router: 8, id: 'F' },
] as const;
/** Whom peers met first, wherever they are. */
const LINKS = [
  [0, 2],
  [2, 3],
  [3, 4],
  [4, 5],
  [1, 5],
  [0, 5],
  [1, 3],
] as const;
const FROM = 0;
const TO = 1;

const FIGURE = {
  id: 'overlay-underlay',
  title: 'A virtual network on top of the physical one',
  slide: 'The Nature of P2P',
  grade: 'like',
} as const;

export const overlayUnderlayFigure: Figure = {
  ...FIGURE,
  draw: () => {
    const path = pathIn(LINKS, PEERS.length, FROM, TO);
    const route = [PEERS[FROM].router as number];
    for (const peer of path.slice(1)) {
      const [, ...on] = pathIn(LINES, ROUTERS.length, route.at(-1) ?? 0, PEERS[peer]?.router ?? 0);
      route.push(...on);
    }
    const direct = pathIn(LINES, ROUTERS.length, PEERS[FROM].router, PEERS[TO].router);
    const names = path.map((peer) => PEERS[peer]?.id ?? '').join(' to ');
    const summary = `From ${PEERS[FROM].id} to ${PEERS[TO].id}: ${path.length - 1} hops of the overlay (${names}), ${route.length - 1} lines of the network instead of ${direct.length - 1}.`;
    return Promise.resolve({
      [`${FIGURE.id}.svg`]: drawTwoLayers({
        title: FIGURE.title,
        subtitle: summary,
        description: `Two layers above each other: six peers and their links, and ten routers and their lines below. ${summary}`,
        routers: ROUTERS,
        lines: LINES,
        peers: PEERS,
        links: LINKS,
        path,
        route,
        direct,
      }),
      [`${FIGURE.id}.csv`]: csvText([
        {
          name: FIGURE.id,
          title: FIGURE.title,
          columns: ['layer', 'source', 'target'].map((name) => ({ name })),
          rows: [
            ...LINKS.map(([a, b]): Cell[] => ['overlay', PEERS[a].id, PEERS[b].id]),
            ...PEERS.map(({ id, router }): Cell[] => ['attachment', id, router]),
            ...LINES.map(([a, b]): Cell[] => ['network', a, b]),
          ],
        },
      ]),
      [`${FIGURE.id}.caption.txt`]: captionText(FIGURE, {
        gradeNote: "The slide's picture is lost; this is an example of our own.",
        paragraphs: [
          'The slide says: P2P networks overlay the network infrastructure, on the application layer; their topology is a virtual network for signalling, made of TCP connections; peers provide content, request it, and route.',
          `Computed, by shortest paths in both layers: ${summary}`,
          'Peers are linked to whom they met first, wherever that is: neighbours in the overlay are none in the network, and a message may pass the same line more than once. peerscope underlay measures by how much.',
        ],
      }),
    });
  },
};

function pathIn(
  links: readonly (readonly [number, number])[],
  size: number,
  from: number,
  to: number,
): readonly number[] {
  const { simple } = fromLinks({
    directed: false,
    ids: size,
    sources: Uint32Array.from(links, ([a]) => a),
    targets: Uint32Array.from(links, ([, b]) => b),
  });
  return shortestPath(simple, from, to) ?? [];
}
