/** How much a sign weighs. `serious`: what a study of the overlay would conclude may be the crawl's doing. */
export const SEVERITIES = ['note', 'warning', 'serious'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Every sign that the audit knows, in the order of a report. */
export const SIGNS = [
  'never-answered',
  'out-degree-cap',
  'mentions-as-links',
  'one-sided-links',
  'truncated-listings',
  'dead-ends-by-distance',
  'duplicate-identities',
  'address-blocks',
] as const;
export type Sign = (typeof SIGNS)[number];

/** A sign that a topology shows how it was collected. */
export interface AuditFinding {
  readonly id: Sign;
  readonly severity: Severity;
  /** What was counted, in a sentence with its numbers. */
  readonly evidence: string;
  /** What it says of the topology, in plain words. */
  readonly meaning: string;
  /** What that does to a degree law fitted to it; null where it does nothing. */
  readonly degreeFit: string | null;
  /** The numbers of the evidence, by name. */
  readonly numbers: Readonly<Record<string, number>>;
}

/** `5 of 8 (62.5 %)`. */
export function shareText(part: number, whole: number): string {
  return `${part} of ${whole} (${percent(part / whole)})`;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
