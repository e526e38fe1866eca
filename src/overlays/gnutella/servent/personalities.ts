import { gtkGnutella } from './gtk-gnutella.ts';
import { legacy } from './legacy.ts';
import { limewire } from './limewire.ts';
import type { GnutellaPersonality } from './personality.ts';
import { shareaza } from './shareaza.ts';

/** The servent programs of Gnutella; a servent that says nothing of it is the first. */
export const PERSONALITIES: readonly [GnutellaPersonality, ...GnutellaPersonality[]] = [
  gtkGnutella,
  limewire,
  shareaza,
  legacy,
];
