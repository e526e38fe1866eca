/** A part of a drawing: data until `svgDocument` writes it, and escapes all of it. */
export interface SvgElement {
  readonly name: string;
  /** An undefined attribute is not written. */
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  /** Elements, and text as it shall be read. */
  readonly children: readonly (SvgElement | string)[];
}

export interface SvgDrawing {
  /** In user units, 1 of which is a pixel at normal size; above 0. */
  readonly width: number;
  readonly height: number;
  /** Its name for those who can not see it, and on hovering. */
  readonly title: string;
  /** What there is to see, in a sentence or two. */
  readonly description: string;
  readonly children: readonly SvgElement[];
}

/** Coordinates carry so many digits: a hundredth of a pixel is nothing, and the bytes stay the same everywhere. */
const DIGITS = 2;

const NAME = /^[A-Za-z_][\w:.-]*$/;
/** What XML 1.0 can not hold, not even escaped (section 2.2, Char), and controls that nobody can read. */
const NOT_IN_XML = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\uFFFE\uFFFF\p{Cs}]/gu;

export function element(
  name: string,
  attributes: SvgElement['attributes'] = {},
  children: SvgElement['children'] = [],
): SvgElement {
  return { name, attributes, children };
}

/**
 * The drawing as a file of its own: the same drawing gives the same bytes.
 *
 * @throws RangeError for a name that is none, and for a number that is not finite: both are mistakes of the caller.
 */
export function svgDocument(drawing: SvgDrawing): string {
  const root = svgElement(drawing, { xmlns: 'http://www.w3.org/2000/svg' });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${elementText(root)}\n`;
}

/** The drawing as one element, for a page that holds it. */
export function svgElement(
  { width, height, title, description, children }: SvgDrawing,
  attributes: SvgElement['attributes'] = {},
): SvgElement {
  return element(
    'svg',
    {
      ...attributes,
      width,
      height,
      viewBox: `0 0 ${svgNumber(width)} ${svgNumber(height)}`,
      role: 'img',
    },
    [element('title', {}, [title]), element('desc', {}, [description]), ...children],
  );
}

/** A number as it is written into attributes and path data: `12.5`, never `1e-7` or `-0`. */
export function svgNumber(value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21)
    throw new RangeError(`A drawing can not hold the number ${value}.`);
  const text = value.toFixed(DIGITS).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
}

function elementText({ name, attributes, children }: SvgElement): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [` ${checkedName(key)}="${typeof value === 'number' ? svgNumber(value) : escaped(value)}"`],
  );
  const tag = checkedName(name) + written.join('');
  if (children.length === 0) return `<${tag}/>`;
  // A line for every element, but none around text, where it would be read as a space.
  const hasText = children.some((child) => typeof child === 'string');
  const gap = hasText ? '' : '\n';
  const inside = children.map((child) => (typeof child === 'string' ? escaped(child) : elementText(child)));
  return `<${tag}>${gap}${inside.join(gap)}${gap}</${name}>`;
}

function checkedName(name: string): string {
  if (!NAME.test(name)) throw new RangeError(`“${name}” is no name for an element or attribute.`);
  return name;
}

function escaped(text: string): string {
  return text
    .replace(NOT_IN_XML, '')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[\t\n\r]/g, ' ');
}
