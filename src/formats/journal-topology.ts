import { parseAddress } from '../core/address.ts';
import type { Relation } from '../core/claims.ts';
import { RELATIONS } from '../core/claims.ts';
import { PeerscopeError } from '../core/errors.ts';
import { mostFirst, VisitClock, type CountedPeers, type VisitTimes } from '../snapshot/counted-peers.ts';
import { Fold, type FoldCounts } from '../snapshot/fold.ts';
import { readJournal } from '../snapshot/journal.ts';
import type { Manifest } from '../snapshot/manifest.ts';
import { TopologyBuilder } from '../topology/builder.ts';
import type { PeerAnswer } from './peer-answers.ts';
import type { ReadTopology } from './topology-file.ts';

/** A snapshot that has no tables yet, as far as its journal goes. */
export interface UnfinishedSnapshot extends ReadTopology {
  readonly counts: FoldCounts;
  readonly peers: CountedPeers;
  readonly visits: VisitTimes;
  readonly answers: ReadonlyMap<string, PeerAnswer>;
}

/**
 * The topology that the visits of a snapshot make so far: for a crawl that goes on, or was cut off before it could write its tables.
 * A record that is torn counts as not there. Where the snapshot has pseudonyms, peers are numbered, since the journal holds
 * their addresses. O(visits + claims).
 * @throws {PeerscopeError} (bad-input) where there is no visit.
 */
export async function readJournalTopology(
  snapshotDir: string,
  manifest: Manifest,
): Promise<UnfinishedSnapshot> {
  const isHidden = manifest.options['pseudonyms'] !== undefined;
  const named = isHidden ? [] : manifest.bootstrap.flatMap((text) => parseAddress(text) ?? []);
  const fold = new Fold(named);
  const clock = new VisitClock(Date.parse(manifest.startedAt));
  try {
    for await (const visit of readJournal(snapshotDir, () => undefined)) {
      fold.add(visit);
      clock.add(visit);
    }
  } catch (cause) {
    throw new PeerscopeError('bad-input', `${snapshotDir} is incomplete, and has no visits to report on`, {
      hint: 'peerscope crawl --resume goes on with it.',
      cause,
    });
  }
  if (fold.counts.visits === 0) {
    throw new PeerscopeError('bad-input', `${snapshotDir} is incomplete, and nobody has been visited yet`, {
      hint: 'Wait until its crawl has met somebody.',
    });
  }
  return { ...topologyOf(fold, isHidden), counts: fold.counts, visits: clock.times };
}

function topologyOf(
  fold: Fold,
  isHidden: boolean,
): ReadTopology & Pick<UnfinishedSnapshot, 'peers' | 'answers'> {
  const { peers, links } = fold.tables();
  const rows = [...peers];
  const builder = new TopologyBuilder(false);
  const places = new Map(rows.map(({ id }, place) => [id, place]));
  const answers = new Map<string, PeerAnswer>();
  for (const [place, { id, agent, outcome }] of rows.entries()) {
    const name = isHidden ? `peer ${place + 1}` : id;
    builder.peer(name);
    answers.set(name, { agent, outcome });
  }
  const relations: Relation[] = [];
  for (const { source, target, relation } of links) {
    const [a, b] = [places.get(source), places.get(target)];
    if (a === undefined || b === undefined) continue;
    builder.link(a, b);
    relations.push(relation);
  }
  const agents = new Map<string, number>();
  for (const { agent = '' } of rows) agents.set(agent, (agents.get(agent) ?? 0) + 1);
  return {
    topology: builder.build(
      {
        roles: rows.map(({ role }) => role),
        respondents: Uint8Array.from(rows, ({ respondent }) => (respondent ? 1 : 0)),
        truncated: Uint8Array.from(rows, ({ truncated }) => (truncated ? 1 : 0)),
      },
      Uint8Array.from(relations, (relation) => RELATIONS.indexOf(relation)),
    ),
    notes: [],
    answers,
    peers: {
      agents: mostFirst(agents),
      firstSeen: Float64Array.from(rows.flatMap(({ firstSeen }) => firstSeen ?? [])).sort(),
    },
  };
}
