import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { DEFAULT_MODEL_OPTIONS } from '../../src/models/model.ts';
import { givenNodes } from '../../src/simulate/live-population.ts';
import { VirtualLiveOverlay } from '../../src/simulate/live-virtual.ts';
import { guidText } from '../../src/overlays/gnutella/wire/guid.ts';
import { decodeMessage } from '../../src/overlays/gnutella/wire/message.ts';
import { addressOf, MINUTE, neighboursOf } from './live-support.ts';
import { modelNamed, START } from './support.ts';

/** As far as a Ping for others goes. */
const PING_TTL = 4;

describe('a Ping for others in an overlay of 0.4', () => {
  it('costs what flooding costs, and everybody reached answers it once (property)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000 }), fc.nat(29), (seed, from) => {
        const { topology } = modelNamed('erdos-renyi').generate(
          { ...DEFAULT_MODEL_OPTIONS, peers: 30 },
          createRandom(seed),
        );
        const nodes = givenNodes(topology, false, {
          addressOf,
          random: createRandom(seed),
          files: { perPeer: 0, catalogue: 1 },
          personalityOf: () => 'legacy-0.4',
        });
        let crossings: Uint8Array[] = [];
        const overlay = new VirtualLiveOverlay({
          latency: 20,
          start: START,
          onCrossing: ({ bytes }) => crossings.push(bytes),
        });
        for (const node of nodes) overlay.add(node);
        overlay.run(MINUTE);
        crossings = [];
        const dropped = () => overlay.nodes().reduce((sum, { counts }) => sum + counts.duplicates, 0);
        const droppedBefore = dropped();
        overlay.askForOthers(addressOf(from));
        overlay.run(1_000);
        // A servent of 0.4 sends each message by itself.
        const messages = crossings.map((bytes) => decodeMessage(bytes));
        const pings = messages.filter(({ kind, header }) => kind === 'ping' && header.ttl + header.hops > 1);
        const guids = new Set(pings.map(({ header }) => guidText(header!.guid)));
        const pongs = messages.filter(
          ({ kind, header }) => kind === 'pong' && guids.has(guidText(header.guid)),
        );
        // By formula (Liu et al.): deg(s), and deg(v) - 1 for everybody that passes it on; answers go back hop by hop.
        // The asker sends a Ping of its own, with a GUID of its own, to each neighbour: a flood for each of them.
        const expected = { messages: 0, reached: 0, back: 0 };
        for (const first of neighboursOf(overlay.at(addressOf(from))!)) {
          const flood = floodThrough(first);
          expected.messages += flood.messages;
          expected.reached += flood.reached;
          expected.back += flood.back;
        }
        expect(pings).toHaveLength(expected.messages);
        expect(dropped() - droppedBefore).toBe(expected.messages - expected.reached);
        expect(pongs).toHaveLength(expected.back);

        /** A flood that leaves by one neighbour only: breadth-first, each once, no way back over the asker. */
        function floodThrough(first: ReturnType<typeof addressOf>) {
          const far = new Map([
            [addressOf(from), 0],
            [first, 1],
          ]);
          const counts = { messages: 1, reached: 1, back: 1 };
          for (const [at, distance] of far) {
            if (distance === 0 || distance >= PING_TTL) continue;
            const others = neighboursOf(overlay.at(at)!);
            counts.messages += others.length - 1;
            for (const other of others) {
              if (far.has(other)) continue;
              far.set(other, distance + 1);
              counts.reached += 1;
              counts.back += distance + 1;
            }
          }
          return counts;
        }
      }),
      { numRuns: 20 },
    );
  });
});
