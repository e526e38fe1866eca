/** Times the size of the drawing: a slide of 1,280 x 720 becomes 1,920 x 1,080 pixels. */
const ZOOM = 1.5;

/**
 * A drawing as pixels. Text is set in the fonts of these files and in no other, so that the same drawing gives the same bytes on
 * every machine. The package is loaded only here.
 */
export async function pngOf(svg: string, fontFiles: readonly string[]): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js');
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: ZOOM },
    font: { fontFiles: [...fontFiles], loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' },
  });
  return drawing.render().asPng();
}
