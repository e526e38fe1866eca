import type { Finding } from '../analyses/index.ts';
import { TOOL } from '../core/version.ts';

/** What the methods section of a paper has to say of some analyses, and whom it has to cite. */
export interface Methods {
  /** One paragraph. */
  readonly text: string;
  readonly references: readonly string[];
}

/** @param source what was analysed, and how it was read. */
export function methodsOf(
  source: {
    readonly input: string;
    readonly notes: readonly string[];
    readonly digests: Readonly<Record<string, string>>;
  },
  findings: readonly Finding[],
): Methods {
  const files = Object.entries(source.digests).map(([file, digest]) => `${file}: SHA-256 ${digest}`);
  const sentences = [
    `The topology ${source.input}${files.length === 0 ? '' : ` (${files.join('; ')})`} was analysed with ${TOOL}.`,
    ...source.notes,
    ...findings.flatMap(({ methods }) => methods),
  ];
  return {
    text: sentences.join(' '),
    references: [...new Set(findings.flatMap(({ sources }) => sources))].sort(),
  };
}
