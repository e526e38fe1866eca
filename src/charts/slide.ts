import { FONT, MUTED, OKABE_ITO } from './figure-style.ts';
import { element, svgDocument, type SvgElement } from './svg.ts';
import { writing } from './svg-text.ts';

/** A slide of 16:9, in pixels. */
export const SLIDE = { width: 1280, height: 720 };

export interface SlideWords {
  readonly title: string;
  readonly subtitle: string;
  /** For those who can not see it. */
  readonly description: string;
}

/** A drawing on a slide of its own, below its title. */
export function slide(
  { title, subtitle, description }: SlideWords,
  left: number,
  children: readonly SvgElement[],
  titleSize = 30,
): string {
  return svgDocument({
    ...SLIDE,
    title,
    description,
    children: [
      element('rect', { ...SLIDE, fill: 'white' }),
      element('g', { 'font-family': FONT, fill: OKABE_ITO.black }, [
        writing(left, 48, title, { size: titleSize, weight: 'bold' }),
        writing(left, 82, subtitle, { size: 19, fill: MUTED }),
        ...children,
      ]),
    ],
  });
}
