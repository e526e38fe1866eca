import { GRADE_MEANINGS, type Figure } from './figure.ts';

/** A caption as text: what it is, its grade, then the paragraphs, each on a line of its own so that it can be pasted. */
export function captionText(
  figure: Pick<Figure, 'id' | 'title' | 'slide' | 'grade'>,
  parts: { readonly gradeNote?: string; readonly paragraphs: readonly string[] },
): string {
  const note = parts.gradeNote === undefined ? '' : ` ${parts.gradeNote}`;
  return [
    `${figure.id}: ${figure.title}`,
    `After the slide "${figure.slide}". Grade: ${figure.grade} (${GRADE_MEANINGS[figure.grade]}).${note}`,
    ...parts.paragraphs,
  ]
    .map((paragraph) => `${paragraph}\n`)
    .join('\n');
}
