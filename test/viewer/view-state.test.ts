import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeView } from '../../src/reports/view/make-view.ts';
import { fromLinks } from '../../src/topology/builder.ts';
import { firstState, hashOf, stateOf } from '../../viewer/view-state.ts';
import { shownText } from '../../viewer/shown-text.ts';

const { graph } = makeView({
  name: 'n',
  topology: fromLinks({
    directed: false,
    ids: ['1.2.3.4:6346', '[2001:db8::1]:6346', 'a&b=c#d%'],
    sources: Uint32Array.of(0, 1),
    targets: Uint32Array.of(1, 2),
  }),
  notes: [],
});

describe('the state in the URL', () => {
  it('is the same state again', () => {
    const peer = fc.option(fc.nat(2), { nil: undefined });
    fc.assert(
      fc.property(
        fc.record({
          color: fc.constantFrom('role', 'degree', 'component', 'outcome', 'agent'),
          size: fc.constantFrom('degree', 'role', 'equal'),
          hidesLeaves: fc.boolean(),
          degrees: fc.option(fc.constant({ low: 2, high: 30 }), { nil: undefined }),
          only: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
          peer,
          from: peer,
          to: peer,
          look: fc.constant(undefined),
          camera: fc.option(fc.constant({ x: 0.25, y: -0.5, ratio: 0.125 }), { nil: undefined }),
          map: fc.option(fc.constant({ x: 500, y: 260.5, zoom: 1.5 }), { nil: undefined }),
        }),
        (state) => {
          expect(stateOf(`#${hashOf(state, graph)}`, graph)).toEqual(state);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is empty for the first view, and whatever it does not know is as at first', () => {
    expect(hashOf(firstState(graph), graph)).toBe('');
    expect(stateOf('#color=red&peer=nobody&degrees=x-3&camera=1,2,-1&look=7&<b>', graph)).toEqual(
      firstState(graph),
    );
  });
});

describe('a text of a stranger', () => {
  it('loses what turns the direction of writing, and what is too much of it', () => {
    expect(shownText('a\u202Eexe\u0000')).toBe('a\uFFFDexe\uFFFD');
    expect(shownText('x'.repeat(500))).toHaveLength(121);
  });
});
