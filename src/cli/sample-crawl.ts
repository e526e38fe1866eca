import type { Address } from '../core/address.ts';
import { AddressBook } from '../core/address-book.ts';
import { createRandom } from '../core/random.ts';
import type { Transport, Visit } from '../core/visit.ts';
import { estimatesOf, type SampleEstimates } from '../crawl/sampling/estimates.ts';
import { questionOracle } from '../crawl/sampling/question-oracle.ts';
import { sampleOverlay, type Sample } from '../crawl/sampling/sample-overlay.ts';
import { visitsDuring } from '../crawl/sampling/sample-visits.ts';
import type { SampleMethod } from '../crawl/sampling/walk.ts';
import type { Overlay } from '../overlays/overlay.ts';

/** How to sample an overlay instead of asking everybody. */
export interface SamplePlan {
  readonly method: SampleMethod;
  /** Peers that may be contacted. */
  readonly contacts: number;
  readonly walks?: number | undefined;
  /** The share of the contacts that goes to leaves. */
  readonly leafShare?: number | undefined;
}

/** Walks over an overlay. */
export interface SampleWalks {
  readonly explore: (transport: Transport) => AsyncIterable<readonly Visit[]>;
  /** What they saw, when they have ended. */
  readonly result: () => { readonly sample: Sample; readonly estimates: SampleEstimates } | undefined;
}

export interface SamplingOptions extends Pick<Overlay, 'question' | 'followUp'> {
  readonly bootstrap: readonly Address[];
  readonly plan: SamplePlan;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** Prepares walks; they begin when somebody goes through their visits. */
export function sampling({
  question,
  followUp,
  bootstrap,
  plan,
  seed,
  signal,
}: SamplingOptions): SampleWalks {
  const random = createRandom(seed);
  const { method, contacts, walks, leafShare } = plan;
  let sample: Sample | undefined;
  return {
    explore: (transport) =>
      visitsDuring(async (onVisit) => {
        const book = new AddressBook();
        sample = await sampleOverlay({
          method,
          contacts,
          ...(walks === undefined ? {} : { walks }),
          ...(leafShare === undefined ? {} : { leafShare }),
          oracle: questionOracle({ question, followUp, transport, book, signal, onVisit }),
          bootstrap: [...book.addAll(bootstrap)],
          random: random.fork('sample'),
          signal,
        });
      }),
    result: () => sample && { sample, estimates: estimatesOf(sample, random.fork('estimates')) },
  };
}
