/** What kind of failure it is; each kind has its own exit code, and both are documented in the README. */
export type ErrorKind = 'failure' | 'usage' | 'bad-input' | 'network-refused' | 'partial';

export const EXIT_CODES: Readonly<Record<ErrorKind | 'ok' | 'interrupted', number>> = {
  ok: 0,
  failure: 1,
  usage: 2,
  'bad-input': 3,
  'network-refused': 4,
  partial: 5,
  interrupted: 130,
};

/** A failure that a person can act on: what failed and why in `message`, what to do in `hint`. */
export class PeerscopeError extends Error {
  readonly kind: ErrorKind;
  readonly hint: string | undefined;

  constructor(kind: ErrorKind, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'PeerscopeError';
    this.kind = kind;
    this.hint = options.hint;
  }
}

/** The system's code of a failed call (`ENOENT`, `ECONNREFUSED` …), or undefined for any other error, Node's own too. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('errno' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
