/** An element with text and children; nothing here ever reads markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function svgElement<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

export function button(label: string, press: () => void, attributes: Readonly<Record<string, string>> = {}) {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', press);
  return made;
}

/** Gives a place other content, unless that is the same; a button that had the focus hands it to the heading, or to the button that stands there now. */
export function refill(place: HTMLElement, content: readonly Node[]): void {
  const before = place.childNodes;
  if (before.length === content.length && content.every((node, k) => node.isEqualNode(before[k]!))) return;
  const buttons = () => Array.from(place.querySelectorAll('button'));
  const focused = buttons().findIndex((each) => each === document.activeElement);
  place.replaceChildren(...content);
  if (focused < 0) return;
  const next =
    place.querySelector<HTMLElement>('h2[tabindex]') ??
    buttons()[focused] ??
    document.getElementById('picture');
  next?.focus();
}

/** The element of the page with this id, which is of this kind. */
export function byId<Kind extends HTMLElement>(id: string, kind: abstract new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new TypeError(`the page has no ${kind.name} #${id}`);
  return found;
}
