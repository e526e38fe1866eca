import type { Outcome } from '../../core/outcome.ts';
import type { Status } from '../../core/visit.ts';

/**
 * Whether a peer that sends this status may list its neighbours: 200 from gtk-gnutella, 593 from the LimeWire family.
 * Every other code is a refusal, the 204 of a shielded leaf too.
 */
export function acceptsCrawler(status: Status): boolean {
  return status.code === 200 || status.code === 593;
}

/**
 * What it means where no neighbours came with it. A 200 alone accepts an ordinary connection, which is not what was
 * asked: the crawl was refused. Codes and reasons: docs/gnutella.md.
 */
export function refusalOutcome(status: Status): Outcome {
  const reason = status.reason.toLowerCase();
  switch (status.code) {
    case 429:
    case 550: // gtk-gnutella before 2020
      return 'rate-limited';
    case 403:
      return reason.startsWith('too frequent') ? 'rate-limited' : 'refused';
    case 503:
      return NOT_ABOUT_SLOTS.has(reason) ? 'refused' : 'busy';
    default:
      return 'refused';
  }
}

/** Reasons that come with 503 although no slot would help. */
const NOT_ABOUT_SLOTS: ReadonlySet<string> = new Set([
  'servent shutdown',
  'i am a shielded leaf node',
  'shielded leaf node',
  'need an ultrapeer',
  'ultrapeer disabled',
  'i have leaves',
  'g2 required',
  'wrong protocol',
]);
