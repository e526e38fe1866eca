import { harmless } from '../charts/terminal-text.ts';
import { CONTACT_REASONS, type ContactReason } from '../snapshot/ledger.ts';
import type { RecordedManners } from '../snapshot/recorded-manners.ts';
import { formatNumber } from './format-number.ts';

/** What is to be said about one crawl. */
export interface EthicsValues {
  /** Name and version of the program. */
  readonly tool: string;
  /** The overlay that was crawled. */
  readonly overlay: string;
  /** What the user says that it is for; undefined where they said nothing. */
  readonly purpose: string | undefined;
  readonly startedAt: string;
  /** Null as long as it runs, or where it was killed. */
  readonly endedAt: string | null;
  readonly state: 'complete' | 'incomplete';
  readonly manners: RecordedManners;
  /** Contacts, by reason, so far. */
  readonly contacts: Readonly<Partial<Record<ContactReason, number>>>;
  /** Endpoints that were learned and not contacted, because something forbade it. */
  readonly excludedEndpoints: number;
  /** How addresses stand in tables and reports: as they are, or as pseudonyms of the key with this name. */
  readonly pseudonyms: { readonly key: string } | undefined;
}

/** The page about manners that stands in each snapshot, `ETHICS.md`: who did what to whom, and what they can do about it. Markdown. */
export function ethicsPage(values: EthicsValues): string {
  const paragraphs = [
    '# What this crawl did, and to whom',
    summary(values),
    '## Purpose',
    inline(values.purpose) ?? 'Whoever started the crawl gave no purpose.',
    '## To complain, or to be left alone',
    complaint(values.manners),
    '## What it kept to',
    bullets(limits(values.manners)),
    '## Contacts',
    contacts(values),
    '## What is recorded',
    bullets(records(values)),
    '## To check all this',
    'Every contact was written into `visits/contacts.csv` before its first packet left: time, address, carrier, source, reason. ' +
      '`peerscope audit-manners DIR` holds that ledger against the limits above.',
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function summary({ tool, overlay, state, startedAt, endedAt, manners }: EthicsValues): string {
  const where = manners.live ? 'over the network' : 'on the loopback addresses of one machine only';
  const end = endedAt === null ? 'it has not ended' : `ended ${endedAt}`;
  return `${tool} crawled ${overlay} ${where}. Started ${startedAt}; ${end}. The snapshot is ${state}.`;
}

function complaint({ live, contact, sources }: RecordedManners): string {
  if (!live) return 'Nobody but the machine itself was contacted.';
  const from = sources.length === 0 ? '' : ` Contacts come from ${sources.join(', ')}.`;
  return (
    `Write to ${inline(contact ?? undefined) ?? 'nobody: no contact was given'}. Connections say so too, in their User-Agent; datagrams have no room for it.${from} ` +
    'Name the addresses or nets that are yours: on the list of exclusions they are left alone from then on, also where a crawl is resumed.'
  );
}

function limits({ live, ...manners }: RecordedManners): string[] {
  const { rate, networkRate, coolDownSeconds } = manners;
  if (!live) {
    return [
      'No packet to any address beyond loopback.',
      ...(rate === null || !manners.rateOnLoopback ? [] : [`At most ${rateText(rate)}.`]),
    ];
  }
  return [
    rate === null
      ? 'No limit for all contacts together.'
      : `All contacts together: at most ${rateText(rate)}.`,
    networkRate === null
      ? 'No limit for a single network.'
      : `To one network (a /24 of IPv4, a /64 of IPv6): at most ${rateText(networkRate)}.`,
    `To one host (IP address): at least ${formatNumber(coolDownSeconds.tcp)} s between two connections, and ${formatNumber(coolDownSeconds.udp)} s between two datagrams.`,
    manners.excluded.length === 0
      ? 'Excluded: nobody has asked for it.'
      : `Excluded: ${formatNumber(manners.excluded.length)} addresses and nets. They were not contacted.`,
    'Not contacted: private, reserved and multicast addresses (IANA special-purpose registries, RFC 6890)' +
      (manners.allowNet.length === 0 ? '.' : `, but for ${manners.allowNet.join(', ')}, a laboratory's own.`),
    'A connection is closed as soon as the answer is there.',
  ];
}

function contacts({ contacts, excludedEndpoints }: EthicsValues): string {
  const rows = CONTACT_REASONS.flatMap((reason) => {
    const count = contacts[reason] ?? 0;
    return count === 0 ? [] : [`| ${reason} | ${formatNumber(count)} |`];
  });
  const left = `${formatNumber(excludedEndpoints)} endpoints were learned and not contacted, because a rule above forbade it.`;
  if (rows.length === 0) return `None. ${left}`;
  return `| reason | contacts |\n|---|---:|\n${rows.join('\n')}\n\n${left}`;
}

function records({ manners, pseudonyms }: EthicsValues): string[] {
  return [
    'Of each peer that was contacted: its address, when, how it ended, and what it said: its program, its role, since when it is up, and the addresses of its neighbours.',
    'No file names, no searches, nothing of what people share or look for.',
    '`visits/` holds addresses as they are; only its owner can read it. Do not publish it.',
    pseudonyms === undefined
      ? manners.live
        ? 'Tables and reports hold addresses as they are, because the user asked for it. Do not publish them either.'
        : 'Tables and reports hold addresses as they are: loopback addresses are nobody’s.'
      : `Tables and reports hold pseudonyms of addresses (key ${pseudonyms.key}): the same key gives the same ones, and neighbouring addresses ` +
        'have neighbouring pseudonyms. Whoever has the key, or knows some of the addresses behind them, can undo some or all of it.',
  ];
}

function rateText({ perSecond, burst }: { readonly perSecond: number; readonly burst: number }): string {
  return `${formatNumber(perSecond)} a second, ${formatNumber(burst)} at once`;
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

/** What a user typed, as text in one line and no markup. */
function inline(text: string | undefined): string | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  return harmless(text.replace(/\s+/g, ' ').trim()).replace(/[\\`*_[\]<>#|]/g, (mark) => `\\${mark}`);
}
