import { isLoopback, parseIp } from '../../core/ip-number.ts';
import { prefixText } from '../../core/ip-prefix.ts';
import { NO_PREFIXES, PrefixSet } from '../../core/prefix-set.ts';
import type { Manners, RecordedManners } from '../../snapshot/recorded-manners.ts';
import { COOL_DOWN, type ContactLimits } from './contact-limits.ts';
import type { ContactSource } from './contact-sources.ts';
import type { DialPolicy } from './dial-policy.ts';

/** How a crawl behaves: whom it may contact, how often, from where, and who answers for it. */
export interface CrawlManners {
  readonly policy: DialPolicy;
  readonly limits: ContactLimits;
  readonly sources: readonly ContactSource[];
  /** Where whoever was contacted can complain: a URL or a mail address; undefined where nobody else is contacted. */
  readonly contact: string | undefined;
}

/** A crawl of this machine alone: nobody is bothered, nothing has limits. */
export const LOOPBACK_MANNERS: CrawlManners = {
  policy: { scope: 'loopback', excluded: NO_PREFIXES },
  limits: { rate: undefined, rateOnLoopback: false, networkRate: undefined, coolDown: COOL_DOWN },
  sources: [],
  contact: undefined,
};

/** The same as plain data, for the snapshot. */
export function recordedManners({ policy, limits, sources, contact }: CrawlManners): RecordedManners {
  const { rate, rateOnLoopback, networkRate, coolDown } = limits;
  return {
    live: policy.scope === 'live',
    contact: contact ?? null,
    rate: rate ?? null,
    rateOnLoopback,
    networkRate: networkRate ?? null,
    coolDownSeconds: { tcp: coolDown.tcp / 1000, udp: coolDown.udp / 1000 },
    excluded: policy.excluded.prefixes.map(prefixText),
    excludedLater: [],
    allowNet: policy.scope === 'live' ? policy.allowNet.prefixes.map(prefixText) : [],
    sources: sources.map(({ text }) => text),
  };
}

/** The manners of a crawl that goes on. */
export function mannersOf(recorded: Manners): CrawlManners {
  const { live, contact, rate, rateOnLoopback, networkRate, coolDownSeconds, allowNet } = recorded;
  const later = recorded.excludedLater.flatMap(({ excluded }) => excluded.prefixes);
  const excluded = new PrefixSet([...recorded.excluded.prefixes, ...later]);
  return {
    policy: live ? { scope: 'live', excluded, allowNet } : { scope: 'loopback', excluded },
    limits: {
      rate: rate ?? undefined,
      rateOnLoopback,
      networkRate: networkRate ?? undefined,
      coolDown: { tcp: 1000 * coolDownSeconds.tcp, udp: 1000 * coolDownSeconds.udp },
    },
    sources: contactSources(recorded.sources),
    contact: contact ?? undefined,
  };
}

/** Source addresses as they were given; what is none is left out. */
export function contactSources(texts: readonly string[]): ContactSource[] {
  return texts.flatMap((text) => {
    const ip = parseIp(text);
    return ip === undefined ? [] : [{ text, ip }];
  });
}

/** Whether contacts from this address reach only this machine. */
export function isLoopbackSource({ ip }: ContactSource): boolean {
  return isLoopback(ip);
}
