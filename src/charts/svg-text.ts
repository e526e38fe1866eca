import { element, type SvgElement } from './svg.ts';

/** How words on a drawing look; sizes in pixels. */
export interface TextLook {
  readonly size: number;
  readonly weight?: string;
  readonly fill?: string;
  /** start where it is not said. */
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** Words on a drawing, their base line at a point. */
export function writing(x: number, y: number, text: string, look: TextLook): SvgElement {
  const { size, weight, fill, anchor } = look;
  return element('text', { x, y, 'font-size': size, 'font-weight': weight, fill, 'text-anchor': anchor }, [
    text,
  ]);
}
