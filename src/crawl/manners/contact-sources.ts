import { isLoopback, type IpNumber } from '../../core/ip-number.ts';

/** An address of this machine that contacts can be made from. */
export interface ContactSource {
  readonly text: string;
  readonly ip: IpNumber;
}

/** Source addresses that take turns: each kind of endpoint has those that can reach it. O(1). */
export class ContactSources {
  readonly #rings = new Map<Kind, { readonly texts: string[]; next: number }>();

  constructor(sources: Iterable<ContactSource>) {
    for (const { text, ip } of sources) {
      const kind = kindOf(ip);
      const ring = this.#rings.get(kind) ?? { texts: [], next: 0 };
      ring.texts.push(text);
      this.#rings.set(kind, ring);
    }
  }

  /** Whose turn it is for this endpoint; undefined where none can reach it, and the system chooses. */
  take(ip: IpNumber): string | undefined {
    const ring = this.#rings.get(kindOf(ip));
    if (ring === undefined) return undefined;
    const text = ring.texts[ring.next];
    ring.next = (ring.next + 1) % ring.texts.length;
    return text;
  }
}

/** From loopback only loopback can be reached, and from one family of addresses only the same one. */
type Kind = 'loopback-ipv4' | 'loopback-ipv6' | 'ipv4' | 'ipv6';

function kindOf(ip: IpNumber): Kind {
  const family = typeof ip === 'number' ? 'ipv4' : 'ipv6';
  return isLoopback(ip) ? `loopback-${family}` : family;
}
