import { createRandom } from '../../core/random.ts';
import type { ParticipantRole } from '../../core/sequence.ts';
import type { Address } from '../../core/address.ts';
import { VirtualLiveOverlay } from '../live-virtual.ts';
import { loopbackAddresses } from '../loopback-addresses.ts';
import type { Crossing } from '../virtual-hosts.ts';
import { LATENCY, PAUSE, type SequenceRun, START } from './sequence-run.ts';

/** A servent of a scene. */
export interface Cast {
  readonly name: string;
  readonly role: Exclude<ParticipantRole, 'server'>;
  /** Whom it dials, by name. */
  readonly dials: readonly string[];
  readonly files: readonly string[];
  /** Whether it comes only when the chart has begun. */
  readonly isNew?: boolean;
}

/** Something that a servent does. */
export interface Act {
  readonly who: string;
  readonly does: 'joins' | 'asks' | 'searches';
  readonly title: string;
}

/** A small overlay of Gnutella servents with fixed links, and what happens in it, one thing after the other. */
export interface Scene {
  readonly cast: readonly Cast[];
  /** Which program they all are. */
  readonly personality: string;
  readonly acts: readonly Act[];
  readonly searchText: string;
  readonly queryTtl: number;
}

const PORT = 6346;

/** Long enough that every link stands. */
const BUILD_UP = 1_000;

/** Plays a scene in virtual time: the same scene gives the same bytes on the same lines. */
export function playScene({ cast, personality, acts, searchText, queryTtl }: Scene): SequenceRun {
  const crossings: Crossing[] = [];
  const overlay = new VirtualLiveOverlay({
    latency: LATENCY,
    start: START,
    onCrossing: (crossing) => crossings.push(crossing),
  });
  const addressAt = loopbackAddresses(PORT);
  const places = new Map(cast.map(({ name }, place) => [name, place]));
  const placeOf = (name: string): number => places.get(name) ?? NaN;
  const random = createRandom(1);
  const enter = (one: Cast): void => {
    const dials = one.dials.map((name): Address => addressAt(placeOf(name)));
    overlay.add({
      address: addressAt(placeOf(one.name)),
      agent: 'peerscope live',
      personality,
      random: random.fork(one.name),
      plan: { kind: 'given', role: one.role === 'leaf' ? 'leaf' : 'superpeer', dials },
      slots: { superpeers: Infinity, leaves: Infinity },
      files: one.files,
      downloads: true,
      queryTtl,
    });
  };
  cast.filter(({ isNew }) => isNew !== true).forEach(enter);
  overlay.run(BUILD_UP);

  const begin = overlay.now();
  const droppedBefore = droppedBy(overlay);
  const steps: SequenceRun['steps'][number][] = [];
  for (const { who, does, title } of acts) {
    steps.push({ at: overlay.now(), title });
    const address = addressAt(placeOf(who));
    if (does === 'joins') cast.filter(({ name }) => name === who).forEach(enter);
    else if (does === 'asks') overlay.askForOthers(address);
    else overlay.search(address, searchText);
    overlay.run(PAUSE);
  }
  const searcher = acts.find(({ does }) => does === 'searches')?.who ?? '';
  const holders = overlay
    .nodes()
    .filter(({ library }) => library.matching(searchText.split(' ')).length > 0)
    .map(({ address }) => cast.findIndex(({ name }) => addressAt(placeOf(name)) === address));
  return {
    actors: cast.map(({ name, role }, place) => ({ name, role, address: addressAt(place) })),
    links: cast.flatMap(({ dials }, place) => dials.map((name) => [place, placeOf(name)] as const)),
    crossings,
    begin,
    steps,
    search: { from: placeOf(searcher), text: searchText, ttl: queryTtl, holders },
    dropped: droppedBy(overlay) - droppedBefore,
    transferred: overlay.tally.transfers.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function droppedBy(overlay: VirtualLiveOverlay): number {
  return overlay.nodes().reduce((sum, { counts }) => sum + counts.duplicates, 0);
}
