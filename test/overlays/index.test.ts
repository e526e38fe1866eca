import { expect, it } from 'vitest';
import { OVERLAYS } from '../../src/overlays/index.ts';

it('no two overlays share a name', () => {
  expect(new Set(OVERLAYS.map(({ name }) => name)).size).toBe(OVERLAYS.length);
});
