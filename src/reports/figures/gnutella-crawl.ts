import { drawCrawl, type CrawledPeer } from '../../charts/crawl-drawing.ts';
import { createRandom } from '../../core/random.ts';
import { PeerscopeError } from '../../core/errors.ts';
import type { Cell } from '../../core/table.ts';
import { weakComponents } from '../../topology/components.ts';
import { layoutComponent } from '../../topology/layout.ts';
import type { Topology } from '../../topology/topology.ts';
import { csvText } from '../csv.ts';
import { captionText } from './caption.ts';
import type { Figure } from './figure.ts';

const FIGURE = {
  id: 'gnutella-crawl',
  title: 'A crawl of a Gnutella overlay',
  slide: 'The Gnutella Network (measurements from May 2002)',
  grade: 'stand-in',
} as const;

/** More peers than pixels would be nothing but a blot, after minutes. */
const MOST_PEERS = 20_000;

export const gnutellaCrawlFigure: Figure = {
  ...FIGURE,
  draw: async ({ seed, crawl, layout }) => {
    const { name, topology, notes } = await crawl();
    const part = largestPart(topology);
    if (part.length > MOST_PEERS) {
      throw new PeerscopeError(
        'usage',
        `${name} has ${part.length} peers in one piece, and ${MOST_PEERS} are the most that can be drawn`,
        { hint: 'Draw a sample of it, or its superpeers alone.' },
      );
    }
    const { x, y } = await layoutComponent(topology, part, createRandom(seed).fork('gnutella-crawl'), layout);
    const place = new Map(Array.from(part, (peer, k) => [peer, k]));
    const links = linksAmong(topology, part, place);
    const peers = Array.from(part, (peer, k) => ({
      id: topology.idOf(peer),
      x: x[k] ?? 0,
      y: y[k] ?? 0,
      degree: topology.degrees[peer] ?? 0,
      state: stateOf(topology, peer),
    }));
    const silent = peers.filter(({ state }) => state === 'silent').length;
    const most = peers.reduce((top, { degree }) => Math.max(top, degree), 0);
    const counts = `${peers.length.toLocaleString('en')} of ${topology.size.toLocaleString('en')} peers, in one piece, and their ${links.length.toLocaleString('en')} links; up to ${most} links a peer`;
    return {
      [`${FIGURE.id}.svg`]: drawCrawl({
        title: FIGURE.title,
        subtitle: counts,
        description: `A graph of ${counts}. The area of a peer is in proportion to its links. ${silent} peers did not answer and are hollow.`,
        peers,
        links,
      }),
      [`${FIGURE.id}.csv`]: csvText([
        {
          name: FIGURE.id,
          title: FIGURE.title,
          columns: ['id', 'x', 'y', 'degree', 'state'].map((column) => ({ name: column })),
          rows: peers.map(({ id, x: right, y: down, degree, state }): Cell[] => [
            id,
            Number(right.toFixed(3)),
            Number(down.toFixed(3)),
            degree,
            state,
          ]),
        },
      ]),
      [`${FIGURE.id}-links.csv`]: csvText([
        {
          name: `${FIGURE.id}-links`,
          title: 'Links',
          columns: [{ name: 'source' }, { name: 'target' }],
          rows: links.map(([a, b]): Cell[] => [peers[a]?.id ?? null, peers[b]?.id ?? null]),
        },
      ]),
      [`${FIGURE.id}.caption.txt`]: captionText(FIGURE, {
        paragraphs: [
          'The slide shows a drawn crawl of Gnutella, measured in May 2002 (after Eberspächer and Schollmeier, LNCS 3485). Its data are not public.',
          `Shown: ${name}. ${notes.join(' ')} ${counts}; ${silent} did not answer.`,
          '--input draws any snapshot, dataset or topology file in the same way; the nearest public crawls are those of August 2002 (p2p-Gnutella04 to 31).',
          'Where a peer stands means nothing; peers with common links are near each other (ForceAtlas2).',
        ],
      }),
    };
  },
};

function stateOf({ columns }: Topology, peer: number): CrawledPeer['state'] {
  if (columns.respondents?.[peer] !== 0) return 'answered';
  return columns.roles?.[peer] === 'leaf' ? 'leaf' : 'silent';
}

function largestPart(topology: Topology): Uint32Array {
  const { component, sizes } = weakComponents(topology);
  const largest = sizes.reduce((best, size, k) => (size > (sizes[best] ?? 0) ? k : best), 0);
  return Uint32Array.from(component.keys()).filter((peer) => component[peer] === largest);
}

function linksAmong(
  { pairs }: Topology,
  part: Uint32Array,
  place: ReadonlyMap<number, number>,
): (readonly [number, number])[] {
  return Array.from(part).flatMap((peer, k) =>
    [...pairs.targets.subarray(pairs.offsets[peer], pairs.offsets[peer + 1])].flatMap((other) => {
      const end = place.get(other);
      return end === undefined ? [] : [[k, end] as const];
    }),
  );
}
