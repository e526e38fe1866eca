import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { givenNodes } from '../../src/simulate/live-population.ts';
import { linksToHold, MAX_LIVE_PEERS, refuseTooMany, roomForCallers } from '../../src/simulate/live-room.ts';
import { isOutOfFiles, roomForBothEnds } from '../../src/simulate/open-files.ts';
import { addressOf, organised } from './live-support.ts';
import { modelNamed } from './support.ts';

describe('room for live nodes', () => {
  it('is asked for by the links that a model has, each once; not known where nodes find each other', () => {
    const model = modelNamed('erdos-renyi');
    const { topology } = model.generate({ ...DEFAULT_MODEL_OPTIONS, peers: 50 }, createRandom(1));
    const random = createRandom(1);
    const nodes = givenNodes(topology, model.tiers, {
      addressOf,
      random,
      files: { perPeer: 1, catalogue: 9 },
    });
    expect(linksToHold(nodes)).toBe(topology.linkCount);
    expect(linksToHold(organised(5, 1))).toBeUndefined();
  });

  it('is refused for more nodes, or more links, than one process can have', () => {
    expect(() => {
      refuseTooMany({ peers: MAX_LIVE_PEERS + 1 });
    }).toThrow(/1001 live nodes are too many/);
    expect(() => {
      refuseTooMany({ peers: 2, links: 1 });
    }).not.toThrow();
  });

  it.skipIf(roomForBothEnds() === Infinity)(
    'counts two open files a link and one a node (skipped where open files are not limited)',
    () => {
      const limit = 2 * roomForBothEnds();
      expect(() => {
        refuseTooMany({ peers: 10, links: limit });
      }).toThrow(`${2 * limit + 10} sockets of 10 live nodes and both ends of ${limit} links need`);
    },
  );

  it.skipIf(roomForBothEnds() === Infinity)(
    'is taken in by callers for half of the files besides datagrams (skipped where open files are not limited)',
    () => {
      expect(roomForCallers({ peers: 100, datagrams: false })).toBe(roomForBothEnds());
      expect(roomForCallers({ peers: 100 })).toBe(roomForBothEnds() - 50);
    },
  );

  it('is known to be missing by the error of the system', () => {
    const error = (code: string): Error => Object.assign(new Error(code), { code, errno: -24 });
    expect(['EMFILE', 'ENFILE', 'ECONNREFUSED'].map((code) => isOutOfFiles(error(code)))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
