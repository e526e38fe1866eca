import type { Address } from '../../core/address.ts';
import type { Carrier } from '../../core/visit.ts';
import type { ContactReason, LedgerWriter } from '../../snapshot/ledger.ts';
import type { Admission, ContactSchedule } from './contact-schedule.ts';
import { whyNotDial, type DialPolicy } from './dial-policy.ts';

/** The clocks of a crawl, and how to wait by them. */
export interface GateClock {
  /** Milliseconds since 1970; and of a clock that never jumps. */
  readonly now: () => number;
  readonly monotonic: () => number;
  /** Calls back after so many milliseconds, unless the result is called before. */
  readonly after: (milliseconds: number, callBack: () => void) => () => void;
}

/** The manners of a crawl, and its clocks. */
export interface SnapshotManners {
  readonly policy: DialPolicy;
  readonly schedule: ContactSchedule;
  readonly clock: GateClock;
  /** Whether contacts are real, and belong into the ledger; those in virtual time are none. */
  readonly isReal: boolean;
}

export interface ContactGateOptions extends Omit<SnapshotManners, 'isReal'> {
  /** Where every contact is written down before it is made. */
  readonly ledger?: LedgerWriter;
}

/** What every contact of a crawl goes through: when it may be made, and a line in the ledger before that. */
export class ContactGate {
  readonly #counts: Partial<Record<ContactReason, number>> = {};
  readonly #options: ContactGateOptions;

  readonly #start: number;
  readonly #startedAt: number;
  #opensAt = -Infinity;

  constructor(options: ContactGateOptions) {
    this.#options = options;
    this.#start = options.clock.monotonic();
    this.#startedAt = options.clock.now();
  }

  /**
   * Admits a contact, which is then noted, or says when to ask again. Whoever must not be dialled at all is let through
   * without a note: the transport refuses it, without a packet.
   */
  admit(address: Address, carrier: Carrier, reason: ContactReason): Admission {
    const { policy, schedule, ledger, clock } = this.#options;
    if (whyNotDial(policy, address) !== undefined) return { kind: 'now', source: undefined };
    const now = clock.monotonic();
    const admission = schedule.admit(address, carrier, now);
    if (admission.kind === 'later' && admission.limit === 'rate') this.#opensAt = admission.at;
    if (admission.kind === 'now') {
      this.#counts[reason] = (this.#counts[reason] ?? 0) + 1;
      // By the clock that admitted it: one that is set meanwhile would make gaps that there were not.
      const time = this.#startedAt + now - this.#start;
      ledger?.note({ time, address, carrier, source: admission.source, reason });
    }
    return admission;
  }

  /** Contacts that were admitted, by reason. */
  get counts(): Readonly<Partial<Record<ContactReason, number>>> {
    return this.#counts;
  }

  /** Until when all contacts together are too many, whoever they are with. */
  get opensAt(): number {
    return this.#opensAt;
  }

  /** The time by which it admits: milliseconds of a clock that never jumps. */
  get now(): number {
    return this.#options.clock.monotonic();
  }

  /** Brings what was noted into the ledger: before any of these contacts is made. */
  flush(): void {
    this.#options.ledger?.flush();
  }

  /** Calls back when it is time to ask again, unless the result is called before. */
  wait(at: number, callBack: () => void): () => void {
    const { monotonic, after } = this.#options.clock;
    return after(Math.max(0, at - monotonic()), callBack);
  }
}
