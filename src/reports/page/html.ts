import { harmless } from '../../charts/terminal-text.ts';
import { svgNumber, type SvgElement } from '../../charts/svg.ts';

/**
 * A part of a page: data until `htmlText` writes it. Pages and drawings have the same parts, and what is written of either is their names
 * from two closed lists, and everything else as text that no browser takes for markup.
 */
export type HtmlElement = SvgElement;
export type HtmlNode = HtmlElement | string;

/** All elements that a page of ours has. None of them runs, fetches or sends anything. */
const ELEMENTS: ReadonlySet<string> = new Set(
  [
    'html head meta title link body header main footer nav section article figure figcaption details summary',
    'h1 h2 h3 p ul ol li dl dt dd div span strong em small code pre a table caption thead tbody tr th td',
    'svg g path line circle rect text desc',
  ].flatMap((names) => names.split(' ')),
);

/** Without an end of their own. */
const VOID: ReadonlySet<string> = new Set(['meta', 'link']);

/** All attributes. Those that name an address are looked at once more. */
const ATTRIBUTES: ReadonlySet<string> = new Set(
  [
    'lang charset name content id class title rel type href download scope role aria-label aria-labelledby tabindex open',
    'http-equiv width height viewBox d x y x1 y1 x2 y2 cx cy r rx transform fill fill-opacity',
    'stroke stroke-width stroke-opacity stroke-dasharray stroke-linejoin stroke-linecap',
    'font-family font-size font-weight text-anchor',
  ].flatMap((names) => names.split(' ')),
);

/** Places of the page itself, tables that the page holds, and no icon. */
const ADDRESS = /^(?:#[\w-]+|data:text\/csv;charset=utf-8;base64,[A-Za-z0-9+/=]*|data:,)$/;

/**
 * @throws {RangeError} for an element, attribute or address that no page of ours has: a mistake of the caller. Text of strangers can not
 *   bring it about, because it stands only in text and in values.
 */
export function htmlText(node: HtmlNode): string {
  if (typeof node === 'string') return escaped(node);
  const { name, attributes, children } = node;
  if (!ELEMENTS.has(name)) throw new RangeError(`A page has no element “${name}”.`);
  const start = `<${name}${Object.entries(attributes).map(attributeText).join('')}`;
  if (VOID.has(name)) return `${start}/>`;
  return `${start}>${children.map(htmlText).join('')}</${name}>`;
}

function attributeText([name, value]: readonly [string, string | number | undefined]): string {
  if (value === undefined) return '';
  if (!ATTRIBUTES.has(name)) throw new RangeError(`A page has no attribute “${name}”.`);
  const text = typeof value === 'number' ? svgNumber(value) : value;
  if (name === 'href' && !ADDRESS.test(text)) throw new RangeError('A page leads nowhere but into itself.');
  return ` ${name}="${escaped(text)}"`;
}

/**
 * Text as a page holds it. Controls, and characters that turn the direction of text round, become visible ones, so that nobody
 * can write a name that reads as another.
 */
function escaped(text: string): string {
  return text
    .split('\n')
    .map(harmless)
    .join('\n')
    .replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
