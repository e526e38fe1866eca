import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { degreeMoments, degreesOf } from '../../src/analyses/degrees.ts';
import { PeerscopeError } from '../../src/core/errors.ts';
import { createRandom } from '../../src/core/random.ts';
import { configurationGraph } from '../../src/models/configuration-graph.ts';
import { configuration, hybrid, pure } from '../../src/models/degree-law-model.ts';
import { MODELS } from '../../src/models/index.ts';
import { DEFAULT_MODEL_OPTIONS, type Model, type ModelOptions } from '../../src/models/model.ts';
import { average, generate, measure } from './support.ts';

// The figures of `expected` are an independent simulation of the lecture's laws (lecture-figures.ts says how large).
describe.each([
  { model: pure, peers: 50, graphs: 2000 },
  { model: pure, peers: 100, graphs: 2000 },
  { model: pure, peers: 222, graphs: 1000 },
  { model: pure, peers: 1000, graphs: 300 },
  { model: hybrid, peers: 50, graphs: 2000 },
  { model: hybrid, peers: 100, graphs: 2000 },
  { model: hybrid, peers: 222, graphs: 1000 },
  { model: hybrid, peers: 1000, graphs: 300 },
])('$graphs graphs of the model $model.name with $peers peers', ({ model, peers, graphs }) => {
  const measured = Array.from({ length: graphs }, (_, seed) => measure(generate(model, { peers }, seed)));

  for (const { metric, value, tolerance, band } of model.expected({ ...DEFAULT_MODEL_OPTIONS, peers })) {
    it(`have the expected ${metric} of ${value} on average, within ${tolerance}`, () => {
      const mean = average(measured.map((one) => one[metric]));
      expect(Math.abs(mean - value)).toBeLessThanOrEqual(tolerance);
    });
    if (band === undefined) continue;
    it(`have ${metric} in the 95 % band for at least 90 % of the graphs`, () => {
      const inside = measured.filter((one) => one[metric] >= band[0] && one[metric] <= band[1]).length;
      expect(inside / graphs).toBeGreaterThanOrEqual(0.9);
    });
  }
});

describe('the expectations of a model', () => {
  it('are four for each size that was simulated, and none elsewhere', () => {
    const count = (model: Model, options: Partial<ModelOptions>) =>
      model.expected({ ...DEFAULT_MODEL_OPTIONS, ...options }).length;
    for (const model of [pure, hybrid]) {
      expect([50, 100, 222, 1000].map((peers) => count(model, { peers }))).toEqual([4, 4, 4, 4]);
      expect(count(model, { peers: 223 })).toBe(0);
      expect(count(model, { peers: 222, variant: 'reject' })).toBe(0);
    }
    expect(count(hybrid, { reading: 'A' })).toBe(0);
    expect(count(configuration, {})).toBe(0);
  });
});

/** Models whose links are pointers, from one peer to another. */
const POINTERS = ['chord', 'kademlia', 'dns', 'multicast-tree'];
const WITHOUT_CHANCE = ['star', 'ring', 'grid', 'seti-at-home', 'multicast-tree', 'conferencing'];
/** Their server comes on top of the peers. */
const WITH_SERVER = ['star', 'napster', 'seti-at-home', 'skype'];

describe('every model', () => {
  it.each(MODELS.map((model) => [model.name, model] as const))(
    '%s makes the same graph of the same seed',
    (_, model) => {
      for (const variant of ['erased', 'reject'] as const) {
        const [one, again, other] = [7, 7, 8].map((seed) => generate(model, { variant }, seed));
        expect(again!.topology.links).toEqual(one!.topology.links);
        expect(again!.topology.columns).toEqual(one!.topology.columns);
        expect(again!.drawnDegrees).toEqual(one!.drawnDegrees);
        expect(again!.notes).toEqual(one!.notes);
        const byChance = !WITHOUT_CHANCE.includes(model.name);
        if (byChance) expect(other!.topology.links).not.toEqual(one!.topology.links);
        else expect(other!.topology.links).toEqual(one!.topology.links);
        const size = WITH_SERVER.includes(model.name) ? 223 : 222;
        expect(one!.topology).toMatchObject({ size, directed: POINTERS.includes(model.name) });
      }
    },
  );
});

describe('the drawn degrees', () => {
  // Lecture B.2: mean and standard deviation of each law; 200,000 peers give a standard error of .0037 to .0094.
  it.each([
    ['pure', pure, 'B', 2.2366, 1.6726],
    ['hybrid, reading A', hybrid, 'A', 2.7141, 3.2345],
    ['hybrid, reading B', hybrid, 'B', 2.7557, 3.2623],
    ['hybrid, reading C', hybrid, 'C', 3.1866, 4.1947],
  ] as const)(
    'of the law %s have its mean within 3 standard errors, and its deviation',
    (_, model, reading, mean, deviation) => {
      const peers = 200_000;
      const { drawnDegrees, notes } = generate(model, { peers, reading }, 1);
      const moments = degreeMoments(drawnDegrees!);
      expect(Math.abs(moments.mean - mean)).toBeLessThan((3 * deviation) / Math.sqrt(peers));
      expect(Math.sqrt(moments.variance)).toBeCloseTo(deviation, 1);
      if (model === hybrid) expect(notes[0]).toBe(`Reading ${reading} of the lecture's hybrid formula.`);
    },
  );

  it.each(
    MODELS.filter(({ options }) => options.includes('variant')).map((model) => [model.name, model] as const),
  )(
    'of the model %s are all realised by the variant `reject`, and never exceeded by `erased`',
    (_, model) => {
      for (let seed = 0; seed < 20; seed++) {
        const reject = generate(model, { variant: 'reject' }, seed);
        expect(degreesOf(reject.topology.simple)).toEqual(reject.drawnDegrees);
        expect(reject.topology).toMatchObject({ selfLoops: 0, duplicates: 0 });
        const { topology, drawnDegrees } = generate(model, { variant: 'erased' }, seed);
        const drawn = drawnDegrees!;
        expect(degreesOf(topology.simple).every((degree, peer) => degree <= drawn[peer]!)).toBe(true);
        // Each erased link, a self-loop too, costs two stubs.
        const stubs = drawn.reduce((sum, degree) => sum + degree, 0);
        expect(2 * (topology.linkCount + topology.selfLoops + topology.duplicates)).toBe(stubs);
      }
    },
  );

  it('do not depend on the variant, which only joins them otherwise', () => {
    const [erased, reject] = (['erased', 'reject'] as const).map((variant) => generate(pure, { variant }, 3));
    expect(erased!.drawnDegrees).toEqual(reject!.drawnDegrees);
  });

  it('are told beside the realised ones', () => {
    const { topology, drawnDegrees, notes } = generate(hybrid, { peers: 50 }, 2);
    const mean = (degrees: Uint32Array) => degreeMoments(degrees).mean.toFixed(4);
    expect(notes.at(-1)).toContain(
      `mean degree ${mean(drawnDegrees!)} drawn, ${mean(degreesOf(topology.simple))} realised`,
    );
    expect(notes.at(-1)).toContain('Configuration model (erased)');
  });

  it('of a law that leaves the exponent open have the exponent of the lecture', () => {
    const open = generate(configuration, { law: 'power-law:1-7' }, 4);
    expect(open.drawnDegrees).toEqual(generate(pure, {}, 4).drawnDegrees);
  });
});

describe('the hybrid overlay', () => {
  it('has as superpeers those peers whose drawn degree is that of a hub', () => {
    const { topology, drawnDegrees } = generate(hybrid, { peers: 1000 }, 1);
    const roles = topology.columns.roles!;
    expect(roles).toEqual(Array.from(drawnDegrees!, (degree) => (degree === 20 ? 'superpeer' : 'leaf')));
    // Lecture B.2: p(20) = .0257 in reading B; the band is 4 standard errors.
    const hubs = roles.filter((role) => role === 'superpeer').length;
    expect(hubs).toBeGreaterThan(5);
    expect(hubs).toBeLessThan(46);
    expect(generate(pure, {}, 1).topology.columns.roles).toBeUndefined();
  });
});

describe('options that cannot be met', () => {
  it.each([
    [pure, { peers: 7 }, 'Ask for at least 8 peers (--peers).'],
    [pure, { peers: 0 }, 'Ask for at least 8 peers (--peers).'],
    [hybrid, { peers: 20 }, 'Ask for at least 21 peers (--peers).'],
    [configuration, { peers: 32, law: 'power-law:1-32' }, 'Ask for at least 33 peers (--peers).'],
  ] as const)('of $name are an error of usage that says what to do', (model, options, hint) => {
    let thrown: unknown;
    try {
      generate(model, options, 1);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(PeerscopeError);
    expect(thrown).toMatchObject({ kind: 'usage', hint });
  });

  it('are an unknown law', () => {
    expect(() => generate(configuration, { law: 'no-law' }, 1)).toThrow(PeerscopeError);
  });

  it('are degrees of which no simple graph can be made', () => {
    const impossible = Uint32Array.of(3, 3, 1, 1);
    expect(() => configurationGraph(impossible, 'reject', createRandom(1))).toThrow(
      expect.objectContaining({ kind: 'usage' }),
    );
  });
});

describe('a configuration graph', () => {
  it('meets any degrees that a sparse graph can have (property)', () => {
    const degrees = fc
      .array(fc.integer({ min: 0, max: 3 }), { minLength: 20, maxLength: 60 })
      .filter((list) => list.reduce((sum, degree) => sum + degree, 0) % 2 === 0)
      .filter((list) => list.filter((degree) => degree > 0).length >= 12);
    fc.assert(
      fc.property(degrees, fc.integer(), (list, seed) => {
        const graph = configurationGraph(Uint32Array.from(list), 'reject', createRandom(seed));
        expect([...degreesOf(graph.simple)]).toEqual(list);
      }),
    );
  });

  it('may have no peers, or no links', () => {
    for (const variant of ['erased', 'reject'] as const) {
      expect(configurationGraph(new Uint32Array(0), variant, createRandom(1)).size).toBe(0);
      expect(configurationGraph(new Uint32Array(5), variant, createRandom(1))).toMatchObject({
        size: 5,
        linkCount: 0,
      });
    }
  });

  it('joins stubs alike: of the 3 matchings of four peers with one stub each, every one as often', () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 3000; seed++) {
      const { links } = configurationGraph(Uint32Array.of(1, 1, 1, 1), 'reject', createRandom(seed));
      counts.set(links.targets.join(), (counts.get(links.targets.join()) ?? 0) + 1);
    }
    // Binomial with n = 3000, p = 1/3: 1000, standard error 25.8; the band is 4 of them.
    expect([...counts.values()].every((count) => Math.abs(count - 1000) < 104)).toBe(true);
    expect(counts.size).toBe(3);
  });
});
