import { drawFrames, type Frame, type FramePeer, type PeerState } from '../../charts/message-frames.ts';
import type { Cell } from '../../core/table.ts';
import { flood } from '../../search/flood.ts';
import { Trace } from '../../search/trace.ts';
import { fromLinks } from '../../topology/builder.ts';
import { csvText } from '../csv.ts';
import { captionText } from './caption.ts';
import type { Figure } from './figure.ts';

/** The example of six peers, in places that keep its links apart. */
const PEERS: readonly FramePeer[] = [
  { id: '1', x: 0, y: 0.5 },
  { id: '2', x: 0.3, y: 0 },
  { id: '3', x: 0.3, y: 1 },
  { id: '4', x: 0.64, y: 0 },
  { id: '5', x: 0.64, y: 1 },
  { id: '6', x: 1, y: 0.5 },
];
const LINKS = [
  [0, 1],
  [0, 2],
  [1, 2],
  [1, 3],
  [2, 4],
  [3, 4],
  [4, 5],
] as const;
const SOURCE = 0;
const HOLDER = 5;

const FIGURE = {
  id: 'flooding',
  title: 'Flooding in Gnutella 0.4, hop by hop',
  slide: 'Gnutella 0.4: How Does It Work',
  grade: 'like',
} as const;

export const floodingFigure: Figure = {
  ...FIGURE,
  draw: () => {
    const hops = floodedHops();
    const sent = hops.flat();
    const duplicates = sent.filter(({ kind }) => kind === 'duplicate').length;
    const files = {
      [`${FIGURE.id}.svg`]: drawFrames({
        title: FIGURE.title,
        subtitle: `Six peers, seven links: peer 1 asks, peer 6 has it. ${sent.length} requests, ${duplicates} of them duplicates: 2E - n + 1 and 2(E - n + 1).`,
        description: `Four panels of the same graph of six peers. ${hops.map((messages, k) => `Hop ${k + 1}: ${messages.length} requests`).join('. ')}. Last: the answer goes from 6 back by 5 and 3 to 1, which then downloads from 6.`,
        peers: PEERS,
        links: LINKS,
        frames: [...hops.map((_, k) => frameOf(hops, k)), answerFrame(hops)],
      }),
      [`${FIGURE.id}.csv`]: csvText([
        {
          name: FIGURE.id,
          title: FIGURE.title,
          columns: ['hop', 'from', 'to', 'kind'].map((name) => ({ name })),
          rows: hops.flatMap((messages, k) =>
            messages.map(({ from, to, kind }): Cell[] => [k + 1, nameOf(from), nameOf(to), kind]),
          ),
        },
      ]),
      [`${FIGURE.id}.caption.txt`]: captionText(FIGURE, {
        gradeNote: "The slide's picture is lost; this is a graph of our own.",
        paragraphs: [
          'The slides say: a request is passed on to all neighbours but the sender, with a hop counter and a TTL; whoever has had it already drops it; answers are routed back the way that the request came; the download goes beside the overlay.',
          `Computed: peer 1 floods; ${sent.length} requests are sent, ${duplicates} of them duplicates, on a graph of n = ${PEERS.length} peers and E = ${LINKS.length} links: 2E - n + 1 and 2(E - n + 1), as for every flood without a limit on a connected graph.`,
          'Both ends of a link may send before they hear each other, as 2 and 3 do. Which of two requests that arrive in the same hop comes first is chance in an overlay; here it is the order of the peers.',
        ],
      }),
    };
    return Promise.resolve(files);
  },
};

interface Sent {
  readonly from: number;
  readonly to: number;
  readonly kind: 'request' | 'duplicate';
}

/** The messages of each hop, from the trace of a flood: who has it passes it on to all but from whom it came. */
function floodedHops(): readonly (readonly Sent[])[] {
  const { simple } = fromLinks({
    directed: false,
    ids: PEERS.length,
    sources: Uint32Array.from(LINKS, ([a]) => a),
    targets: Uint32Array.from(LINKS, ([, b]) => b),
  });
  const trace = new Trace(PEERS.length);
  flood(simple, trace, SOURCE, PEERS.length);
  let begin = 0;
  return trace.messagesAt.map((_, hop) => {
    const end = begin + (hop === 0 ? 1 : (trace.reachedAt[hop - 1] ?? 0));
    const holding = [...trace.order.subarray(begin, end)];
    begin = end;
    return holding.flatMap((from) =>
      [...simple.targets.subarray(simple.offsets[from], simple.offsets[from + 1])]
        .filter((to) => from === SOURCE || to !== trace.senders[from])
        .map((to): Sent => ({
          from,
          to,
          kind: trace.senders[to] === from && to !== SOURCE ? 'request' : 'duplicate',
        })),
    );
  });
}

function frameOf(hops: readonly (readonly Sent[])[], hop: number): Frame {
  const messages = hops[hop] ?? [];
  const reached = messages.filter(({ kind }) => kind === 'request').length;
  return {
    title: `Hop ${hop + 1}`,
    below: `${messages.length} requests, ${reached === 1 ? 'one of them' : `${reached} of them`} new to who gets it`,
    states: statesAfter(hops, hop),
    arrows: messages,
  };
}

function answerFrame(hops: readonly (readonly Sent[])[]): Frame {
  const back = [];
  for (let peer = HOLDER; peer !== SOURCE;) {
    const next = hops.flat().find(({ to, kind }) => to === peer && kind === 'request')?.from ?? SOURCE;
    back.push({ from: peer, to: next, kind: 'answer' as const });
    peer = next;
  }
  return {
    title: 'Answer and download',
    below: `${back.length} messages back the same way, then from peer to peer`,
    states: PEERS.map((_, k) => (k === HOLDER ? 'holder' : 'heard')),
    arrows: [...back, { from: HOLDER, to: SOURCE, kind: 'transfer' }],
  };
}

function statesAfter(hops: readonly (readonly Sent[])[], hop: number): PeerState[] {
  const heardAt = (peer: number): number =>
    peer === SOURCE
      ? -1
      : hops.findIndex((messages) => messages.some(({ to, kind }) => to === peer && kind === 'request'));
  return PEERS.map((_, peer) => (heardAt(peer) === hop ? 'new' : heardAt(peer) < hop ? 'heard' : 'waiting'));
}

function nameOf(peer: number): string {
  return PEERS[peer]?.id ?? '';
}
