import { describe, expect, it } from 'vitest';
import { GuidRoutes } from '../../../../src/overlays/gnutella/node/guid-routes.ts';

const guid = (number: number): Uint8Array => new Uint8Array(16).fill(number);

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
});
