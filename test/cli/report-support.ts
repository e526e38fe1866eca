import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { peerscope } from '../support/command-line.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { wellFormed } from '../support/well-formed.ts';

/** The page of a command line, and the folder that it was made in. */
export async function pageOf(argv: readonly string[], stdin = ''): Promise<string> {
  const out = join(temporaryFolder(), 'page.html');
  const run = await peerscope(['report', ...argv, '--out', out], { stdin });
  expect(run).toMatchObject({ code: 0, stderr: '' });
  return readFileSync(out, 'utf8');
}

export function headings(html: string): string[] {
  return [...html.matchAll(/<h2[^>]*>([^<]*)<\/h2>/g)].map(([, text]) => text ?? '');
}

export function csvFiles(html: string): Map<string, string> {
  const links = html.matchAll(/href="data:text\/csv;charset=utf-8;base64,([^"]*)" download="([^"]*)"/g);
  return new Map(
    [...links].map(([, base64 = '', name = '']) => [name, Buffer.from(base64, 'base64').toString()]),
  );
}

/** No script, no handler, and nothing from anywhere else. */
export function expectHarmless(html: string): void {
  const { elements } = wellFormed(html);
  for (const { name, attributes } of elements) {
    expect(name).not.toMatch(/^(script|img|iframe|object|embed|form|base|use|image)$/i);
    for (const [key, value] of Object.entries(attributes)) {
      expect(key).not.toMatch(/^(on.*|style|src|srcset|action|xlink:href)$/i);
      if (key === 'href') expect(value).toMatch(/^(#|data:text\/csv;|data:,$)/);
    }
  }
  expect(html).not.toMatch(/(?:src|href)\s*=\s*"(?:https?:)?\/\//);
}
