import { describe, expect, it } from 'vitest';
import { OVERLAYS, overlayByName } from '../../src/overlays/index.ts';

describe('the registry of overlays', () => {
  it('finds each by its name, and no two share one', () => {
    for (const overlay of OVERLAYS) expect(overlayByName(overlay.name)).toBe(overlay);
    expect(overlayByName('gnutella')?.defaultPort).toBe(6346);
    expect(overlayByName('gnutela')).toBeUndefined();
  });
});
