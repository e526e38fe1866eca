import { OUTCOMES, type Outcome } from '../../core/outcome.ts';
import { RELATIONS, ROLES, type Role } from '../../core/claims.ts';
import type { LiveStanding } from './live-standing.ts';

/** What the viewer draws: one entry for each peer, or for each link, in every column. The page has the same types. */
export interface ViewGraph {
  /** The input as it was named on the command line. */
  readonly name: string;
  /** What there is to know about it, and what the picture leaves out, in sentences. */
  readonly notes: readonly string[];
  /** What the input has; the picture may hold less. Undefined while an overlay is watched live. */
  readonly total: { readonly peers: number; readonly links: number } | undefined;
  readonly ids: readonly string[];
  /** What peers say that they run, each text once; the first one is '' for those that said nothing. */
  readonly agents: readonly string[];
  /** One place in `agents` for each peer. */
  readonly agentOf: Uint16Array;
  /** 0 where it is not known, else 1 + the place in ROLES. */
  readonly roleOf: Uint8Array;
  /** 0 where nobody tells, else 1 + the place in OUTCOMES. */
  readonly outcomeOf: Uint8Array;
  /** Degree in the whole input, also where links are left out here. */
  readonly degrees: Uint32Array;
  /** The component of each peer in the whole input; 0 is the largest one. */
  readonly componentOf: Uint32Array;
  readonly sources: Uint32Array;
  readonly targets: Uint32Array;
  /** 0 where it is not known, else 1 + the place in RELATIONS; empty where the input says nothing of it. */
  readonly relationOf: Uint8Array;
  /** Where peers stand on the map of `map.svg`, in its units, NaN where nobody knows; undefined without places. */
  readonly map: ViewMap | undefined;
  /** The snapshots of a series in their order; empty where the input is one snapshot, or none. */
  readonly looks: readonly ViewLook[];
}

export interface ViewMap {
  readonly width: number;
  readonly height: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** One snapshot of a series, with columns that stand for those of the graph. */
export interface ViewLook extends Pick<ViewGraph, 'roleOf' | 'outcomeOf' | 'degrees'> {
  readonly name: string;
  readonly startedAt: string;
  /** 1 for each peer and each link that was there. */
  readonly peers: Uint8Array;
  readonly links: Uint8Array;
}

export const ROLE_WORDS = ['not known', ...ROLES] as const;
export const OUTCOME_WORDS = ['not known', ...OUTCOMES] as const;
/** A role, an outcome as it stands in its column. */
export function roleCode(role: Role | undefined): number {
  return role === undefined ? 0 : 1 + ROLES.indexOf(role);
}

export function outcomeCode(outcome: Outcome | undefined): number {
  return outcome === undefined ? 0 : 1 + OUTCOMES.indexOf(outcome);
}

export const RELATION_WORDS = ['link', ...RELATIONS] as const;

/** What the page hears of while it is open. */
export type ViewEvent =
  /** Peers have moved; `share` of the layout is done, from 0 to 1, 1 also where it has no end. */
  | { readonly kind: 'positions'; readonly share: number }
  /** There is another graph to be drawn. */
  | { readonly kind: 'graph' }
  | ({ readonly kind: 'standing' } & LiveStanding)
  /** What was watched is over, and how; `whole`: loaded anew, the page shows all of it. */
  | { readonly kind: 'over'; readonly words: string; readonly whole: boolean };
