import { LinkSet } from './link-set.ts';
import type { Model, ModelOptions } from './model.ts';
import { numberedGraph } from './numbered-graph.ts';
import { requireRoom, requireWhole } from './parameters.ts';
import { Zipf } from './zipf.ts';

/**
 * A semantic overlay: peers have an interest each, drawn by Zipf's law, and link to some random peers of the same interest, to whom
 * they are similar; a ring through all peers keeps the clusters together. O(links).
 */
export const semantic: Model = {
  name: 'semantic',
  title: 'a semantic overlay: peers linked to others of the same interest, on a ring through all',
  options: ['clusters', 'linksPerPeer'],
  tiers: false,
  generate: (options, random) => {
    requireShape(options);
    const { peers, clusters, linksPerPeer } = options;
    const popularity = new Zipf(clusters);
    const draws = random.fork('interests');
    const members = Array.from({ length: clusters }, (): number[] => []);
    const interests = Uint32Array.from({ length: peers }, (_, peer) => {
      const interest = popularity.draw(draws);
      members[interest]!.push(peer);
      return interest;
    });
    const links = new LinkSet(peers, peers * (linksPerPeer + 1));
    for (let peer = 0; peer < peers; peer++) links.add(peer, (peer + 1) % peers);
    const choices = random.fork('neighbours');
    let similar = 0;
    for (let peer = 0; peer < peers; peer++) {
      const alike = members[interests[peer]!]!;
      for (let k = 0; k < linksPerPeer && alike.length > 1; k++)
        if (links.add(peer, alike[choices.int(alike.length)]!)) similar += 1;
    }
    const notes = [`${clusters} interests; ${similar} links join peers of the same one besides the ring.`];
    return { topology: numberedGraph(peers, links.list()), notes };
  },
  expected: (options) => {
    requireShape(options);
    const { peers, clusters, linksPerPeer } = options;
    const source = 'the ring';
    const whole = [
      { metric: 'components', value: 1, tolerance: 0, source },
      { metric: 'giantShare', value: 1, tolerance: 0, source },
    ] as const;
    if (peers < 10 * clusters * linksPerPeer) return whole;
    // Two of m peers alike, drawing k times each, miss each other with (1 - 1/m)^2k; a few are neighbours on the ring anyway.
    let links = peers;
    for (const share of new Zipf(clusters).shares) {
      const alike = share * peers;
      const pairs = ((alike * (alike - 1)) / 2) * (1 - 2 / (peers - 1));
      links += pairs * (1 - (1 - 1 / alike) ** (2 * linksPerPeer));
    }
    return [
      ...whole,
      {
        metric: 'links',
        value: links,
        tolerance: 0.02 * links,
        source: 'two of m peers alike are linked with 1 - (1 - 1/m)^2k',
      },
    ];
  },
};

function requireShape({ peers, clusters, linksPerPeer }: ModelOptions): void {
  requireWhole('peers', peers, 3);
  requireWhole('interests', clusters, 1);
  requireWhole('links to peers alike', linksPerPeer, 1);
  requireRoom(peers, linksPerPeer);
}
