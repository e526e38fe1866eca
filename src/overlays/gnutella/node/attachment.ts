import type { Address } from '../../../core/address.ts';
import { electsItself, SUPERPEERS_OF_LEAF } from './election.ts';
import { MAX_DIALS } from './limits.ts';
import type { NodeCore } from './node-core.ts';
import { DEFAULT_WANTS } from './node-options.ts';
import type { Pings } from './pings.ts';

/** Milliseconds before a given neighbour that can not be had is dialled again. */
const REDIAL_AFTER = 5_000;

/** Milliseconds that a node looks for a superpeer before it makes itself one: drawn between these, so that not all do at once. */
const LEAST_PATIENCE = 10_000;
const MOST_PATIENCE = 20_000;

/** Whom a node dials next, and when it makes itself a superpeer. */
export class Attachment {
  readonly #core: NodeCore;
  readonly #pings: Pings;
  readonly #redialAt = new Map<Address, number>();
  readonly #patience: number;
  /** Since when it has had no superpeer. */
  #aloneSince: number;

  constructor(core: NodeCore, pings: Pings) {
    this.#core = core;
    this.#pings = pings;
    this.#aloneSince = core.now;
    this.#patience = LEAST_PATIENCE + core.random.int(MOST_PATIENCE - LEAST_PATIENCE);
  }

  /**
   * Whom to dial now.
   * @param dialling those that are being dialled.
   */
  seek(dialling: ReadonlySet<Address>): readonly Address[] {
    const { plan } = this.#core.options;
    return plan.kind === 'given' ? this.#seekGiven(plan.dials, dialling) : this.#seekAny(dialling);
  }

  /** A self-organised node that has nobody to lean on may have to be a superpeer itself. */
  electIfAlone(isDialling: boolean): void {
    const { options, now, links, hosts, fitness } = this.#core;
    if (options.plan.kind === 'given' || this.#core.role === 'superpeer') return;
    if (links.size > 0) {
      this.#aloneSince = now;
      return;
    }
    const knowsNobody = hosts.size === 0 && !isDialling;
    const search = { aloneFor: now - this.#aloneSince, patience: this.#patience, knowsNobody };
    if (electsItself(fitness, search)) this.#core.become('superpeer');
  }

  #seekGiven(dials: readonly Address[], dialling: ReadonlySet<Address>): readonly Address[] {
    const { now, links } = this.#core;
    const found: Address[] = [];
    for (const address of dials) {
      if (dialling.size + found.length >= MAX_DIALS) break;
      if (dialling.has(address) || (this.#redialAt.get(address) ?? 0) > now) continue;
      if (links.at(address) !== undefined) continue;
      this.#redialAt.set(address, now + REDIAL_AFTER);
      found.push(address);
    }
    return found;
  }

  #seekAny(dialling: ReadonlySet<Address>): readonly Address[] {
    const { now, links, hosts, options, random, role } = this.#core;
    const { superpeers } = options.wants ?? DEFAULT_WANTS;
    const wanted = role === 'superpeer' ? superpeers : SUPERPEERS_OF_LEAF;
    const neighbours = links.superpeers();
    const missing = Math.min(wanted - neighbours.length, MAX_DIALS) - dialling.size;
    const found: Address[] = [];
    const isExcluded = (address: Address): boolean =>
      dialling.has(address) || links.at(address) !== undefined;
    while (found.length < missing) {
      const address = hosts.take(now, random, isExcluded);
      if (address === undefined) break;
      found.push(address);
    }
    const adviser = neighbours[neighbours.length > 1 ? random.int(neighbours.length) : 0];
    if (found.length < missing && adviser !== undefined) this.#pings.askForOthers(adviser);
    return found;
  }
}
