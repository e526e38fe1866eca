/** How something goes, in numbers beside its picture. */
export interface LiveStanding {
  readonly counts: readonly (readonly [name: string, value: string])[];
  /** What has happened so far, by kind. */
  readonly tallies: {
    readonly title: string;
    readonly rows: readonly (readonly [name: string, count: number])[];
  };
  /** How often something happens at present, for a line over time. */
  readonly rate: { readonly title: string; readonly perSecond: number };
}
