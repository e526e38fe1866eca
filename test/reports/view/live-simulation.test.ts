import { describe, expect, it } from 'vitest';
import { LiveNodes } from '../../../src/reports/view/live-nodes.ts';
import { liveView, type LivePicture } from '../../../src/reports/view/live-picture.ts';
import { LivePopulation } from '../../../src/reports/view/live-population.ts';
import { liveTruth } from '../../../src/simulate/live-truth.ts';
import type { SnapshotTables } from '../../../src/snapshot/rows.ts';
import { liveOverlay, MINUTE, organised } from '../../simulate/live-support.ts';
import { virtually } from '../../simulate/support.ts';

function told({ peers, links }: LivePicture) {
  const ends = ({ source, target, relation }: LivePicture['links'][number]): string => {
    const names = [peers[source]!.id, peers[target]!.id];
    return `${(relation === 'connection' ? names.sort() : names).join(' ')} ${relation}`;
  };
  return {
    peers: peers.map(({ id, role, agent }) => `${id} ${role ?? ''} ${agent ?? ''}`).sort(),
    links: links.map(ends).sort(),
  };
}

function truthTold({ peers, links }: SnapshotTables) {
  return {
    peers: Array.from(peers, ({ id, role, agent }) => `${id} ${role ?? ''} ${agent ?? ''}`).sort(),
    links: Array.from(links, ({ source, target, relation }) => `${source} ${target} ${relation}`).sort(),
  };
}

describe('a simulated overlay as it is drawn while it goes on', () => {
  it('is the truth of the instant, and drawn anew only when somebody has come or gone', () => {
    const simulation = virtually(
      { churn: 'exponential:1', repair: 5 },
      { model: 'two-tier', peers: 150, superpeerDegree: 8 },
    );
    let at = simulation.now();
    const live = new LivePopulation(simulation.population, simulation.generated.topology, () => at);
    const first = live.picture();
    expect(told(first!)).toEqual(truthTold(simulation.truth()));
    expect(live.picture()).toBeUndefined();
    at += 30_000;
    const next = live.picture();
    simulation.population.membership.advance(at);
    expect(next).toBeDefined();
    expect(next?.peers).not.toEqual(first?.peers);
    expect(next?.links).toHaveLength([...simulation.truth().links].length);
  });

  it('of many slots draws those of most links, and says so', () => {
    const simulation = virtually({}, { model: 'star', peers: 3_200 });
    const { population, generated, now } = simulation;
    const picture = new LivePopulation(population, generated.topology, now).picture();
    expect(picture?.peers).toHaveLength(3_000);
    expect(picture?.links).toHaveLength(2_999);
    expect(picture?.notes).toEqual([
      'The 3,000 peers of most links are drawn, of 3,201; the others are left out, with their links.',
    ]);
  });
});

describe('live nodes as they are drawn', () => {
  it('are those that are up and the connections that stand; who comes later comes behind them', () => {
    const { overlay } = liveOverlay(organised(30, 1), 10_000);
    const live = new LiveNodes(overlay);
    overlay.run(MINUTE);
    const first = live.picture();
    expect(told(first!)).toEqual(truthTold(liveTruth(overlay)));
    expect(live.picture()).toBeUndefined();
    overlay.run(6 * MINUTE);
    const next = live.picture();
    expect(next?.peers).toHaveLength(30);
    expect(next?.peers.slice(0, first?.peers.length).map(({ id }) => id)).toEqual(
      first?.peers.map(({ id }) => id),
    );
    expect(told(next!)).toEqual(truthTold(liveTruth(overlay)));
  });
});

describe('the graph of what goes on', () => {
  it('has every peer at its place, and nobody knows of how many', () => {
    const peer = (id: string) => ({ id, role: 'superpeer', agent: 'a', outcome: undefined }) as const;
    const { graph, rows } = liveView('name', {
      // In the place of one that has gone its successor may already stand elsewhere, for an instant.
      peers: [peer('a'), peer('b'), peer('a')],
      links: [{ source: 2, target: 0, relation: 'connection' }],
      notes: ['A note.'],
    });
    expect(graph.ids).toEqual(['a', 'b', 'a']);
    expect([...graph.degrees]).toEqual([1, 0, 1]);
    expect(graph.agents[graph.agentOf[1]!]).toBe('a');
    expect(graph.total).toBeUndefined();
    expect(graph.notes).toContain('A note.');
    expect(rows.targets).toHaveLength(2);
  });
});
