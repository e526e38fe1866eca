import type { SuperpeerStability } from '../analyses/superpeer-stability.ts';
import type { Cell, Table } from '../core/table.ts';
import { POPULATIONS, type LinkTurnover } from '../snapshot/compare-looks.ts';
import type { SeriesComparison, SeriesStep } from '../snapshot/compare-series.ts';

/** One row for each snapshot. */
export function snapshotsTable(
  directory: string,
  { steps, union, intersection, leftOut }: SeriesComparison,
): Table {
  return {
    name: 'series',
    title: `The snapshots of ${directory}`,
    columns: [
      { name: 'snapshot' },
      { name: 'begin' },
      { name: 'duration_s', digits: 1 },
      { name: 'peers' },
      { name: 'superpeers' },
      { name: 'respondents' },
      { name: 'links' },
      { name: 'peers_since_first' },
      { name: 'links_since_first' },
    ],
    rows: steps.map(({ name, crawl, ...step }) => [
      name,
      new Date(crawl.begin).toISOString(),
      (crawl.end - crawl.begin) / 1000,
      step.peers,
      step.superpeers,
      step.respondents,
      step.links,
      step.peersSinceFirst,
      step.linksSinceFirst,
    ]),
    notes: [
      `${union} different peers in all, ${intersection} of them in every snapshot. peers_since_first: those of the first snapshot that were in all up to this one.`,
      ...(leftOut.length === 0
        ? []
        : [
            `Left out, because they are incomplete: ${leftOut.slice(0, 10).join(', ')}${leftOut.length > 10 ? ' …' : ''}.`,
          ]),
    ],
  };
}

/** Who came and went from each snapshot to the next, by population; and over the series. */
export function peersTable({ steps }: SeriesComparison): Table {
  const rows = steps.flatMap((step): Cell[][] => {
    const { change } = step;
    if (change === undefined) return [];
    return POPULATIONS.map((population) => {
      const { before, after, stayed, gone, new: fresh } = change.peers[population];
      return [
        step.name,
        population,
        before,
        after,
        stayed,
        gone,
        fresh,
        before === 0 ? null : gone / before,
        goneAnHour(gone, before, step.hours),
        before + after === 0 ? null : (gone + fresh) / (before + after),
      ];
    });
  });
  return {
    name: 'series-peers',
    title: 'Peers gone, new and stayed since the snapshot before',
    columns: [
      { name: 'snapshot' },
      { name: 'of' },
      { name: 'before' },
      { name: 'after' },
      { name: 'stayed' },
      { name: 'gone' },
      { name: 'new' },
      { name: 'gone_share', digits: 4 },
      { name: 'gone_per_hour', digits: 3 },
      { name: 'distance', digits: 4, detail: true },
    ],
    rows: [...overall(steps), ...rows],
    notes: [
      'gone_per_hour: the rate at which as many go in the time between the two, -ln(1 - gone_share) / hours. distance: (gone + new) / (before + after). A superpeer that became a leaf is gone from the superpeers.',
    ],
  };
}

/** The sums over all pairs. */
function overall(steps: readonly SeriesStep[]): Cell[][] {
  const changes = steps.flatMap(({ change, hours }) => (change === undefined ? [] : [{ change, hours }]));
  const total = (of: (step: (typeof changes)[number]) => number): number =>
    changes.reduce((sum, step) => sum + of(step), 0);
  const hours = total((step) => step.hours ?? 0) / Math.max(1, changes.length);
  return POPULATIONS.map((population) => {
    const before = total(({ change }) => change.peers[population].before);
    const after = total(({ change }) => change.peers[population].after);
    const stayed = total(({ change }) => change.peers[population].stayed);
    const [gone, fresh] = [before - stayed, after - stayed];
    return [
      '(all)',
      population,
      before,
      after,
      stayed,
      gone,
      fresh,
      before === 0 ? null : gone / before,
      goneAnHour(gone, before, hours),
      before + after === 0 ? null : (gone + fresh) / (before + after),
    ];
  });
}

function goneAnHour(gone: number, before: number, hours: number | undefined): number | null {
  if (before === 0 || gone === before || hours === undefined || !(hours > 0)) return null;
  return -Math.log(1 - gone / before) / hours;
}

/** Links that stood, went and came; of all, and of those whose ends answered both times. */
export function linksTable({ steps }: SeriesComparison): Table {
  const row = (name: string, of: string, links: LinkTurnover): Cell[] => [
    name,
    of,
    links.before,
    links.after,
    links.stable,
    links.goneWithPeer,
    links.goneBetweenStayers,
    links.newWithPeer,
    links.newBetweenStayers,
    links.stability,
  ];
  return {
    name: 'series-links',
    title: 'Links since the snapshot before',
    columns: [
      { name: 'snapshot' },
      { name: 'of' },
      { name: 'before' },
      { name: 'after' },
      { name: 'stable' },
      { name: 'gone_with_peer' },
      { name: 'gone_between_stayers' },
      { name: 'new_with_peer' },
      { name: 'new_between_stayers' },
      { name: 'stability', digits: 4 },
    ],
    rows: steps.flatMap(({ name, change }) =>
      change === undefined
        ? []
        : [row(name, 'all', change.links.all), row(name, 'answered', change.links.answered)],
    ),
    notes: [
      'stability: of links whose two ends stayed, those that stood both times. answered: links whose two ends answered both times, so that a link which neither lists does not stand.',
    ],
  };
}

/** How many peers were there in how many snapshots. */
export function seenTable({ seenTimes }: SeriesComparison): Table {
  return {
    name: 'series-presence',
    title: 'Peers by the number of snapshots that they are in',
    columns: [{ name: 'snapshots' }, { name: 'peers' }],
    rows: seenTimes.map((peers, k) => [k + 1, peers]),
    detail: true,
  };
}

/** Whether the same peers are superpeers from one snapshot to the next, by declaration and by structure. */
export function superpeersTable(
  { steps }: SeriesComparison,
  superpeers: readonly (readonly SuperpeerStability[])[],
): Table {
  return {
    name: 'superpeer-stability',
    title: 'Superpeers that are the same as in the snapshot before',
    columns: [
      { name: 'snapshot' },
      { name: 'told_by' },
      { name: 'peers' },
      { name: 'before' },
      { name: 'after' },
      { name: 'both' },
      { name: 'jaccard', digits: 4 },
    ],
    rows: superpeers.flatMap((bySet, k) =>
      bySet.map(({ toldBy, peers, before, after, both, jaccard }) => [
        steps[k + 1]?.name ?? null,
        toldBy,
        peers,
        before,
        after,
        both,
        jaccard,
      ]),
    ),
    notes: [
      'Of the peers that are in both snapshots. jaccard: superpeers of both by those of either. combined: told by the links of each snapshot alone.',
    ],
  };
}
