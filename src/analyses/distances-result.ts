/** The distances of the largest weak component; null where there is no pair to have one, or no peer. */
export interface DistancesResult {
  /** Peers of the component, and pairs of different ones. */
  readonly nodes: number;
  readonly pairs: number;
  /** The largest distance; where sampled, the largest that was seen. */
  readonly diameter: number | null;
  /** The smallest of the peers' largest distances; where sampled, the smallest that was seen. */
  readonly radius: number | null;
  readonly meanPathLength: number | null;
  readonly effectiveDiameter90: number | null;
  readonly exact: true | SampledDistances;
  /** Unordered pairs of peers by distance; where sampled, the sample's shares of all pairs. */
  readonly histogram: readonly { readonly distance: number; readonly pairs: number }[];
  /** Two peers that are `diameter` apart, with a shortest path between them, for whoever wants to check. */
  readonly witness: DistanceWitness | null;
}

export interface DistanceWitness {
  readonly distance: number;
  readonly source: string;
  readonly target: string;
  /** Ids from source to target, both included. */
  readonly path: readonly string[];
}

/** How far a sample can tell. Diameter and radius lie within their bounds for certain, the others with the confidence stated. */
export interface SampledDistances {
  /** Peers drawn at random, from which all distances were measured. */
  readonly sources: number;
  readonly confidence: number;
  readonly diameter: Bounds;
  readonly radius: Bounds;
  readonly meanPathLength: Bounds;
  readonly effectiveDiameter90: Bounds;
}

export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}
