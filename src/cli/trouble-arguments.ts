import * as z from 'zod';
import { PeerscopeError } from '../core/errors.ts';
import { parseLatency } from '../simulate/latency.ts';
import { MAX_SYBIL_NETS } from '../simulate/loopback-addresses.ts';
import { parseSessionLaw, traceLaw, type SessionLaw } from '../simulate/session-law.ts';
import { parseSessionTrace } from '../simulate/session-trace.ts';
import {
  behaviourShares,
  LIES,
  NO_TROUBLE,
  type PersonalityWeight,
  type Trouble,
} from '../simulate/trouble.ts';
import { readArgumentFile } from './argument-file.ts';
import {
  commaList,
  kebabCase,
  listOf,
  parseArguments,
  realNumber,
  text,
  wholeNumber,
  type RawArguments,
} from './arguments.ts';

const share = realNumber(0, 1).optional();

const schema = z.object({
  churn: text.optional(),
  repair: realNumber(0.001, 86_400).optional(),
  silent: share,
  refusing: share,
  refusalCodes: commaList()
    .refine(
      (codes) => codes.every((code) => /^[2-5]\d\d$/.test(code)),
      'must be status codes such as 403,503',
    )
    .transform((codes) => codes.map(Number))
    .optional(),
  busy: share,
  stale: share,
  rateLimiting: share,
  slow: share,
  slowPace: realNumber(0.001, 60_000).optional(),
  resetting: share,
  truncating: share,
  truncateAt: wholeNumber(20, 8_160).optional(),
  vendors: wholeNumber(1, 100).optional(),
  hidden: share,
  firewalled: share,
  udpOnly: share,
  udp: z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })]).optional(),
  personalities: weights().optional(),
  unreachable: share,
  lying: share,
  lies: listOf(LIES, 'lie').optional(),
  fakes: wholeNumber(1, 100_000).optional(),
  sybilNets: wholeNumber(0, MAX_SYBIL_NETS).optional(),
  wrongClocks: share,
  clockJump: wholeNumber(-1_000_000_000, 1_000_000_000).optional(),
  delay: text.optional(),
});

/** `name:weight,name`; a weight of its own is 1. */
function weights(): z.ZodType<readonly PersonalityWeight[]> {
  return commaList()
    .refine(
      (parts) => parts.every((part) => /^[a-z0-9.-]+(:\d{1,6}(\.\d{1,6})?)?$/.test(part)),
      'must be names with weights such as gtk-gnutella:2,limewire:1',
    )
    .transform((parts) =>
      parts.map((part) => {
        const [name = '', weight = '1'] = part.split(':');
        return { name, weight: Number(weight) };
      }),
    )
    .refine((all) => all.some(({ weight }) => weight > 0), 'must have a weight above 0')
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'must name each one once');
}

/** The names of the switches, as the schema knows them. */
export const TROUBLE_OPTIONS: readonly string[] = Object.keys(schema.shape);

/** Switches that only say how another one works. */
const NEEDED = [
  ['repair', 'churn'],
  ['refusalCodes', 'refusing'],
  ['stale', 'busy'],
  ['slowPace', 'slow'],
  ['truncateAt', 'truncating'],
  ['lies', 'lying'],
  ['fakes', 'lying'],
] as const;

/** What shall go wrong. A PeerscopeError (usage) says which switch is impossible, before anything starts. */
export function troubleArguments(raw: RawArguments): { trouble: Trouble; sessionLaw?: SessionLaw } {
  const given = Object.entries(parseArguments(schema, raw)).filter(([, value]) => value !== undefined);
  for (const [option, needed] of NEEDED) {
    if (raw[option] === undefined || raw[needed] !== undefined) continue;
    throw new PeerscopeError('usage', `--${kebabCase(option)} has no effect without --${kebabCase(needed)}`);
  }
  const trouble: Trouble = { ...NO_TROUBLE, ...Object.fromEntries(given) };
  behaviourShares(trouble);
  if (trouble.delay !== undefined) parseLatency(trouble.delay);
  if (trouble.churn === undefined) return { trouble };
  return { trouble, sessionLaw: sessionLaw(trouble.churn) };
}

/** A trace is read here, since simulations read no files. */
function sessionLaw(name: string): SessionLaw {
  const file = /^trace:(.+)$/.exec(name)?.[1];
  if (file === undefined) return parseSessionLaw(name);
  const hint = 'A trace is a CSV file with the column minutes: one session length a line.';
  return traceLaw(name, parseSessionTrace(readArgumentFile('trace', file, hint), file));
}

/** A PeerscopeError (usage) where a switch is given and there is no simulated overlay that it could disturb. */
export function refuseTrouble(raw: RawArguments): void {
  const given = TROUBLE_OPTIONS.find((option) => raw[option] !== undefined);
  if (given === undefined) return;
  throw new PeerscopeError('usage', `--${kebabCase(given)} is for simulated overlays`, {
    hint: 'Use it together with --simulate MODEL.',
  });
}
