/**
 * How a GET ended without a body. `bad-url`: no http URL · `excluded`: an address that must not be dialled, or a name that
 * would have to be looked up first · `exhausted`: this machine has no socket left · `silent`: too slow, connected ·
 * `closed`: ended before its end · `malformed`: no HTTP, or too long a header · `http-error`: a status that is no answer ·
 * `too-large`: a longer body than is read. The others are as in outcome.ts.
 */
export type HttpFailure =
  | 'bad-url'
  | 'excluded'
  | 'exhausted'
  | 'connect-refused'
  | 'connect-timeout'
  | 'unreachable'
  | 'silent'
  | 'closed'
  | 'reset'
  | 'malformed'
  | 'http-error'
  | 'too-large'
  | 'too-many-redirects';
