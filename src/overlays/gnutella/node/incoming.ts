import { EMPTY } from '../../../core/byte-reader.ts';
import type { Reaction, Session } from '../../overlay.ts';
import type { Library } from './library.ts';
import { PATIENCE } from './limits.ts';
import { Upload } from './upload.ts';

/** The beginning of a request for a file; whatever else comes is left to the servent. */
const REQUEST = 'GET ';

/**
 * A connection that somebody else began: the first bytes tell Gnutella from HTTP, which come on the same port. BOUNDED: four
 * bytes, then what either side reads.
 */
export class Incoming implements Session {
  readonly #library: Library;
  readonly #handshake: Session;
  #head: Uint8Array = EMPTY;
  #talk: Session | undefined;

  /** @param handshake reads whatever is no request. */
  constructor(library: Library, handshake: Session) {
    this.#library = library;
    this.#handshake = handshake;
  }

  get patience(): number {
    return (this.#talk ?? this.#handshake).patience;
  }

  receive(bytes: Uint8Array): Reaction {
    if (this.#talk !== undefined) return this.#talk.receive(bytes);
    const head = this.#head.length === 0 ? bytes : Buffer.concat([this.#head, bytes]);
    const begin = Buffer.from(head.subarray(0, REQUEST.length)).toString('latin1');
    if (begin.length < REQUEST.length && REQUEST.startsWith(begin)) {
      this.#head = Uint8Array.from(head);
      return {};
    }
    this.#talk = begin === REQUEST ? new UploadSession(this.#library) : this.#handshake;
    return this.#talk.receive(head);
  }
}

class UploadSession implements Session {
  readonly patience = PATIENCE;
  readonly #upload: Upload;

  constructor(library: Library) {
    this.#upload = new Upload(library);
  }

  receive(bytes: Uint8Array): Reaction {
    return this.#upload.receive(bytes);
  }
}
