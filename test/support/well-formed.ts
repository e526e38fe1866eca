import sax from 'sax';

/** An element as a strict reader of XML sees it. */
export interface ReadElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** All elements of a page or drawing, and all of its text; throws where a strict reader finds it not well-formed. */
export function wellFormed(markup: string): {
  readonly elements: readonly ReadElement[];
  readonly text: string;
} {
  const elements: ReadElement[] = [];
  let text = '';
  const reader = sax.parser(true);
  reader.onerror = (error) => {
    throw error;
  };
  reader.onopentag = ({ name, attributes }) =>
    elements.push({ name, attributes: attributes as Record<string, string> });
  reader.ontext = (piece) => (text += piece);
  reader.write(markup).close();
  return { elements, text };
}
