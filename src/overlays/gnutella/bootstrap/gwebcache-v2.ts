import { plainName } from '../wire/values.ts';
import { AnswerCollector, type CacheAnswer, type CachedHost, decodeCount } from './cache-answer.ts';
import { MAX_CLUSTER_CHARACTERS } from './limits.ts';

/** Whether a line has the form of version 2: a letter or digit, then a bar. */
export function isV2Line(line: string): boolean {
  return /^[A-Za-z0-9]\|/.test(line);
}

/**
 * Reads the lines of a version 2 answer (Dämpfling, version 1.9.4, step 3; the columns after cluster: docs/gnutella.md):
 * `H|ip:port|age|cluster|leaves|vendor|uptime`, `U|url|age`, and `I|…` for all else. Lines with other letters are
 * passed over, as it demands; some caches write the letters small.
 */
export function decodeV2Lines(lines: readonly string[]): AnswerCollector {
  const collector = new AnswerCollector();
  for (const line of lines) {
    if (isV2Line(line)) decodeFields(line.split('|', MAX_FIELDS), collector);
    else collector.reject();
  }
  return collector;
}

/** Fields read of a line; a host has seven with its letter. */
const MAX_FIELDS = 12;

function decodeFields(fields: readonly string[], collector: AnswerCollector): void {
  const [letter, first = ''] = fields.map((field) => field.trim());
  switch (letter?.toUpperCase()) {
    case 'H':
      collector.addHost(first, hostFacts(fields));
      break;
    case 'U':
      collector.addUrl(first, ageOf(fields));
      break;
    case 'I':
      decodeInformation(first.toLowerCase(), fields.slice(2), collector);
      break;
    default:
      collector.recognise();
  }
}

function hostFacts(fields: readonly string[]): Omit<CachedHost, 'address'> {
  const [, , , cluster = '', leavesText, vendor = '', uptimeText] = fields.map((field) => field.trim());
  const leaves = decodeCount(leavesText);
  const uptime = decodeCount(uptimeText);
  const keywords = plainCluster(cluster);
  return {
    ...ageOf(fields),
    ...(keywords === '' ? {} : { cluster: keywords }),
    ...(leaves === undefined ? {} : { leaves }),
    ...(vendor === '' ? {} : { vendor: plainName(vendor) }),
    ...(uptime === undefined ? {} : { uptime }),
  };
}

function ageOf(fields: readonly string[]): { readonly age?: number } {
  const age = decodeCount(fields[2]?.trim());
  return age === undefined ? {} : { age };
}

function decodeInformation(what: string, rest: readonly string[], collector: AnswerCollector): void {
  const [first = '', second = ''] = rest.map((field) => field.trim());
  switch (what) {
    case 'pong':
      collector.setPong(first, networksOf(second));
      break;
    case 'update':
      decodeUpdate(rest, collector);
      break;
    case 'warning':
      collector.addWarning(first);
      break;
    case 'net-not-supported':
      collector.refuseNetwork();
      break;
    default:
      collector.recognise();
  }
}

/** `OK`, `OK|WARNING|text`, `WARNING|text`. */
function decodeUpdate(rest: readonly string[], collector: AnswerCollector): void {
  const fields = rest.map((field) => field.trim());
  const isOk = fields[0]?.toUpperCase() === 'OK';
  const text = (isOk ? fields.slice(1) : fields)
    .filter((field) => field.toUpperCase() !== 'WARNING')
    .join(' ');
  collector.setUpdate(isOk ? 'ok' : 'warning');
  if (text.trim() !== '') collector.addWarning(text.trim());
}

/** `gnutella-gnutella2`. */
function networksOf(text: string): readonly string[] {
  const names = text.toLowerCase().split('-', MAX_NETWORKS);
  return names.map((name) => name.replace(/[^a-z0-9._]/g, '')).filter((name) => name !== '');
}

/** Networks read of a pong; there are two that matter. */
const MAX_NETWORKS = 8;

/** The keywords of a cluster, all other characters stripped, as the specification says. */
export function plainCluster(text: string): string {
  return text.replace(/[^A-Za-z0-9.\-_:,]/g, '').slice(0, MAX_CLUSTER_CHARACTERS);
}

/** The same as text, never empty: where there is nothing to say it says so, as the specification demands. */
export function encodeV2Answer(answer: CacheAnswer): string {
  const { pong } = answer;
  const lines = [
    ...(pong === undefined ? [] : [lineOf('I', 'pong', plainField(pong.name), pong.networks.join('-'))]),
    ...(answer.unsupportedNetwork ? ['I|net-not-supported'] : []),
    ...(answer.update === 'ok' ? ['I|update|OK'] : []),
    ...(answer.update === 'warning' && answer.warnings.length === 0 ? ['I|update|WARNING'] : []),
    ...answer.warnings.map((warning) => warningLine(warning, answer.update)),
    ...answer.hosts.map(hostLine),
    ...answer.urls.map((known) => lineOf('U', known.url, countText(known.age))),
  ];
  return (lines.length === 0 ? ['I|nothing'] : lines).map((line) => `${line}\n`).join('');
}

function warningLine(warning: string, update: CacheAnswer['update']): string {
  const text = plainField(warning);
  return update === undefined ? lineOf('I', 'WARNING', text) : lineOf('I', 'update', 'WARNING', text);
}

function hostLine(host: CachedHost): string {
  const cluster = plainCluster(host.cluster ?? '');
  const vendor = plainField(host.vendor ?? '');
  const { address, age, leaves, uptime } = host;
  return lineOf('H', address, countText(age), cluster, countText(leaves), vendor, countText(uptime));
}

function countText(count: number | undefined): string {
  return count === undefined ? '' : `${count}`;
}

/** A bar would begin the next field. */
function plainField(text: string): string {
  return plainName(text).replaceAll('|', '?');
}

/** Empty fields at the end are left out. */
function lineOf(...fields: readonly string[]): string {
  return fields.slice(0, fields.findLastIndex((field) => field !== '') + 1).join('|');
}
