import type { Role } from '../../../core/claims.ts';
import type { Reaction, Session } from '../../overlay.ts';
import type { Terms } from '../servent/descriptor-session.ts';
import type { Reason } from '../servent/manners.ts';
import { type Agreed, GnutellaSession } from '../servent/session.ts';
import { type Header, headerValue } from '../wire/header-block.ts';
import { decodeFlag, plainName } from '../wire/values.ts';
import { Incoming } from './incoming.ts';
import type { LinkStart } from './link.ts';
import type { NodeCore } from './node-core.ts';
import { announcedAddress } from './whereabouts.ts';

/** What a caller and the servent have agreed on: the connection stands from now on. */
export interface Agreement {
  readonly start: Omit<LinkStart, 'connection'>;
  /** What came after the handshake. */
  readonly remainder: Uint8Array;
}

/** What to do next; with an agreement once there is one. */
export type CallerReaction = Reaction & { readonly agreement?: Agreement };

/**
 * A connection that somebody else began, from its first byte until it is a link, or over. Each turn of the other side has
 * one deadline, however many pieces it comes in: the first byte, the rest of block 1 or of a request, and block 3.
 */
export class Caller {
  readonly remoteIp: string;
  readonly #core: NodeCore;
  readonly #session: Session;
  #patience: number;
  #deadline: number;
  #hasSpoken = false;
  #agreement: Agreement | undefined;

  /** @param refusal why one that says this of itself is refused although there would be room for it. */
  constructor(core: NodeCore, remoteIp: string, refusal: (asked: readonly Header[]) => Reason | undefined) {
    const { state, personality, library } = core;
    this.#core = core;
    this.remoteIp = remoteIp;
    const servent = {
      state,
      personality,
      now: () => core.now,
      limits: undefined,
      refusal,
      connect: (terms: Terms, agreed: Agreed) => ({
        begin: (remainder: Uint8Array): Reaction => {
          this.#agreement = { start: this.#startOf(terms, agreed), remainder };
          return {};
        },
        receive: (): Reaction => ({}),
      }),
    };
    this.#session = new Incoming(library, new GnutellaSession(servent, remoteIp));
    this.#patience = this.#session.patience;
    this.#deadline = core.now + this.#patience;
  }

  /** When it is given up, milliseconds since 1970. */
  get deadline(): number {
    return this.#deadline;
  }

  /** Whether a byte has come. */
  get hasSpoken(): boolean {
    return this.#hasSpoken;
  }

  receive(bytes: Uint8Array): CallerReaction {
    this.#hasSpoken = true;
    const reaction = this.#session.receive(bytes);
    const { patience } = this.#session;
    // An answer makes it the other side's turn; else only another phase gives it more time, not another piece.
    if (patience !== this.#patience || reaction.send !== undefined) {
      this.#patience = patience;
      this.#deadline = this.#core.now + patience;
    }
    return this.#agreement === undefined ? reaction : { ...reaction, agreement: this.#agreement };
  }

  #startOf(terms: Terms, agreed: Agreed): Omit<LinkStart, 'connection'> {
    const agent = headerValue(agreed.asked, 'user-agent');
    return {
      terms,
      role: this.#roleOf(agreed),
      address: announcedAddress(agreed.asked),
      agent: agent === undefined ? undefined : plainName(agent),
      isDialled: false,
      isOld: this.#core.personality.isOld,
      since: this.#core.now,
    };
  }

  #roleOf({ asked, confirmed }: Agreed): Role {
    if (this.#core.personality.isOld) return 'superpeer';
    const said = headerValue(confirmed, 'x-ultrapeer') ?? headerValue(asked, 'x-ultrapeer');
    return decodeFlag(said) === true ? 'superpeer' : 'leaf';
  }
}
