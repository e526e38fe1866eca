import { gnutella } from './gnutella/gnutella.ts';
import type { Overlay } from './overlay.ts';

/** Every system that can be crawled and simulated. */
export const OVERLAYS: readonly Overlay[] = [gnutella];

/** The overlay of that name, as `--network` takes it. */
export function overlayByName(name: string): Overlay | undefined {
  return OVERLAYS.find((overlay) => overlay.name === name);
}
