import type { PlacedComponent, PlacedGraph } from '../../charts/graph-placement.ts';
import type { Cell, Table } from '../../core/table.ts';

/** Digits after the point of a coordinate, as in the drawing. */
const DIGITS = 2;

/** The peers of a drawing and its links. Component 1 is the major one; coordinates are pixels, y downwards. */
export function graphTables(
  id: string,
  { major, separate }: PlacedGraph,
  hasRoles: boolean,
): { readonly peers: Table; readonly links: Table } {
  const components = [major, ...separate];
  return {
    peers: {
      name: id,
      title: 'Peers',
      columns: ['id', 'x', 'y', 'degree', 'component', 'role'].map((name) => ({ name })),
      rows: components.flatMap((component, i) => peerRows(component, i + 1, hasRoles)),
    },
    links: {
      name: `${id}-links`,
      title: 'Links',
      columns: ['source', 'target'].map((name) => ({ name })),
      rows: components.flatMap(({ peers, links }) =>
        links.map(([from, to]) => [peers[from]?.id ?? null, peers[to]?.id ?? null]),
      ),
    },
  };
}

function peerRows({ peers, marks }: PlacedComponent, component: number, hasRoles: boolean): Cell[][] {
  return peers.map(({ id, degree, isHub }, i) => [
    id,
    rounded(marks[i]?.x),
    rounded(marks[i]?.y),
    degree,
    component,
    hasRoles ? (isHub ? 'superpeer' : 'leaf') : null,
  ]);
}

function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Number(value.toFixed(DIGITS));
}
