import type { Topology } from '../topology/topology.ts';
import { statedLinks } from './described.ts';

/** Characters gathered before they are written. */
const PIECE = 1 << 16;

/** One text for each peer, gathered into pieces. */
export function* peerLines(topology: Topology, lineOf: (peer: number) => string): Generator<string> {
  let text = '';
  for (let peer = 0; peer < topology.size; peer++) {
    text += lineOf(peer);
    if (text.length < PIECE) continue;
    yield text;
    text = '';
  }
  yield text;
}

/** One text for each link, gathered into pieces; each undirected link once. */
export function* linkLines(
  topology: Topology,
  lineOf: (source: number, target: number, place: number) => string,
): Generator<string> {
  const { offsets, targets } = statedLinks(topology);
  let text = '';
  for (let peer = 0; peer < topology.size; peer++) {
    for (let place = offsets[peer]!; place < offsets[peer + 1]!; place++) {
      text += lineOf(peer, targets[place]!, place);
      if (text.length < PIECE) continue;
      yield text;
      text = '';
    }
  }
  yield text;
}
