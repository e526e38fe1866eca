import { PeerscopeError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import { OVERLAYS } from '../overlays/index.ts';
import type { Overlay } from '../overlays/overlay.ts';

/** The overlay of that name; a PeerscopeError (usage) for any other. */
export function overlayArgument(name: string): Overlay {
  const overlay = OVERLAYS.find((candidate) => candidate.name === name);
  if (overlay !== undefined) return overlay;
  const names = OVERLAYS.map((candidate) => candidate.name);
  const near = nearest(name, names);
  throw new PeerscopeError('usage', `unknown network "${name}"`, {
    hint: near === undefined ? `There is ${names.join(', ')}.` : `Did you mean ${near}?`,
  });
}
