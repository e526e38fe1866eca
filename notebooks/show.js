export async function showFigure(svg) {
  try {
    const tslab = await import('tslab');
    tslab.display.svg(svg);
  } catch {
    console.log('[a figure: see the notebook]');
  }
}
