import type { TopLevelSpec } from 'vega-lite';
import { textWidth } from './text-width.ts';

/** A Vega-Lite specification drawn as an SVG file with its words. The same specification gives the same bytes. */
export async function drawVegaLite(
  specification: TopLevelSpec,
  words: { readonly title: string; readonly description: string },
): Promise<string> {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${withWords(await vegaSvg(specification), words)}\n`;
}

/**
 * A Vega-Lite specification as an SVG element, as Vega writes it without a browser.
 * The packages are loaded only here, because they take a quarter of a second.
 */
export async function vegaSvg(specification: TopLevelSpec): Promise<string> {
  const [{ compile }, vega] = await Promise.all([import('vega-lite'), import('vega')]);
  // Numbers in clip and gradient names go on counting from one drawing to the next otherwise.
  vega.resetSVGDefIds();
  // Vega's own guess is a third too wide. That one may give it another, its types do not say.
  const { textMetrics } = vega as unknown as { readonly textMetrics: TextMetrics };
  textMetrics.width = measure;
  const view = new vega.View(vega.parse(compile(specification).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

interface TextMetrics {
  width: typeof measure;
}

/** @param text a line of the item's text; of one that its limit cuts, no more than fits is drawn. */
function measure(
  { fontSize = 11, limit = 0 }: { readonly fontSize?: number; readonly limit?: number },
  text: string | number | undefined,
): number {
  const width = textWidth(String(text ?? '').trim(), fontSize);
  return limit > 0 ? Math.min(width, limit) : width;
}

/** Title and description for those who can not see it: Vega leaves them out of SVG. */
function withWords(svg: string, { title, description }: { title: string; description: string }): string {
  const words = `<title>${escaped(title)}</title><desc>${escaped(description)}</desc>`;
  return svg.replace(/^<svg[^>]*>/, (root) => root + words);
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
