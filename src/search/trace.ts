/**
 * Who has heard one request, and from whom: the GUIDs and back routes that all peers keep of it. One trace serves many
 * requests, one after the other. 12 bytes a peer.
 */
export class Trace {
  /** Those that have heard it, the source first, in the order in which they did; `count` of them. */
  readonly order: Uint32Array;
  count = 0;
  /** By peer: from whom it came first, and so where answers go. */
  readonly senders: Uint32Array;
  /** By peer: the number of the last request that it has heard. */
  readonly heard: Uint32Array;
  /** By hop, from 0: copies that were sent, and peers that heard it for the first time. */
  readonly messagesAt: number[] = [];
  readonly reachedAt: number[] = [];
  /** The number of this request. */
  request = 0;

  constructor(size: number) {
    this.order = new Uint32Array(size);
    this.senders = new Uint32Array(size);
    this.heard = new Uint32Array(size);
  }

  /** Forgets the last request; the source has heard the new one. O(1), but for once in 2^32 - 1 requests. */
  begin(source: number): void {
    if (this.request === 0xffff_ffff) {
      this.heard.fill(0);
      this.request = 0;
    }
    this.request += 1;
    this.messagesAt.length = 0;
    this.reachedAt.length = 0;
    this.heard[source] = this.request;
    this.senders[source] = source;
    this.order[0] = source;
    this.count = 1;
  }

  hasHeard(peer: number): boolean {
    return this.heard[peer] === this.request;
  }

  /** A copy arrives. Whether it is the first one there. */
  hear(peer: number, sender: number): boolean {
    if (this.heard[peer] === this.request) return false;
    this.heard[peer] = this.request;
    this.senders[peer] = sender;
    this.order[this.count++] = peer;
    return true;
  }

  /** Copies that were sent in all. */
  get messages(): number {
    return this.messagesAt.reduce((sum, messages) => sum + messages, 0);
  }

  /** Peers that have heard it, besides the source. */
  get reached(): number {
    return this.count - 1;
  }
}
