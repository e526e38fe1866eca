import { describe, it } from 'vitest';
import { bittorrent } from '../../src/models/bittorrent.ts';
import { conferencing } from '../../src/models/conferencing.ts';
import { dns } from '../../src/models/dns.ts';
import { federation } from '../../src/models/federation.ts';
import { gridComputing } from '../../src/models/grid-computing.ts';
import { jxta } from '../../src/models/jxta.ts';
import type { Model, ModelOptions } from '../../src/models/model.ts';
import { multicastMesh, multicastTree } from '../../src/models/multicast.ts';
import { napster } from '../../src/models/napster.ts';
import { semantic } from '../../src/models/semantic.ts';
import { setiAtHome } from '../../src/models/seti-at-home.ts';
import { skype } from '../../src/models/skype.ts';
import { tor } from '../../src/models/tor.ts';
import { usenet } from '../../src/models/usenet.ts';
import { vehicular } from '../../src/models/vehicular.ts';
import { holdToExpected } from './support.ts';

describe('models of systems measure what they should', () => {
  it.each<[Model, Partial<ModelOptions>[]]>([
    [
      napster,
      [
        { peers: 1, transfers: 0 },
        { transfers: 0 },
        { servers: 5, transfers: 0, peers: 1000 },
        { servers: 3 },
      ],
    ],
    [setiAtHome, [{ peers: 2 }, {}, { peers: 250, redundancy: 3 }]],
    [jxta, [{ peers: 1 }, { peers: 10 }, {}, { peers: 1000 }, { peers: 1000, superpeerDegree: 5 }]],
    [usenet, [{ peers: 2 }, { peers: 100 }, { peers: 1000 }, { peers: 4058 }]],
    [
      dns,
      [
        { peers: 1 },
        {},
        { outsideShare: 0 },
        { outsideShare: 1 },
        { peers: 3000, fanOut: 3 },
        { peers: 5000, fanOut: 12 },
      ],
    ],
    [
      skype,
      [
        { peers: 1 },
        { peers: 20 },
        {},
        { peers: 2000 },
        { peers: 2000, symmetricShare: 1 },
        { symmetricShare: 0 },
      ],
    ],
    [
      bittorrent,
      [
        { peers: 1 },
        { peers: 2 },
        { peers: 41 },
        { peers: 11, connectionCap: 10 },
        {},
        { peers: 60 },
        { peers: 2000 },
        { openingCap: 8, connectionCap: 20, trackerSample: 12, peers: 1000 },
      ],
    ],
    [
      multicastTree,
      [{ peers: 2 }, {}, { peers: 85 }, { peers: 86 }, { fanOut: 1, peers: 9 }, { fanOut: 8, stripes: 4 }],
    ],
    [multicastMesh, [{ peers: 3, fanOut: 2 }, {}, { peers: 1001, fanOut: 6 }]],
    [tor, [{ peers: 3 }, {}, { peers: 2000, circuits: 10_000 }, { circuits: 0 }]],
    [
      vehicular,
      [
        { peers: 1 },
        {},
        { peers: 2000, radioRange: 0.05 },
        { peers: 400, radioRange: 1 },
        { peers: 400, radioRange: 0.4 },
      ],
    ],
    [
      conferencing,
      (['mesh', 'mixer', 'forwarding'] as const).flatMap((arrangement) =>
        [1, 2, 9].map((peers) => ({ peers, arrangement })),
      ),
    ],
    [
      gridComputing,
      [
        {},
        { peers: 1000, clusters: 100, redundancy: 4 },
        { redundancy: 1 },
        { peers: 1, clusters: 1, redundancy: 1 },
      ],
    ],
    [federation, [{}, { peers: 1000, blockShare: 0.2 }, { blockShare: 0 }, { blockShare: 1 }]],
    [semantic, [{ peers: 50 }, { peers: 1000 }, { peers: 2000, clusters: 20, linksPerPeer: 5 }]],
  ])('$name', (model, sizes) => {
    for (const options of sizes) for (const seed of [1, 2]) holdToExpected(model, options, seed);
  });
});
