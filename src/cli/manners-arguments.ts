import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import * as z from 'zod';
import { ipOf, isLoopbackIp, type Address } from '../core/address.ts';
import { PeerscopeError } from '../core/errors.ts';
import { parseIp } from '../core/ip-number.ts';
import type { PrefixSet } from '../core/prefix-set.ts';
import { urlOf } from '../core/url.ts';
import { readAllowedNets } from '../crawl/manners/allowed-nets.ts';
import { COOL_DOWN, LIVE_LIMITS, type ContactLimits } from '../crawl/manners/contact-limits.ts';
import { contactSources, type CrawlManners } from '../crawl/manners/crawl-manners.ts';
import { readExclusions } from '../crawl/manners/exclusion-list.ts';
import type { Rate } from '../crawl/manners/rate.ts';
import { flag, parseArguments, realNumber, text, type RawArguments } from './arguments.ts';

const schema = z.object({
  live: flag.default(false),
  contact: text.optional(),
  purpose: text.optional(),
  rate: realNumber(0.001, 1_000_000).optional(),
  exclude: z.array(text).default([]),
  allowNet: z.array(text).default([]),
  source: z.array(text).default([]),
  rawAddresses: flag.default(false),
});

/** The options that say how a crawl behaves. */
export const MANNERS_OPTIONS = Object.keys(schema.shape);

/** Manners, and what else the user says about addresses and reasons. */
export interface MannersArguments {
  readonly manners: CrawlManners;
  readonly purpose: string | undefined;
  /** Whether tables hold addresses as they are. */
  readonly rawAddresses: boolean;
}

/** Reads how a crawl shall behave. @throws {PeerscopeError} (usage, bad-input) that says what does not fit together. */
export function mannersArguments(raw: RawArguments): MannersArguments {
  const args = parseArguments(schema, raw);
  const { live, contact, purpose, rawAddresses } = args;
  if (live && contact === undefined) {
    throw new PeerscopeError('usage', 'a live crawl needs --contact: a URL or a mail address', {
      hint: 'Whoever is contacted reads it, and can ask to be left alone. ETHICS.md tells more.',
    });
  }
  if (contact !== undefined && !isReachable(contact)) {
    throw new PeerscopeError('usage', `--contact must be a URL or a mail address (it is "${contact}")`);
  }
  const forLive = ['contact', 'purpose', 'allowNet', 'rawAddresses'].find(
    (option) => raw[option] !== undefined && raw[option] !== false && !isEmpty(raw[option]),
  );
  if (!live && forLive !== undefined) {
    throw new PeerscopeError(
      'usage',
      `--${forLive.replace(/[A-Z]/, '-$&').toLowerCase()} is for live crawls`,
      {
        hint: 'A crawl leaves this machine only with --live.',
      },
    );
  }
  const excluded = exclusionsOf(args.exclude);
  const limits = live ? liveLimits(args.rate) : loopbackLimits(args.rate);
  return {
    manners: {
      policy: live
        ? { scope: 'live', excluded, allowNet: readAllowedNets(args.allowNet) }
        : { scope: 'loopback', excluded },
      limits,
      sources: contactSources(args.source.map(ownAddress)),
      contact,
    },
    purpose,
    rawAddresses: rawAddresses || !live,
  };
}

/** Who is to be left alone besides those whom the snapshot names, where a crawl is resumed. */
export function exclusionsIn(raw: RawArguments): PrefixSet {
  return exclusionsOf(parseArguments(schema, raw).exclude);
}

function exclusionsOf(files: readonly string[]): PrefixSet {
  return readExclusions(files.map((name) => ({ name, text: readList(name) }))).prefixes;
}

/** @throws {PeerscopeError} (network-refused) where a bootstrap peer is elsewhere, and the crawl is not live. */
export function refuseElsewhere(bootstrap: readonly Address[], { policy }: CrawlManners): void {
  const elsewhere = bootstrap.find((address) => !isLoopbackIp(ipOf(address)));
  if (elsewhere === undefined || policy.scope === 'live') return;
  throw new PeerscopeError('network-refused', `${elsewhere} is not on this machine`, {
    hint: 'A crawl contacts others only with --live and --contact URL-or-mail. Read ETHICS.md first.',
  });
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isReachable(contact: string): boolean {
  if (/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(contact)) return true;
  return /^(https?|mailto):/.test(contact) && urlOf(contact) !== undefined;
}

function liveLimits(perSecond: number | undefined): ContactLimits {
  return perSecond === undefined ? LIVE_LIMITS : { ...LIVE_LIMITS, rate: rateOf(perSecond) };
}

function loopbackLimits(perSecond: number | undefined): ContactLimits {
  return {
    rate: perSecond === undefined ? undefined : rateOf(perSecond),
    rateOnLoopback: perSecond !== undefined,
    networkRate: undefined,
    coolDown: COOL_DOWN,
  };
}

/** As many at once as fall into half a second: what evens out the timers of the machine. */
function rateOf(perSecond: number): Rate {
  return { perSecond, burst: Math.max(1, Math.round(perSecond / 2)) };
}

function readList(name: string): string {
  try {
    return readFileSync(name, 'utf8');
  } catch (error) {
    throw new PeerscopeError(
      'bad-input',
      `the exclusions ${name} cannot be read: nobody is contacted without them`,
      {
        cause: error,
      },
    );
  }
}

/** An address of this machine: from another one nothing can be sent. */
function ownAddress(given: string): string {
  const ip = parseIp(given);
  const own = Object.values(networkInterfaces()).flatMap(
    (cards) => cards?.map(({ address }) => address) ?? [],
  );
  if (ip !== undefined && (isLoopbackIp(given) || own.some((address) => parseIp(address) === ip)))
    return given;
  throw new PeerscopeError('usage', `--source ${given} is no IP address of this machine`, {
    hint: `Those are ${own.join(', ')}.`,
  });
}
