import { barabasiAlbert } from './barabasi-albert.ts';
import { bittorrent } from './bittorrent.ts';
import { can } from './can.ts';
import { chord } from './chord.ts';
import { conferencing } from './conferencing.ts';
import { configuration, hybrid, pure } from './degree-law-model.ts';
import { dns } from './dns.ts';
import { erdosRenyi } from './erdos-renyi.ts';
import { federation } from './federation.ts';
import { freenet } from './freenet.ts';
import { gridComputing } from './grid-computing.ts';
import { grid } from './grid.ts';
import { jxta } from './jxta.ts';
import { kademlia } from './kademlia.ts';
import type { Model } from './model.ts';
import { multicastMesh, multicastTree } from './multicast.ts';
import { napster } from './napster.ts';
import { powerLawRandomGraph } from './power-law-random-graph.ts';
import { ring } from './ring.ts';
import { semantic } from './semantic.ts';
import { setiAtHome } from './seti-at-home.ts';
import { skype } from './skype.ts';
import { star } from './star.ts';
import { tor } from './tor.ts';
import { twoTier } from './two-tier.ts';
import { usenet } from './usenet.ts';
import { vehicular } from './vehicular.ts';
import { wattsStrogatz } from './watts-strogatz.ts';

/** Every model, in the order in which help names them. */
export const MODELS: readonly Model[] = [
  pure,
  hybrid,
  configuration,
  twoTier,
  star,
  erdosRenyi,
  barabasiAlbert,
  wattsStrogatz,
  powerLawRandomGraph,
  ring,
  grid,
  chord,
  can,
  kademlia,
  freenet,
  napster,
  setiAtHome,
  jxta,
  usenet,
  dns,
  skype,
  bittorrent,
  multicastTree,
  multicastMesh,
  tor,
  vehicular,
  conferencing,
  gridComputing,
  federation,
  semantic,
];
