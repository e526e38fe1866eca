import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GuidRoutes, type Origin } from '../../../../src/overlays/gnutella/node/guid-routes.ts';

const guid = (number: number): Uint8Array => Uint8Array.from({ length: 16 }, (_, i) => number >> (8 * i));

/** The same by the obvious way: of all that are remembered, the oldest of the origin that has most. */
class Reference {
  readonly kept: { readonly number: number; readonly origin: Origin }[] = [];

  add(number: number, origin: Origin, capacity: number): void {
    if (this.kept.some((one) => one.number === number)) return;
    if (this.kept.length >= capacity) this.#forgetOne();
    this.kept.push({ number, origin });
  }

  /** Undefined where two origins have as many. */
  get fullest(): Origin | undefined {
    const counts = new Map<Origin, number>();
    for (const { origin } of this.kept) counts.set(origin, (counts.get(origin) ?? 0) + 1);
    const most = Math.max(...counts.values());
    const fullest = [...counts].filter(([, count]) => count === most);
    return fullest.length === 1 ? fullest[0]?.[0] : undefined;
  }

  #forgetOne(): void {
    const { fullest } = this;
    this.kept.splice(
      this.kept.findIndex(({ origin }) => origin === fullest),
      1,
    );
  }
}

describe('the memory of requests', () => {
  it('keeps the first way by which a request came, and says that it came again', () => {
    const routes = new GuidRoutes();
    expect(routes.add(guid(1), 7)).toBe(true);
    expect(routes.add(guid(1), 8)).toBe(false);
    expect(routes.originOf(guid(1))).toBe(7);
    expect(routes.originOf(guid(2))).toBeUndefined();
  });

  it('holds no more than its bound, and forgets what came first', () => {
    const routes = new GuidRoutes(3);
    for (let number = 1; number <= 5; number++) routes.add(guid(number), number);
    expect(routes.size).toBe(3);
    expect([1, 2, 3, 4, 5].map((number) => routes.originOf(guid(number)))).toEqual([
      undefined,
      undefined,
      3,
      4,
      5,
    ]);
  });

  it('forgets nothing of others for one that sends more than it can hold', () => {
    const routes = new GuidRoutes(100);
    for (let number = 0; number < 30; number++) routes.add(guid(number), number % 3 === 0 ? 'own' : 1);
    for (let number = 1_000; number < 20_000; number++) routes.add(guid(number), 2);
    expect(routes.size).toBe(100);
    for (let number = 0; number < 30; number++) {
      expect(routes.originOf(guid(number))).toBe(number % 3 === 0 ? 'own' : 1);
    }
    for (let number = 19_930; number < 20_000; number++) expect(routes.originOf(guid(number))).toBe(2);
    expect(routes.originOf(guid(19_929))).toBeUndefined();
  });

  it('has that origin that has most lose its oldest, as far as it is clear which that is (property)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(60), fc.constantFrom<Origin>('own', 1, 2, 3)), { maxLength: 300 }),
        fc.integer({ min: 1, max: 12 }),
        (requests, capacity) => {
          const [routes, reference] = [new GuidRoutes(capacity), new Reference()];
          for (const [number, origin] of requests) {
            const isKnown = reference.kept.some((one) => one.number === number);
            // Who loses where two have as many is not said.
            if (!isKnown && reference.kept.length >= capacity && reference.fullest === undefined) return;
            expect(routes.add(guid(number), origin)).toBe(!isKnown);
            reference.add(number, origin, capacity);
            expect(routes.size).toBe(reference.kept.length);
            for (const one of reference.kept) expect(routes.originOf(guid(one.number))).toBe(one.origin);
          }
        },
      ),
    );
  });
});
