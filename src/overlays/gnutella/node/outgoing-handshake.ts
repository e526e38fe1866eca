import { type Address, ipOf } from '../../../core/address.ts';
import type { Role } from '../../../core/claims.ts';
import { EMPTY } from '../../../core/byte-reader.ts';
import type { Status } from '../../../core/visit.ts';
import { OrdinaryHandshake, type Verdict } from '../ordinary-handshake.ts';
import type { Terms } from '../servent/descriptor-session.ts';
import type { Self } from '../servent/pongs.ts';
import { serventGuid } from '../servent/servent-guid.ts';
import { namesDeflate } from '../servent/session.ts';
import { decodeAddressList } from '../wire/address-list.ts';
import { guidText } from '../wire/guid.ts';
import { encodeGreeting, encodeReply } from '../wire/handshake.ts';
import { type Header, headerValue } from '../wire/header-block.ts';
import { decodeFlag, encodeDate, plainName } from '../wire/values.ts';

/** What the other side agreed to. */
export interface Accepted {
  readonly kind: 'accepted';
  readonly isOld: boolean;
  readonly role: Role;
  readonly agent: string | undefined;
  /** What it advises: to be a superpeer, or to become its leaf. */
  readonly needed: boolean | undefined;
  readonly headers: readonly Header[];
  /** What came after its block. */
  readonly remainder: Uint8Array;
}

/** How a handshake that was begun here went; others to try are named in either case. */
export type Outcome = { readonly mentions: readonly Address[] } & (Accepted | { readonly kind: 'refused' });

/**
 * The initiator's side of an ordinary handshake: block 1 as a superpeer or as a leaf, then the verdict. The third block is
 * `confirmation`, once it is decided what we are.
 */
export class OutgoingHandshake {
  readonly opening: Uint8Array;
  readonly #handshake: OrdinaryHandshake;

  /** @param announced what we say we are; whoever could be a superpeer says it is one. */
  constructor(self: Self, to: Address, announced: Role, deflates: boolean) {
    this.opening = self.personality.isOld ? OLD_GREETING : greeting(self, to, announced, deflates);
    this.#handshake = new OrdinaryHandshake(to);
  }

  /** Takes the next bytes; the outcome once there is one. */
  push(bytes: Uint8Array): Outcome | undefined {
    const verdict = this.#handshake.push(bytes);
    if (verdict === undefined) return undefined;
    if (verdict.kind === 'ended') return { kind: 'refused', mentions: verdict.answer.claims.mentions };
    return accepted(verdict);
  }
}

/** Block 3: yes; and as what, where that is not what block 1 said. In 0.4 there is none. */
export function confirmation(
  { isOld, headers }: Accepted,
  role: Role,
  deflates: boolean,
): { readonly bytes: Uint8Array; readonly deflates: boolean } {
  if (isOld) return { bytes: EMPTY, deflates: false };
  const deflated = deflates && namesDeflate(headers, 'accept-encoding');
  const encoding = deflated ? [{ name: 'Content-Encoding', value: 'deflate' }] : [];
  const bytes = encodeReply({
    status: { code: 200, reason: 'OK' },
    headers: [roleHeader(role), ...encoding],
  });
  return { bytes, deflates: deflated };
}

/** Block 3 that says no. In 0.4 there is none. */
export function rejection({ isOld }: Accepted, status: Status): Uint8Array {
  return isOld ? EMPTY : encodeReply({ status, headers: [] });
}

/** What both sides speak from then on. */
export function termsOf({ isOld, headers }: Accepted, to: Address, deflates: boolean): Terms {
  return {
    remoteIp: ipOf(to),
    deflates,
    inflates: namesDeflate(headers, 'content-encoding'),
    vendorMessages: headerValue(headers, 'vendor-message') !== undefined,
    bye: !isOld && headerValue(headers, 'bye-packet') !== undefined,
  };
}

const OLD_GREETING = Buffer.from('GNUTELLA CONNECT/0.4\n\n', 'latin1');

function roleHeader(role: Role): Header {
  return { name: 'X-Ultrapeer', value: role === 'superpeer' ? 'True' : 'False' };
}

/** gtk-gnutella says `Node` where others say `Listen-IP` (docs/gnutella.md). */
function greeting({ state, personality }: Self, to: Address, announced: Role, deflates: boolean): Uint8Array {
  const { address } = state;
  const isGtk = personality.vendor?.code === 'GTKG';
  return encodeGreeting([
    { name: 'User-Agent', value: plainName(state.agent) },
    ...(address === undefined ? [] : [{ name: isGtk ? 'Node' : 'Listen-IP', value: address }]),
    { name: 'Remote-IP', value: ipOf(to) },
    { name: 'Pong-Caching', value: '0.1' },
    { name: 'Bye-Packet', value: '0.1' },
    { name: 'GGEP', value: '0.5' },
    ...(isGtk ? [{ name: 'GUID', value: guidText(serventGuid(state)) }] : []),
    { name: 'Vendor-Message', value: personality.datagrams ? '0.2' : '0.1' },
    roleHeader(announced),
    ...(deflates ? [{ name: 'Accept-Encoding', value: 'deflate' }] : []),
    { name: 'X-Query-Routing', value: '0.1' },
    { name: 'X-Max-TTL', value: '4' },
    { name: 'X-Live-Since', value: encodeDate(state.startedAt) },
  ]);
}

function accepted({ version, headers, remainder }: Verdict & { kind: 'accepted' }): Outcome {
  const isSuperpeer = decodeFlag(headerValue(headers, 'x-ultrapeer')) !== false;
  const agent = headerValue(headers, 'user-agent');
  return {
    kind: 'accepted',
    isOld: version === '0.4',
    role: isSuperpeer ? 'superpeer' : 'leaf',
    agent: agent === undefined ? undefined : plainName(agent),
    needed: decodeFlag(headerValue(headers, 'x-ultrapeer-needed')),
    headers,
    remainder,
    mentions: decodeAddressList(headerValue(headers, 'x-try-ultrapeers') ?? '').addresses,
  };
}
