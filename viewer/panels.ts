import { OUTCOME_WORDS, ROLE_WORDS, type ViewGraph } from '../src/reports/view/view-graph.ts';
import type { Categories } from './categories.ts';
import { button, element, svgElement } from './element.ts';
import { byRelation } from './neighbours.ts';
import { shapePath } from './shapes.ts';
import { count, counted, shownText } from './shown-text.ts';

/** More buttons than these nobody goes through. */
const MOST_NEIGHBOURS = 200;
const MOST_ROWS = 100;
const MOST_FOUND = 12;

type Choose = (peer: number) => void;

/** What the snapshot says of one peer, and its neighbours to go on to. */
export function peerPanel(
  graph: ViewGraph,
  peer: number,
  neighbours: ArrayLike<number>,
  doIt: { readonly choose: Choose; readonly from: Choose; readonly to: Choose; readonly close: () => void },
): Node[] {
  const { ids, degrees } = graph;
  const agent = graph.agents[graph.agentOf[peer]!]!;
  const facts: readonly (readonly [string, string])[] = [
    ['role', ROLE_WORDS[graph.roleOf[peer]!] ?? ''],
    ['outcome', OUTCOME_WORDS[graph.outcomeOf[peer]!] ?? ''],
    ['agent', agent === '' ? 'not known' : shownText(agent)],
    ['degree', count(degrees[peer]!)],
    ['component', `${graph.componentOf[peer]! + 1}, by size`],
  ];
  return [
    element('h2', { tabindex: '-1' }, `Peer ${shownText(ids[peer]!)}`),
    element('dl', {}, ...facts.flatMap(([key, word]) => [element('dt', {}, key), element('dd', {}, word)])),
    element(
      'div',
      { class: 'buttons' },
      button('Path from here', () => {
        doIt.from(peer);
      }),
      button('Path to here', () => {
        doIt.to(peer);
      }),
      button('Close', doIt.close),
    ),
    element('h2', { class: 'next' }, counted(neighbours.length, 'neighbour')),
    ...Array.from(byRelation(graph, peer, neighbours), ([relation, peers]) =>
      neighbourGroup(graph, relation, peers, doIt.choose),
    ).flat(),
  ];
}

/** Buttons to go on with, under the word of their links where there is one. */
function neighbourGroup(
  graph: ViewGraph,
  relation: string,
  peers: readonly number[],
  choose: Choose,
): Node[] {
  const shown = peers.slice(0, MOST_NEIGHBOURS);
  const words = [
    ...(relation === '' ? [] : [`by ${relation}: ${count(peers.length)}`]),
    ...(shown.length < peers.length ? [`the ${count(shown.length)} of most links`] : []),
  ].join(', ');
  return [
    ...(words === '' ? [] : [element('h3', {}, words)]),
    element('div', { class: 'peers' }, ...shown.map((other) => peerButton(graph, other, choose))),
  ];
}

function peerButton(graph: ViewGraph, peer: number, choose: Choose): HTMLElement {
  return button(shownText(graph.ids[peer]!), () => {
    choose(peer);
  });
}

/** The path as buttons, or why there is none. */
export function pathPanel(graph: ViewGraph, path: readonly number[] | undefined, choose: Choose): Node[] {
  if (path === undefined) return [element('p', {}, 'No path of the overlay leads there.')];
  if (path.length === 0) return [];
  return [
    element('p', {}, counted(path.length - 1, 'hop')),
    element('div', { class: 'peers' }, ...path.map((peer) => peerButton(graph, peer, choose))),
  ];
}

/** One entry for each colour and shape; pressed, only its peers are seen. */
export function legend(
  { list }: Categories,
  only: string | undefined,
  choose: (label: string | undefined) => void,
): Node[] {
  return list
    .filter((category) => category.count > 0)
    .map(({ label, color, shape, count: peers }) => {
      const isOnly = label === only;
      const press = button('', () => {
        choose(isOnly ? undefined : label);
      });
      press.setAttribute('aria-pressed', String(isOnly));
      press.title = label;
      press.append(
        svgElement(
          'svg',
          { width: 14, height: 14, 'aria-hidden': 'true' },
          svgElement('path', { d: shapePath(shape, 7, 7, 5), fill: color }),
        ),
        element('span', { class: 'label' }, label),
        element('span', { class: 'muted' }, count(peers)),
      );
      return element('li', {}, press);
    });
}

/** The peers of most links among those seen, as a table: what the picture shows, for whoever cannot see it. */
export function peerTable(graph: ViewGraph, visible: Uint8Array, choose: Choose): Node[] {
  const seen = Array.from(visible.keys()).filter((peer) => visible[peer] === 1);
  const rows = seen.sort((a, b) => graph.degrees[b]! - graph.degrees[a]! || a - b).slice(0, MOST_ROWS);
  const cells = (name: 'th' | 'td', words: readonly (Node | string)[]) =>
    element('tr', {}, ...words.map((word) => element(name, {}, word)));
  return [
    element(
      'p',
      { class: 'muted' },
      rows.length < seen.length
        ? `The ${count(rows.length)} of most links, of ${count(seen.length)}; CSV has all.`
        : counted(seen.length, 'peer'),
    ),
    element(
      'table',
      {},
      element('thead', {}, cells('th', ['peer', 'degree', 'role', 'outcome'])),
      element(
        'tbody',
        {},
        ...rows.map((peer) =>
          cells('td', [
            peerButton(graph, peer, choose),
            count(graph.degrees[peer]!),
            ROLE_WORDS[graph.roleOf[peer]!] ?? '',
            OUTCOME_WORDS[graph.outcomeOf[peer]!] ?? '',
          ]),
        ),
      ),
    ),
  ];
}

/** Peers whose id or agent has the text in it: the same id first, then ids that begin with it. */
export function findPeers(graph: ViewGraph, text: string): number[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const agents = graph.agents.map((agent) => agent.toLowerCase().includes(wanted));
  const ranked: number[][] = [[], [], [], []];
  graph.ids.forEach((id, peer) => {
    const lower = id.toLowerCase();
    if (lower === wanted) ranked[0]!.push(peer);
    else if (lower.startsWith(wanted)) ranked[1]!.push(peer);
    else if (lower.includes(wanted)) ranked[2]!.push(peer);
    else if (agents[graph.agentOf[peer]!] === true) ranked[3]!.push(peer);
  });
  return ranked.flat();
}

export function foundList(graph: ViewGraph, found: readonly number[], choose: Choose): Node[] {
  const items = found.slice(0, MOST_FOUND).map((peer) => {
    const agent = graph.agents[graph.agentOf[peer]!]!;
    const label = agent === '' ? '' : ` · ${shownText(agent)}`;
    return element(
      'li',
      {},
      button(`${shownText(graph.ids[peer]!)}${label}`, () => {
        choose(peer);
      }),
    );
  });
  const more = found.length - items.length;
  return more > 0 ? [...items, element('li', { class: 'muted' }, `and ${count(more)} more`)] : items;
}
