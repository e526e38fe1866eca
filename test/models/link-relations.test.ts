import { describe, expect, it } from 'vitest';
import { chord } from '../../src/models/chord.ts';
import { dns } from '../../src/models/dns.ts';
import { MODELS } from '../../src/models/index.ts';
import { kademlia } from '../../src/models/kademlia.ts';
import type { Model, ModelOptions } from '../../src/models/model.ts';
import { multicastTree } from '../../src/models/multicast.ts';
import { napster } from '../../src/models/napster.ts';
import { setiAtHome } from '../../src/models/seti-at-home.ts';
import { skype } from '../../src/models/skype.ts';
import { twoTier } from '../../src/models/two-tier.ts';
import { usenet } from '../../src/models/usenet.ts';
import { countsOf } from '../../src/topology/link-relations.ts';
import { generate } from './support.ts';

function counted(model: Model, options: Partial<ModelOptions>) {
  const { topology, notes } = generate(model, options);
  return { counts: countsOf(topology.relations!), links: topology.linkCount, notes };
}

describe('what the links of a model mean', () => {
  it('is for each link or for none', () => {
    for (const model of MODELS) {
      const { topology } = generate(model, {});
      if (topology.relations !== undefined) expect(topology.relations.length).toBe(topology.linkCount);
    }
  });

  it('in two tiers: leaves are registered, superpeers connected', () => {
    // By construction: 30 superpeers with 8 links each among themselves, 170 leaves at 3 superpeers each.
    const { counts } = counted(twoTier, { peers: 200, superpeerDegree: 8 });
    expect(counts).toEqual({ connection: 120, registration: 510 });
    expect(counted(setiAtHome, { peers: 20 }).counts).toEqual({ registration: 20 });
  });

  it('in Napster: a mesh of servers, a registration of each peer, and transfers', () => {
    const { counts, links, notes } = counted(napster, { peers: 100, servers: 3 });
    expect(counts).toEqual({ connection: 3, registration: 100, transfer: links - 103 });
    expect(notes).toContain(`${links - 103} links are transfers.`);
  });

  it('in Skype: all are registered at the login server, ordinary peers at a superpeer, and calls are transfers', () => {
    // 30 superpeers of 222, all of degree 5: 75 links. 222 logins and 192 homes.
    const { counts, links } = counted(skype, { peers: 222, superpeerShare: 30 / 222, superpeerDegree: 5 });
    expect(counts).toEqual({ connection: 75, registration: 222 + 192, transfer: links - 489 });
  });

  it('in DNS: every zone but the root is delegated, and some depend on a provider', () => {
    const { counts, links } = counted(dns, { peers: 500 });
    expect(counts).toEqual({ delegation: 499, dependency: links - 499 });
  });

  it('in the others: pointers in tables, and feeds', () => {
    for (const [model, relation] of [
      [chord, 'pointer'],
      [kademlia, 'pointer'],
      [usenet, 'feed'],
      [multicastTree, 'feed'],
    ] as const) {
      const { counts, links } = counted(model, { peers: 50 });
      expect(counts).toEqual({ [relation]: links });
    }
  });
});
