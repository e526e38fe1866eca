import { degreeMoments, degreesOf } from '../../analyses/degrees.ts';
import { drawGraph } from '../../charts/graph-drawing.ts';
import { placeGraph, type GraphComponent } from '../../charts/graph-placement.ts';
import { createRandom } from '../../core/random.ts';
import type { Generated, Model } from '../../models/model.ts';
import { csvText } from '../csv.ts';
import { formatPercent } from '../format-number.ts';
import { captionText } from './caption.ts';
import type { Figure, FigureFiles } from './figure.ts';
import { graphComponents } from './graph-components.ts';
import { graphTables } from './graph-tables.ts';
import { sampleOf, SAMPLE_OPTIONS } from './sample.ts';

/** What a figure of a sample graph is made of. */
export interface GraphFigure extends Omit<Figure, 'draw' | 'grade'> {
  readonly model: Model;
  /** What the slide says and what was drawn instead, one paragraph each. */
  readonly says: readonly string[];
  /** What the legend calls a superpeer; undefined where all peers are equal. */
  readonly hub: string | undefined;
}

/** A figure of a sample of a model: the major component and the separate sub networks, as drawing, tables, caption. */
export function graphFigure(parts: GraphFigure): Figure {
  const { id, title, slide, model } = parts;
  const figure = { id, title, slide, grade: 'like' } as const;
  return {
    ...figure,
    draw: async ({ seed, layout }): Promise<FigureFiles> => {
      const generated = sampleOf(model, seed);
      const facts = factsOf(generated, model);
      const [major, ...separate] = await graphComponents(
        generated.topology,
        createRandom(seed).fork(`${id} layout`),
        layout,
      );
      if (major === undefined) throw new RangeError('A sample without peers has no drawing.');
      const placed = placeGraph([major, ...separate]);
      const tables = graphTables(id, placed, parts.hub !== undefined);
      const words = {
        title,
        subtitle: `${facts.peers} peers, ${facts.links} links, mean degree ${facts.mean.toFixed(2)}, standard deviation ${facts.deviation.toFixed(2)} (seed ${seed})`,
        description: description(facts, major, separate),
        major: ['Major component', majorText(major, facts.peers)] as const,
        separate: ['Separate sub networks', separateText(separate)] as const,
        hub: parts.hub,
      };
      const files = {
        [`${id}.svg`]: drawGraph(placed, words),
        [`${id}.csv`]: csvText([tables.peers]),
        [`${id}-links.csv`]: csvText([tables.links]),
        [`${id}.caption.txt`]: captionText(figure, {
          paragraphs: [...parts.says, ...paragraphs(facts, major, separate, seed)],
        }),
      };
      return files;
    },
  };
}

interface Facts {
  readonly peers: number;
  readonly links: number;
  readonly mean: number;
  readonly deviation: number;
  readonly largest: number;
  readonly superpeers: number;
  readonly notes: readonly string[];
  /** What an independent simulation gives for graphs like this, in words; empty where nobody has simulated it. */
  readonly expected: string;
}

function factsOf({ topology, notes }: Generated, model: Model): Facts {
  const { mean, variance, max } = degreeMoments(degreesOf(topology.simple));
  const expected = model
    .expected(SAMPLE_OPTIONS)
    .filter(({ band }) => band !== undefined)
    .map(({ metric, value, band: [low, high] = [0, 0] }) =>
      metric === 'giantShare'
        ? `${formatPercent(value)} of the peers in the major component (${formatPercent(low)} to ${formatPercent(high)})`
        : `${value} components (${low} to ${high})`,
    );
  return {
    peers: topology.size,
    links: topology.linkCount,
    mean,
    deviation: Math.sqrt(variance),
    largest: max,
    superpeers: topology.columns.roles?.filter((role) => role === 'superpeer').length ?? 0,
    notes,
    expected: expected.join(' and '),
  };
}

function majorText({ peers, links }: GraphComponent, total: number): string {
  return `${peers.length} peers (${formatPercent(peers.length / total)}), ${links.length} links`;
}

function separateText(separate: readonly GraphComponent[]): string {
  const peers = separate.reduce((sum, component) => sum + component.peers.length, 0);
  return `${separate.length}, with ${peers} peers in all`;
}

function description(facts: Facts, major: GraphComponent, separate: readonly GraphComponent[]): string {
  const hubs = facts.superpeers === 0 ? '' : ` ${facts.superpeers} superpeers are drawn as diamonds.`;
  return `A graph of ${facts.peers} peers. Major component: ${majorText(major, facts.peers)}. Separate sub networks: ${separateText(separate)}.${hubs}`;
}

function paragraphs(
  facts: Facts,
  major: GraphComponent,
  separate: readonly GraphComponent[],
  seed: number,
): string[] {
  return [
    `Computed: a sample of ${facts.peers} peers with seed ${seed}. ${facts.notes.join(' ')}`,
    `Major component: ${majorText(major, facts.peers)}. Separate sub networks: ${separateText(separate)}.`,
    `Degrees of the graph drawn: mean ${facts.mean.toFixed(4)}, variance ${(facts.deviation ** 2).toFixed(4)}, standard deviation ${facts.deviation.toFixed(4)}, largest ${facts.largest}.`,
    ...(facts.superpeers === 0 ? [] : [hubLinks([major, ...separate])]),
    ...(facts.expected === ''
      ? []
      : [`Many samples of this size have on average ${facts.expected}; in brackets where 95 % of them lie.`]),
    'Where a peer stands means nothing; peers with common links are drawn near each other (ForceAtlas2, each component on its own).',
  ];
}

function hubLinks(components: readonly GraphComponent[]): string {
  const ends = components.flatMap(({ peers, links }) =>
    links.map((link) => link.filter((place) => peers[place]?.isHub).length),
  );
  const share = (hubs: number): string =>
    formatPercent(ends.filter((count) => count === hubs).length / Math.max(1, ends.length));
  return `Links: ${share(0)} join two peers that are no hubs, ${share(1)} a hub and another peer, ${share(2)} two hubs.`;
}
