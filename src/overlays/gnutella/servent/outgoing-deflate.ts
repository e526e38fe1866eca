import { constants, deflateRawSync, deflateSync } from 'node:zlib';

/** The window of gtk-gnutella, 16 KiB: its streams begin with 68 81. */
const WINDOW_BITS = 14;

/**
 * Deflates what one side of a connection sends: one endless zlib stream (RFC 1950), flushed after every message, so that
 * the other side can read it at once. No part refers back to an earlier one, so that nothing has to be kept; that costs some
 * bytes. O(bytes).
 */
export class OutgoingDeflate {
  #begun = false;

  /** The next part of the stream. */
  push(bytes: Uint8Array): Uint8Array {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, windowBits: WINDOW_BITS };
    const part = this.#begun ? deflateRawSync(bytes, options) : deflateSync(bytes, options);
    this.#begun = true;
    return part;
  }
}
