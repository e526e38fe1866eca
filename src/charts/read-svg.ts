import sax from 'sax';
import { element, svgNumber, type SvgDrawing, type SvgElement } from './svg.ts';

/** What Vega draws charts with; anything else of its SVG is for programs, and left out. */
const ELEMENTS: ReadonlySet<string> = new Set(['g', 'path', 'line', 'rect', 'text']);
const ATTRIBUTES: ReadonlySet<string> = new Set(
  'transform d x y x2 y2 width height fill stroke stroke-width stroke-dasharray stroke-linejoin text-anchor font-size font-weight'.split(
    ' ',
  ),
);
/** What all children of a group have alike stands once, at the group. */
const INHERITED = 'fill stroke stroke-width stroke-dasharray text-anchor font-size font-weight'.split(' ');

/** More marks than that are drawn without a word each on hovering: nobody finds one among so many. */
const MOST_WORDS = 300;

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (SvgElement | string)[];
}

/**
 * Vega's SVG as a drawing of ours, which goes where ours go: what can be seen of it, without fonts, empty groups and everything that
 * only Vega needs. O(length).
 *
 * @throws {Error} where it is not well-formed: a mistake of Vega's, or of ours.
 */
export function readSvg(svg: string): Pick<SvgDrawing, 'width' | 'height' | 'children'> {
  const parser = sax.parser(true);
  const isFew = (svg.match(/aria-label=/g)?.length ?? 0) <= MOST_WORDS;
  const open: Open[] = [];
  let root: Open | undefined;
  parser.onerror = (error) => {
    throw error;
  };
  parser.onopentag = ({ name, attributes }) => {
    const texts = attributes as Readonly<Record<string, string>>;
    const words = isFew && name === 'path' ? texts['aria-label'] : undefined;
    open.push({
      name,
      attributes: texts,
      children: words === undefined ? [] : [element('title', {}, [words])],
    });
  };
  parser.ontext = (text) => {
    if (open.at(-1)?.name === 'text') open.at(-1)?.children.push(text);
  };
  parser.onclosetag = () => {
    const closed = open.pop();
    if (closed === undefined) return;
    const parent = open.at(-1);
    if (parent === undefined) root = closed;
    else parent.children.push(...seen(closed));
  };
  parser.write(svg).close();
  const { attributes, children = [] } = root ?? {};
  return {
    width: Number(attributes?.['width']),
    height: Number(attributes?.['height']),
    children: children.filter((child) => typeof child !== 'string'),
  };
}

/** What can be seen of an element: itself, its children alone where it adds nothing to them, or nothing. */
function seen({ name, attributes, children }: Open): readonly (SvgElement | string)[] {
  const isHidden = attributes['opacity'] === '0' || attributes['display'] === 'none';
  const isEmpty =
    name === 'path' ? (attributes['d'] ?? '') === '' || isUnpainted(attributes) : children.length === 0;
  const isShape = name === 'line' || name === 'rect';
  if (!ELEMENTS.has(name) || isHidden || (isEmpty && !isShape)) return [];
  const kept = Object.fromEntries(
    Object.entries(attributes).flatMap(([key, value]) => {
      const text = ATTRIBUTES.has(key) ? written(key, value) : '';
      return text === '' ? [] : [[key, text]];
    }),
  );
  if (name !== 'g') return [element(name, kept, children)];
  const group = gathered(element(name, kept, children));
  return Object.keys(group.attributes).length === 0 ? children : [group];
}

/** A background of a group that Vega draws in no colour. */
function isUnpainted({ class: kind, fill, stroke }: Open['attributes']): boolean {
  return (
    kind !== undefined && [fill, stroke].every((paint) => paint === undefined || paint === 'transparent')
  );
}

/** An attribute in as few characters as say the same; empty where it says nothing. */
function written(key: string, value: string): string {
  if (key === 'transform')
    return shortNumbers(value)
      .replace(/translate\(0,0\)/g, '')
      .trim();
  if (key === 'font-size') return value.replace(/px$/, '');
  return /^[\d.-]|^M/.test(value) ? shortNumbers(value) : value;
}

function shortNumbers(text: string): string {
  return text.replace(/-?\d+\.\d+(?:e-?\d+)?|-?\d+e-\d+/g, (number) => svgNumber(Number(number)));
}

function gathered(group: SvgElement): SvgElement {
  const elements = group.children.filter((child) => typeof child !== 'string');
  const [first] = elements;
  const common = INHERITED.filter((key) => {
    const value = first?.attributes[key];
    return (
      value !== undefined && elements.length > 1 && elements.every((one) => one.attributes[key] === value)
    );
  });
  if (first === undefined || common.length === 0) return group;
  const shared = Object.fromEntries(common.map((key) => [key, first.attributes[key]]));
  return {
    ...group,
    attributes: { ...group.attributes, ...shared },
    children: elements.map((one) => ({ ...one, attributes: without(one.attributes, common) })),
  };
}

function without(attributes: SvgElement['attributes'], keys: readonly string[]): SvgElement['attributes'] {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => !keys.includes(key)));
}
