import { TRUNCATION_SUSPECT_CHARACTERS } from '../../../core/limits.ts';
import type { Status } from '../../../core/visit.ts';
import type { PartAddresses } from '../../explanation.ts';
import { listsNeighbours } from '../listing.ts';
import { acceptsCrawler, refusalOutcome } from '../status.ts';
import type { Greeting, Reply } from '../wire/handshake.ts';
import { type Header, type HeaderBlock, headerValue } from '../wire/header-block.ts';
import { shownText } from '../wire/text.ts';
import { decodeFlag } from '../wire/values.ts';
import { counted } from './counted.ts';
import type { PartContent } from './part.ts';

/** What block 1 wants. */
export function describeGreeting({ major, minor, headers }: Greeting): string {
  const role = decodeFlag(headerValue(headers, 'x-ultrapeer'));
  const as = role === undefined ? '' : role ? ' as a superpeer' : ' as a leaf';
  const asks =
    headerValue(headers, 'crawler') === undefined
      ? `wants to connect${as}`
      : 'a crawler, which asks for the neighbours';
  return `Greeting (block 1, Gnutella ${major}.${minor}): ${asks}${agentWords(headers)}`;
}

/** What block 2 or 3 says: the neighbours, yes or no. */
export function describeReply({ status, headers }: Reply, found: PartAddresses): string {
  const said = `${status.code} ${shownText(status.reason)}`.trim();
  if (acceptsCrawler(status) && listsNeighbours(headers)) {
    const connected = `connected to ${counted(found.peers.length, 'superpeer')}`;
    const hasLeaves = headerValue(headers, 'leaves') !== undefined;
    const leaves = hasLeaves ? ` and ${counted(found.leaves.length, 'leaf', 'leaves')}` : '';
    return `Answer to a crawler: ${said}; ${roleOf(headers)}, ${connected}${leaves}${agentWords(headers)}`;
  }
  const others = counted(found.mentions.length, 'other peer');
  const instead = found.mentions.length === 0 ? '' : `; names ${others} to try`;
  const by = acceptsCrawler(status) ? roleWords(headers) : '';
  return `Answer: ${said}, ${statusWords(status)}${by}${instead}${agentWords(headers)}`;
}

/** As in the crawl: what it says, else by its Leaves, which a long list of Peers may have left no room for. */
function roleOf(headers: readonly Header[]): string {
  const flag = decodeFlag(headerValue(headers, 'x-ultrapeer'));
  if (flag !== undefined) return flag ? 'a superpeer' : 'a leaf';
  if (headerValue(headers, 'leaves') !== undefined) return 'a superpeer';
  const characters = headerValue(headers, 'peers')?.length ?? 0;
  return characters > TRUNCATION_SUSPECT_CHARACTERS
    ? 'a list so long that it may be cut off'
    : 'a leaf, as it lists no Leaves';
}

export function describeOldReply(): string {
  return 'Answer of Gnutella 0.4: accepted; messages follow';
}

export function describeHttp(kind: PartContent['kind'], { firstLine, headers }: HeaderBlock): string {
  if (kind === 'http-request') return `HTTP request: ${shownText(firstLine)}${agentWords(headers)}`;
  const server = headerValue(headers, 'server');
  const from = server === undefined ? '' : `; ${shownText(server)}`;
  return `HTTP answer, no Gnutella handshake: ${shownText(firstLine)}${from}`;
}

/** A status code in words. */
export function statusWords(status: Status): string {
  if (status.code === 200) return 'accepted';
  if (status.code === 593) return 'the answer to a crawler';
  if (status.code === 204) return 'refused: a leaf that takes no more';
  switch (refusalOutcome(status)) {
    case 'busy':
      return 'refused: all its slots are taken';
    case 'rate-limited':
      return 'refused: asked too often';
    default:
      return 'refused';
  }
}

function roleWords(headers: readonly Header[]): string {
  const flag = decodeFlag(headerValue(headers, 'x-ultrapeer'));
  const role = flag === undefined ? '' : flag ? ' by a superpeer' : ' by a leaf';
  const isGnutella2 = /x-gnutella2/i.test(headerValue(headers, 'content-type') ?? '');
  return isGnutella2 ? `${role}, to speak Gnutella 2` : role;
}

function agentWords(headers: readonly Header[]): string {
  const agent = headerValue(headers, 'user-agent');
  return agent === undefined ? '' : `; runs ${shownText(agent)}`;
}
