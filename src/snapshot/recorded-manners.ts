import * as z from 'zod';
import { PeerscopeError } from '../core/errors.ts';
import { parsePrefix } from '../core/ip-prefix.ts';
import { PrefixSet } from '../core/prefix-set.ts';

const rate = z.object({ perSecond: z.number().positive(), burst: z.number().min(1) });
const prefixes = z.array(z.string());

/** The manners that a crawl promised to keep, as they stand in its manifest: plain data. */
const schema = z.object({
  /** Whether it might leave this machine. */
  live: z.boolean(),
  /** Where whoever was contacted can complain: a URL or a mail address. */
  contact: z.string().nullable(),
  /** Contacts of all kinds together; null for no limit. */
  rate: rate.nullable(),
  /** Whether that held for loopback too. */
  rateOnLoopback: z.boolean(),
  /** Contacts to one /24 of IPv4 or /64 of IPv6. */
  networkRate: rate.nullable(),
  /** Seconds between two contacts to one host by the same carrier. */
  coolDownSeconds: z.object({ tcp: z.number().nonnegative(), udp: z.number().nonnegative() }),
  excluded: prefixes,
  /** Who asked to be left alone while the crawl was cut off, and from when on they were. */
  excludedLater: z.array(z.object({ since: z.string(), excluded: prefixes })).default([]),
  allowNet: prefixes,
  /** IP addresses that contacts were made from; none where the system chose. */
  sources: z.array(z.string()),
});

export type RecordedManners = z.infer<typeof schema>;

/** The same, with its prefixes to look addresses up in. */
export interface Manners extends Omit<RecordedManners, 'excluded' | 'excludedLater' | 'allowNet'> {
  readonly excluded: PrefixSet;
  /** `since` in milliseconds since 1970. */
  readonly excludedLater: readonly { readonly since: number; readonly excluded: PrefixSet }[];
  readonly allowNet: PrefixSet;
}

/** Reads what a crawl promised, as plain data; a PeerscopeError (bad-input) says what is wrong with it. */
export function readPromises(recorded: unknown, name: string): RecordedManners {
  const parsed = schema.safeParse(recorded);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const what =
      recorded === undefined
        ? 'are missing'
        : `are not whole: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
    throw new PeerscopeError('bad-input', `${name}: the manners of the crawl ${what}`);
  }
  return parsed.data;
}

/** The same, ready to look addresses up in. */
export function readManners(recorded: unknown, name: string): Manners {
  const promises = readPromises(recorded, name);
  const set = (texts: readonly string[]): PrefixSet =>
    new PrefixSet(
      texts.map((text) => {
        const prefix = parsePrefix(text);
        if (!('error' in prefix)) return prefix;
        throw new PeerscopeError('bad-input', `${name}: "${text}" ${prefix.error}`);
      }),
    );
  return {
    ...promises,
    excluded: set(promises.excluded),
    excludedLater: promises.excludedLater.map(({ since, excluded }) => ({
      since: Date.parse(since),
      excluded: set(excluded),
    })),
    allowNet: set(promises.allowNet),
  };
}
