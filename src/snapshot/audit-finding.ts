import type { Address } from '../core/address.ts';
import type { Contact } from './ledger.ts';

/**
 * What an audit checks: `scope` a crawl that is not live stays on this machine · `reserved` no address that is not a public host's,
 * but for the nets that the user named · `exclusions` nobody who asked to be left alone · `rate` of all contacts ·
 * `network-rate` to one /24 or /64 · `cool-down-tcp`, `cool-down-udp` between two contacts to one host · `complete` every
 * contact that the visits tell of stands in the ledger.
 */
export const MANNERS_RULES = [
  'scope',
  'reserved',
  'exclusions',
  'rate',
  'network-rate',
  'cool-down-tcp',
  'cool-down-udp',
  'complete',
] as const;
export type MannersRule = (typeof MANNERS_RULES)[number];

/** What came of one rule. */
export interface MannersFinding {
  readonly rule: MannersRule;
  /** `idle` where no contact was one that the rule is about. */
  readonly verdict: 'kept' | 'broken' | 'idle';
  /** Contacts that the rule is about, and those that broke it. */
  readonly checked: number;
  readonly broken: number;
  /** What `limit`, `closest` and the value of the worst case count. */
  readonly unit: 'contacts-in-a-second' | 'seconds-between-contacts' | 'contacts' | null;
  /** The most of it, or for a gap the least, that is allowed; null where nothing is limited. */
  readonly limit: number | null;
  /** How near to the limit it ever came: the most contacts in any second, or the smallest gap. */
  readonly closest: number | null;
  /** The contact that broke the rule worst; the first one where none is worse than another. */
  readonly worst: { readonly address: Address; readonly time: number; readonly value: number | null } | null;
}

/** Gathers what comes of one rule, contact by contact. */
export class RuleRecord {
  readonly #rule: MannersRule;
  readonly #unit: MannersFinding['unit'];
  readonly #limit: number | null;
  #checked = 0;
  #broken = 0;
  #badness = -Infinity;
  #worst: MannersFinding['worst'] = null;
  #closest: number | null = null;

  constructor(rule: MannersRule, unit: MannersFinding['unit'] = null, limit: number | null = null) {
    this.#rule = rule;
    this.#unit = unit;
    this.#limit = limit;
  }

  /**
   * @param badness how badly the contact broke the rule; 0 where it kept it.
   * @param value in the rule's unit.
   */
  add(contact: Contact, badness: number, value: number | null = null): void {
    this.#checked += 1;
    if (badness <= 0) return;
    this.#broken += 1;
    if (badness <= this.#badness) return;
    this.#badness = badness;
    this.#worst = { address: contact.address, time: contact.time, value };
  }

  /** The most of something that there was. */
  atMost(value: number): void {
    if (this.#closest === null || value > this.#closest) this.#closest = value;
  }

  /** The least of something that there was. */
  atLeast(value: number): void {
    if (this.#closest === null || value < this.#closest) this.#closest = value;
  }

  finding(): MannersFinding {
    const verdict = this.#broken > 0 ? 'broken' : this.#checked > 0 ? 'kept' : 'idle';
    return {
      rule: this.#rule,
      verdict,
      checked: this.#checked,
      broken: this.#broken,
      unit: this.#unit,
      limit: this.#limit,
      closest: this.#closest,
      worst: this.#worst,
    };
  }
}
