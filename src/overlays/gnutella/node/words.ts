import { MAX_WORDS } from './limits.ts';

/** The words of a file name or a search: runs of letters and digits, in small letters, each once. BOUNDED: MAX_WORDS. */
export function wordsOf(text: string): readonly string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words)].slice(0, MAX_WORDS);
}
