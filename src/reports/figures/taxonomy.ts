import { FAINT, FONT, MUTED, OKABE_ITO } from '../../charts/figure-style.ts';
import { drawSmallGraph, type SmallGraph } from '../../charts/small-graph.ts';
import { element, svgDocument, type SvgElement } from '../../charts/svg.ts';
import type { Cell } from '../../core/table.ts';
import { compareParadigms, hasSinglePoint, type Point } from '../../paradigms/compare.ts';
import { PARADIGMS } from '../../paradigms/index.ts';
import { csvText } from '../csv.ts';
import { captionText } from './caption.ts';
import type { Figure } from './figure.ts';
import { taxonomyGraphs } from './taxonomy-graphs.ts';

/** The columns of the lecture's table, with what it says of each in as few words as fit. */
const COLUMNS = [
  {
    name: 'client-server',
    title: 'Client-server',
    examples: 'WWW',
    content: 'from the server',
    central: 'provides everything',
    links: 'to the server',
    finds: 'the server has it',
  },
  {
    name: 'centralized',
    title: 'Centralized P2P',
    examples: 'Napster',
    content: 'from peer to peer',
    central: 'needed: an index',
    links: 'to the server',
    finds: 'the server knows who',
  },
  {
    name: 'pure',
    title: 'Pure P2P',
    examples: 'Gnutella 0.4, Freenet',
    content: 'from peer to peer',
    central: 'none',
    links: 'to any peer',
    finds: 'by asking all',
  },
  {
    name: 'hybrid',
    title: 'Hybrid P2P',
    examples: 'Gnutella 0.6, JXTA',
    content: 'from peer to peer',
    central: 'dynamic: superpeers',
    links: 'to superpeers',
    finds: 'by asking superpeers',
  },
  {
    name: 'dht',
    title: 'DHT-based',
    examples: 'Chord, CAN',
    content: 'from peer to peer',
    central: 'none',
    links: 'fixed by a rule',
    finds: 'by the name alone',
  },
] as const;

const ROWS = [
  { key: 'examples', title: 'Examples' },
  { key: 'content', title: 'Content' },
  { key: 'central', title: 'Central entity' },
  { key: 'links', title: 'Links' },
  { key: 'finds', title: 'Finding' },
] as const;

/** Peers of the overlays that are measured for the last rows. */
const MEASURED_PEERS = 1_000;

const FIGURE = {
  id: 'taxonomy',
  title: 'Five paradigms: who holds, who knows, who is linked',
  slide: 'P2P & Internetworking Paradigm (table)',
  grade: 'exact',
} as const;

export const taxonomyFigure: Figure = {
  ...FIGURE,
  draw: async ({ seed }) => {
    const points = measured(seed);
    const rows = [
      ...ROWS.map(({ key, title }) => ({ title, cells: COLUMNS.map((column) => column[key] as string) })),
      {
        title: 'Messages for a query',
        cells: points.map(({ messages }) => Math.round(messages).toLocaleString('en')),
      },
      {
        title: 'Fails with one member',
        cells: points.map((point) => (hasSinglePoint(point) ? 'yes' : 'no')),
      },
    ];
    const graphs = await taxonomyGraphs(seed);
    return {
      [`${FIGURE.id}.svg`]: drawTable(rows, graphs),
      [`${FIGURE.id}.csv`]: csvText([
        {
          name: FIGURE.id,
          title: FIGURE.title,
          columns: [{ name: 'criterion' }, ...COLUMNS.map(({ name }) => ({ name: name.replace('-', '_') }))],
          rows: rows.map(({ title, cells }): Cell[] => [title, ...cells]),
        },
      ]),
      [`${FIGURE.id}-graphs.csv`]: csvText([graphsTable(graphs)]),
      [`${FIGURE.id}.caption.txt`]: captionText(FIGURE, {
        gradeNote:
          'The table\'s columns and examples; its row of sample graphs is lost, and the graphs here are "like": a star, the same with transfers, a sample of the lecture\'s pure law, two tiers, a Chord ring.',
        paragraphs: [
          'The slide puts client-server beside peer-to-peer, where resources are shared between the peers, can be had from them directly, and every peer is provider and requestor. Unstructured P2P is of the first generation (centralized, pure) or the second (hybrid); structured P2P is based on a DHT. In all but the centralized one any peer can be removed without loss of functionality.',
          `Computed: the last two rows, for ${MEASURED_PEERS.toLocaleString('en')} peers with the same content and queries (peerscope paradigms --peers ${MEASURED_PEERS}; pure and hybrid flood without a limit). "Fails with one member": less than half of the queries find something without the busiest member.`,
        ],
      }),
    };
  },
};

function measured(seed: number): readonly Point[] {
  const { points } = compareParadigms(
    {
      sizes: [MEASURED_PEERS],
      paradigms: COLUMNS.flatMap(({ name }) => PARADIGMS.filter((paradigm) => paradigm.name === name)),
      queries: 200,
      copies: 10,
      zipf: 1,
      rates: { perMinute: 0.3, rememberedMinutes: 10 },
      seed,
    },
    () => undefined,
  );
  return points;
}

function graphsTable(graphs: readonly SmallGraph[]) {
  return {
    name: `${FIGURE.id}-graphs`,
    title: 'Links of the sample graphs',
    columns: ['paradigm', 'source', 'target', 'is_transfer'].map((name) => ({ name })),
    rows: graphs.flatMap(({ links }, k) =>
      links.map(({ ends: [a, b], aside }): Cell[] => [COLUMNS[k]?.name ?? null, a, b, aside]),
    ),
  };
}

const PAGE = { width: 1280, height: 720 };
const LEFT = 24;
const FIRST = 178;
const WIDTH = (PAGE.width - LEFT - FIRST - 24) / COLUMNS.length;
const HEAD = 132;
const LINE = 38;
/** The generations, over the columns that they span. */
const BANDS = [
  { title: 'unstructured, 1st generation', from: 1, to: 3 },
  { title: '2nd generation', from: 3, to: 4 },
  { title: 'structured', from: 4, to: 5 },
];

function drawTable(
  rows: readonly { readonly title: string; readonly cells: readonly string[] }[],
  graphs: readonly SmallGraph[],
): string {
  const at = (column: number): number => LEFT + FIRST + column * WIDTH;
  const bottom = HEAD + 26 + rows.length * LINE;
  return svgDocument({
    ...PAGE,
    title: FIGURE.title,
    description: `A table of five paradigms: ${COLUMNS.map(({ title }) => title).join(', ')}. ${rows.map(({ title, cells }) => `${title}: ${cells.join('; ')}`).join('. ')}. Below, a small graph of each.`,
    children: [
      element('rect', { ...PAGE, fill: 'white' }),
      element('g', { 'font-family': FONT, fill: OKABE_ITO.black }, [
        writing(LEFT, 46, FIGURE.title, { size: 28, weight: 'bold' }),
        ...BANDS.flatMap(({ title, from, to }) => [
          element('line', {
            x1: at(from) + 6,
            y1: 94,
            x2: at(to) - 6,
            y2: 94,
            stroke: MUTED,
            'stroke-width': 2,
          }),
          writing((at(from) + at(to)) / 2, 86, title, { size: 15, fill: MUTED, anchor: 'middle' }),
        ]),
        ...COLUMNS.map(({ title }, k) =>
          writing(at(k) + WIDTH / 2, HEAD - 8, title, { size: 20, weight: 'bold', anchor: 'middle' }),
        ),
        ...rows.flatMap(({ title, cells }, r) => rowOf(title, cells, HEAD + 32 + r * LINE, at)),
        ...graphs.map((graph, k) =>
          drawSmallGraph(graph, {
            x: at(k) + 22,
            y: bottom + 26,
            width: WIDTH - 44,
            height: PAGE.height - bottom - 80,
          }),
        ),
        ...LEGEND.flatMap(({ x, kind, text }) => [
          drawSmallGraph(
            { peers: [{ x: 0, y: 0, kind }], links: [] },
            { x, y: PAGE.height - 26, width: 1, height: 1 },
          ),
          writing(x + 20, PAGE.height - 20, text, { size: 16, fill: MUTED }),
        ]),
        element('line', {
          x1: 560,
          y1: PAGE.height - 26,
          x2: 604,
          y2: PAGE.height - 26,
          stroke: OKABE_ITO.vermillion,
          'stroke-width': 3,
          'stroke-dasharray': '3 6',
          'stroke-linecap': 'round',
        }),
        writing(614, PAGE.height - 20, 'transfer', { size: 16, fill: MUTED }),
        writing(
          770,
          PAGE.height - 20,
          `Last two rows: measured with ${MEASURED_PEERS.toLocaleString('en')} peers`,
          {
            size: 16,
            fill: MUTED,
          },
        ),
      ]),
    ],
  });
}

const LEGEND = [
  { x: 200, kind: 'server', text: 'server' },
  { x: 310, kind: 'superpeer', text: 'superpeer' },
  { x: 450, kind: 'peer', text: 'peer' },
] as const;

function rowOf(
  title: string,
  cells: readonly string[],
  y: number,
  at: (column: number) => number,
): SvgElement[] {
  return [
    element('line', { x1: LEFT, y1: y - 26, x2: PAGE.width - 24, y2: y - 26, stroke: FAINT }),
    writing(LEFT, y, title, { size: 16, weight: 'bold', fill: MUTED }),
    ...cells.map((cell, k) => writing(at(k) + WIDTH / 2, y, cell, { size: 17, anchor: 'middle' })),
  ];
}

function writing(
  x: number,
  y: number,
  text: string,
  style: {
    readonly size: number;
    readonly weight?: string;
    readonly fill?: string;
    readonly anchor?: string;
  },
): SvgElement {
  return element(
    'text',
    {
      x,
      y,
      'font-size': style.size,
      'font-weight': style.weight,
      fill: style.fill,
      'text-anchor': style.anchor,
    },
    [text],
  );
}
