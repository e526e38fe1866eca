import { gnutella } from './gnutella/gnutella.ts';
import type { Overlay } from './overlay.ts';

/** Every system that can be crawled and simulated. */
export const OVERLAYS: readonly Overlay[] = [gnutella];
