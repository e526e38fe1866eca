import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { erdosRenyi } from '../../src/models/erdos-renyi.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { multicastLoad } from '../../src/models/multicast-load.ts';
import { stripeParents } from '../../src/models/multicast.ts';
import { ring } from '../../src/models/ring.ts';
import { star } from '../../src/models/star.ts';
import { generate } from './support.ts';

const tree = (peers: number, fanOut: number) => stripeParents({ ...DEFAULT_MODEL_OPTIONS, peers, fanOut }, 0);
const own = (peers: number) => Uint32Array.from({ length: peers }, (_, peer) => peer);

describe('the load of a multicast tree', () => {
  it('from a source that sends to each of 4 others itself is 4 on its own link, and no way is longer', () => {
    // Peers 0..4 at the routers 1..5 around router 0: by hand, 4 copies inwards, one outwards to each of 4.
    const underlay = generate(star, { peers: 5 }).topology.links;
    const routers = own(5).map((peer) => peer + 1);
    expect(multicastLoad(underlay, routers, tree(5, 4))).toEqual({
      meanStress: 8 / 5,
      maxStress: 4,
      meanStretch: 1,
      maxStretch: 1,
    });
  });

  it('along a chain on the same star is 1 everywhere, and the last way is 4 times as long', () => {
    const underlay = generate(star, { peers: 5 }).topology.links;
    const routers = own(5).map((peer) => peer + 1);
    expect(multicastLoad(underlay, routers, tree(5, 1))).toEqual({
      meanStress: 1,
      maxStress: 1,
      meanStretch: (1 + 2 + 3 + 4) / 4,
      maxStretch: 4,
    });
  });

  it('round a ring in order passes by the short way back: stretch 5 for the last of 6', () => {
    const load = multicastLoad(generate(ring, { peers: 6 }).topology.links, own(6), tree(6, 1));
    // By hand: ways 1..5, direct ones 1 2 3 2 1.
    expect(load).toEqual({
      meanStress: 1,
      maxStress: 1,
      meanStretch: (1 + 1 + 1 + 2 + 5) / 5,
      maxStretch: 5,
    });
  });

  it('is nothing where all peers are at one router, or one is out of reach', () => {
    const underlay = generate(star, { peers: 5 }).topology.links;
    expect(multicastLoad(underlay, new Uint32Array(4), tree(4, 2))).toBeNull();
    const alone = generate(erdosRenyi, { peers: 2, meanDegree: 0 }).topology.links;
    expect(multicastLoad(alone, own(2), tree(2, 1))).toBeNull();
  });

  it('with a larger fan-out has more stress and less stretch', () => {
    const underlay = generate(erdosRenyi, { peers: 400, meanDegree: 8 }, 2).topology.simple;
    const random = createRandom(5);
    const routers = Uint32Array.from({ length: 100 }, () => random.int(400));
    const [narrow, wide] = [2, 20].map((fanOut) => multicastLoad(underlay, routers, tree(100, fanOut))!);
    expect(wide!.maxStress).toBeGreaterThan(narrow!.maxStress);
    expect(wide!.meanStretch).toBeLessThan(narrow!.meanStretch);
  });
});
