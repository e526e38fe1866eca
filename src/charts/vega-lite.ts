import type { TopLevelSpec } from 'vega-lite';

/**
 * A Vega-Lite specification drawn as an SVG file, without a browser. The same specification gives the same bytes.
 * The packages are loaded only here, because they take a quarter of a second.
 */
export async function drawVegaLite(
  specification: TopLevelSpec,
  words: { readonly title: string; readonly description: string },
): Promise<string> {
  const [{ compile }, vega] = await Promise.all([import('vega-lite'), import('vega')]);
  // Numbers in clip and gradient names go on counting from one drawing to the next otherwise.
  vega.resetSVGDefIds();
  const view = new vega.View(vega.parse(compile(specification).spec), { renderer: 'none' });
  try {
    const svg = await view.toSVG();
    return `<?xml version="1.0" encoding="UTF-8"?>\n${withWords(svg, words)}\n`;
  } finally {
    view.finalize();
  }
}

/** Title and description for those who can not see it: Vega leaves them out of SVG. */
function withWords(svg: string, { title, description }: { title: string; description: string }): string {
  const words = `<title>${escaped(title)}</title><desc>${escaped(description)}</desc>`;
  return svg.replace(/^<svg[^>]*>/, (root) => root + words);
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
