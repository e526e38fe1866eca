/**
 * The URL that a text is, of itself or seen from another one; undefined where it is none. `URL.canParse` does not tell: in Node 20 and
 * 22 it reads a text of Latin-1 as UTF-8 from some thousandth call on, and what it then lets pass makes `new URL` throw.
 */
export function urlOf(text: string, base?: URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
