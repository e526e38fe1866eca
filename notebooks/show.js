// What the notebooks show things with: figures in Jupyter, text in a plain program (run.js).
import { chartSvg, chartText, PLAIN, tableText } from '../dist/index.js';

/** Prints lines of text. */
export function show(...lines) {
  console.log(lines.join('\n'));
}

/**
 * Prints a table.
 * @param {string} title
 * @param {string[]} columns names, with the digits after the point behind a colon where it matters: `mean:2`
 * @param {any[][]} rows
 */
export function showTable(title, columns, rows) {
  const named = columns.map((column) => {
    const [name, digits] = column.split(':');
    return digits === undefined ? { name } : { name, digits: Number(digits) };
  });
  show(...tableText({ name: 'table', title, columns: named, rows }));
}

/**
 * Draws a chart: as SVG where a notebook shows it, else as text.
 * @param {import('../dist/index.js').Chart} chart
 */
export async function showChart(chart) {
  const display = await notebookDisplay();
  if (display === undefined) show(...chartText(chart, { width: 80, style: PLAIN }));
  else display.svg(await chartSvg(chart));
}

/** tslab's, in its kernel only: anywhere else it is not there, or not ready. */
async function notebookDisplay() {
  if (process.env.PEERSCOPE_NOTEBOOK === 'plain') return undefined;
  try {
    return (await import('tslab')).display;
  } catch {
    return undefined;
  }
}
