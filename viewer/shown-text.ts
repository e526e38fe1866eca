/** Longer texts are cut: a peer may call itself whatever it wants. */
const MOST_CHARACTERS = 120;

/** Control characters, and those that turn the direction of writing: they would make a text look like another one. */
const DECEIVING = /[\0-\x1F\x7F-\x9F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;

/** What a peer said, as it can be shown among other words. */
export function shownText(text: string): string {
  const clean = text.replace(DECEIVING, '\uFFFD');
  return clean.length > MOST_CHARACTERS ? `${clean.slice(0, MOST_CHARACTERS)}…` : clean;
}

export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** 1 peer, 2 peers. */
export function counted(value: number, what: string): string {
  return `${count(value)} ${what}${value === 1 ? '' : 's'}`;
}
