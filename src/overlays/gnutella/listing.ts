import type { Address } from '../../core/address.ts';
import type { Claims, LinkClaim, PeerClaim, Role } from '../../core/claims.ts';
import { TRUNCATION_SUSPECT_CHARACTERS } from '../../core/limits.ts';
import { type AddressList, decodeAddressList, NO_ADDRESSES } from './wire/address-list.ts';
import { type Header, headerValue } from './wire/header-block.ts';
import { decodeDate, decodeFlag, plainName } from './wire/values.ts';

/** Whether the headers list neighbours at all: `Peers` or `Leaves`, even empty. */
export function listsNeighbours(headers: readonly Header[]): boolean {
  return headerValue(headers, 'peers') !== undefined || headerValue(headers, 'leaves') !== undefined;
}

/**
 * What the answer of a crawled peer says: about itself, its connections (`Peers`), the leaves registered with it
 * (`Leaves`), and addresses it passed on.
 *
 * @param complete whether the headers came to their end: only then does a missing `Leaves` mean a leaf.
 */
export function claimsOfListing(endpoint: Address, headers: readonly Header[], complete: boolean): Claims {
  const peersText = headerValue(headers, 'peers') ?? '';
  const leavesText = headerValue(headers, 'leaves');
  const peers = decodeAddressList(peersText, endpoint);
  const leaves = leavesText === undefined ? NO_ADDRESSES : decodeAddressList(leavesText, endpoint);
  const mentioned = mentionsIn(headers, endpoint);
  const truncated = peersText.length + (leavesText?.length ?? 0) > TRUNCATION_SUSPECT_CHARACTERS;

  // gtk-gnutella leaves `Leaves` out where `Peers` alone has used up its room: then nothing tells the role.
  const impliedRole = leavesText !== undefined ? 'superpeer' : complete && !truncated ? 'leaf' : undefined;
  return {
    peers: [respondent(endpoint, headers, impliedRole, truncated)],
    links: linksOf(endpoint, peers.addresses, leaves.addresses),
    mentions: mentioned.addresses,
    rejected: peers.rejected + leaves.rejected + mentioned.rejected,
  };
}

/** The links of a peer that lists its connections and the leaves registered with it. */
export function linksOf(
  endpoint: Address,
  peers: readonly Address[],
  leaves: readonly Address[],
): readonly LinkClaim[] {
  const links: LinkClaim[] = [];
  if (peers.length > 0) {
    links.push({ relation: 'connection', evidence: 'self-report', sources: [endpoint], targets: peers });
  }
  if (leaves.length > 0) {
    links.push({ relation: 'registration', evidence: 'self-report', sources: leaves, targets: [endpoint] });
  }
  return links;
}

/** What a refusal still says: who refused, and whom to try instead. Never a link. */
export function claimsOfRefusal(endpoint: Address, headers: readonly Header[]): Claims {
  const mentioned = mentionsIn(headers, endpoint);
  return {
    peers: [respondent(endpoint, headers, undefined, false)],
    links: [],
    mentions: mentioned.addresses,
    rejected: mentioned.rejected,
  };
}

function respondent(
  address: Address,
  headers: readonly Header[],
  impliedRole: Role | undefined,
  truncated: boolean,
): PeerClaim {
  const peer: { -readonly [Key in keyof PeerClaim]: PeerClaim[Key] } = { address };
  const ultrapeer = decodeFlag(headerValue(headers, 'x-ultrapeer'));
  const role = ultrapeer === undefined ? impliedRole : ultrapeer ? 'superpeer' : 'leaf';
  if (role !== undefined) peer.role = role;
  const agent = headerValue(headers, 'user-agent');
  if (agent !== undefined) peer.agent = plainName(agent);
  const liveSince = decodeDate(headerValue(headers, 'x-live-since') ?? '');
  if (liveSince !== undefined) peer.liveSince = liveSince;
  if (truncated) peer.truncated = true;
  return peer;
}

/** `X-Try-Hubs` and its like name peers of another overlay, Gnutella 2: they are left out. */
function mentionsIn(headers: readonly Header[], endpoint: Address): AddressList {
  const ultrapeers = headerValue(headers, 'x-try-ultrapeers');
  const any = headerValue(headers, 'x-try');
  if (ultrapeers === undefined && any === undefined) return NO_ADDRESSES;
  return decodeAddressList(`${ultrapeers ?? ''},${any ?? ''}`, endpoint);
}
